// SPDX-License-Identifier: Apache-2.0
#include "adapters/kafka/read_model.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <charconv>
#include <chrono>
#include <set>

#include "adapters/kafka/client.hpp"
#include "adapters/kafka/record.hpp"
#include "codec/json_reader.hpp"

namespace kentongan::kafka {
namespace {

using namespace std::chrono_literals;

constexpr std::size_t kGreatestPage = 1000;
constexpr int kAskMs = 5000;
constexpr int kDeepest = 64;
constexpr std::int64_t kHandedOn = 500;  ///< records of a partition

std::int64_t to_ms(TimePoint time) { return time.time_since_epoch().count(); }

/// The members of the object at `object` of a document.
class Members {
 public:
  Members(const codec::JsonReader& json, std::uint32_t object) : json_(json), object_(object) {}

  [[nodiscard]] const codec::Node* find(std::string_view name) const {
    const auto nodes = json_.nodes();
    for (std::uint32_t i = object_ + 1; i < nodes[object_].next; i = nodes[i].next) {
      if (json_.key(nodes[i]) == name) return &nodes[i];
    }
    return nullptr;
  }
  [[nodiscard]] std::string text(std::string_view name) const {
    const codec::Node* const node = find(name);
    return node == nullptr || node->kind != codec::NodeKind::text ? std::string() : std::string(json_.text(*node));
  }
  [[nodiscard]] double number(std::string_view name) const {
    const codec::Node* const node = find(name);
    double value = 0;
    if (node == nullptr || node->kind != codec::NodeKind::number) return value;
    const std::string_view text = json_.text(*node);
    std::from_chars(text.data(), text.data() + text.size(), value);
    return value;
  }

 private:
  const codec::JsonReader& json_;
  std::uint32_t object_;
};

std::string city_of(std::string_view alert) { return std::string(alert.substr(0, alert.find('-'))); }

TimePoint time_of(const Headers& headers) {
  return parse_rfc3339(find_header(headers, "ce_time").value_or("")).value_or(TimePoint{});
}

std::vector<Contribution> contributions_of(const codec::JsonReader& json, const codec::Node* list) {
  std::vector<Contribution> all;
  if (list == nullptr || list->kind != codec::NodeKind::array) return all;
  const auto nodes = json.nodes();
  const auto begin = static_cast<std::uint32_t>(list - nodes.data());
  for (std::uint32_t i = begin + 1; i < list->next; i = nodes[i].next) {
    if (nodes[i].kind != codec::NodeKind::object) continue;
    const Members one(json, i);
    all.push_back({one.text("event"), one.text("rule"), one.number("weight")});
  }
  return all;
}

std::optional<std::pair<std::int64_t, std::string>> parse_next(std::string_view next) {
  std::int64_t fired = 0;
  const char* const end = next.data() + next.size();
  const auto read = std::from_chars(next.data(), end, fired);
  if (read.ec != std::errc() || read.ptr == end || *read.ptr != '.') return std::nullopt;
  return std::pair(fired, std::string(read.ptr + 1, end));
}

Headers headers_of(const rd_kafka_message_t& message) {
  Headers headers;
  rd_kafka_headers_t* all = nullptr;
  if (rd_kafka_message_headers(&message, &all) != RD_KAFKA_RESP_ERR_NO_ERROR) return headers;
  const void* value = nullptr;
  std::size_t size = 0;
  for (const char* name : {"ce_time", "ce_source"}) {
    if (rd_kafka_header_get_last(all, name, &value, &size) == RD_KAFKA_RESP_ERR_NO_ERROR && value != nullptr) {
      headers.emplace_back(name, std::string(static_cast<const char*>(value), size));
    }
  }
  return headers;
}

/// Of what was there before this process only the last is wanted.
void pass_on(const Settings& settings, const ReadModel::Sink& sink, const rd_kafka_message_t& message,
             std::int64_t end) {
  if (end - message.offset > kHandedOn) return;
  const bool alert = settings.topics.alerts == rd_kafka_topic_name(message.rkt);
  sink(fmt::format("{}{}", alert ? 'a' : 'r', message.partition), message.offset,
       alert ? ports::OutputTopic::alerts : ports::OutputTopic::risk,
       from_binary(value_of(message), read_headers(message)));
}

}  // namespace

ReadModel::ReadModel(const Settings& settings, std::size_t most_alerts)
    : settings_(settings), most_alerts_(most_alerts) {}

ReadModel::~ReadModel() { stop(); }

void ReadModel::start() {
  thread_ = std::thread([this] { loop(); });
}

void ReadModel::stop() {
  stopping_ = true;
  if (thread_.joinable()) thread_.join();
}

void ReadModel::apply_alert(std::string_view data, const Headers& headers) {
  thread_local codec::JsonReader json;
  if (json.read(data, kDeepest) || json.nodes()[0].kind != codec::NodeKind::object) return;
  const Members members(json, 0);
  std::string id = members.text("alert");
  const auto since = parse_rfc3339(members.text("since"));
  if (id.empty() || !since) return;
  const TimePoint time = time_of(headers);
  const std::lock_guard lock(mutex_);
  const auto known = fired_.emplace(id, to_ms(*since)).first;
  Entry& entry = alerts_[Order{known->second, id}];
  entry.state = members.text("state");
  entry.stored.data = data;
  entry.stored.city = city_of(id);
  // A restart of this thread reads the topic again.
  const bool again = std::any_of(entry.stored.steps.begin(), entry.stored.steps.end(),
                                 [&](const auto& one) { return one.time == time && one.step == members.text("step"); });
  if (!again) entry.stored.steps.push_back({members.text("step"), time});
  see(entry.stored.city, time);
  drop_surplus();
}

void ReadModel::apply_risk(std::string_view data, const Headers& headers) {
  thread_local codec::JsonReader json;
  if (json.read(data, kDeepest) || json.nodes()[0].kind != codec::NodeKind::object) return;
  const Members members(json, 0);
  const std::string area = members.text("area");
  if (area.empty()) return;
  ports::StoredRisk risk;
  risk.score = members.number("score");
  const std::string level = members.text("level");
  for (std::size_t i = 0; i < kLevels; ++i) {
    if (name_of(static_cast<Level>(i)) == level) risk.level = static_cast<Level>(i);
  }
  const codec::Node* const rising = members.find("rising");
  risk.rising = rising != nullptr && rising->kind == codec::NodeKind::yes;
  risk.contributions = contributions_of(json, members.find("contributions"));
  risk.time = time_of(headers);
  const std::string_view source = find_header(headers, "ce_source").value_or("");
  const std::lock_guard lock(mutex_);
  see(std::string(source.substr(source.rfind('/') + 1)), risk.time);
  risks_[area] = std::move(risk);
}

void ReadModel::see(const std::string& city, TimePoint time) {
  TimePoint& clock = clocks_[city];
  clock = std::max(clock, time);
}

void ReadModel::drop_surplus() {
  if (alerts_.size() <= most_alerts_) return;
  const std::size_t goal = most_alerts_ - most_alerts_ / 10;
  const auto drop = [&](bool closed_only) {
    for (auto at = alerts_.end(); at != alerts_.begin() && alerts_.size() > goal;) {
      --at;
      const bool open = at->second.state == "firing" || at->second.state == "acknowledged";
      if (closed_only && open) continue;
      fired_.erase(at->first.alert);
      at = alerts_.erase(at);
    }
  };
  drop(true);
  drop(false);
}

Result<ports::AlertPage> ReadModel::alerts(std::string_view state, std::string_view next, std::size_t limit) {
  const std::size_t size = std::clamp<std::size_t>(limit, 1, kGreatestPage);
  const std::lock_guard lock(mutex_);
  auto at = alerts_.begin();
  if (!next.empty()) {
    auto position = parse_next(next);
    if (!position) {
      return fail(Error::Kind::invalid, "next is not a value that a page of alerts gave; begin again without it");
    }
    at = alerts_.upper_bound(Order{position->first, std::move(position->second)});
  }
  ports::AlertPage page;
  const Order* last = nullptr;
  for (; at != alerts_.end(); ++at) {
    if (!state.empty() && at->second.state != state) continue;
    if (page.alerts.size() == size) {
      page.next = fmt::format("{}.{}", last->fired, last->alert);
      break;
    }
    page.alerts.push_back(at->second.stored);
    last = &at->first;
  }
  return page;
}

Result<std::optional<ports::StoredAlert>> ReadModel::alert(std::string_view id) {
  const std::lock_guard lock(mutex_);
  std::optional<ports::StoredAlert> found;
  const auto fired = fired_.find(std::string(id));
  if (fired == fired_.end()) return found;
  const auto entry = alerts_.find(Order{fired->second, std::string(id)});
  if (entry != alerts_.end()) found = entry->second.stored;
  return found;
}

std::optional<ports::StoredRisk> ReadModel::risk(std::string_view place) const {
  const std::lock_guard lock(mutex_);
  const auto found = risks_.find(std::string(place));
  return found == risks_.end() ? std::nullopt : std::optional(found->second);
}

std::optional<TimePoint> ReadModel::clock(std::string_view city) const {
  const std::lock_guard lock(mutex_);
  const auto found = clocks_.find(std::string(city));
  return found == clocks_.end() ? std::nullopt : std::optional(found->second);
}

void ReadModel::loop() {
  std::string told;
  while (!stopping_) {
    const auto followed = follow();
    if (followed) return;
    if (followed.error().message != told) settings_.log(Severity::warning, "read model: " + followed.error().message);
    told = followed.error().message;
    for (int i = 0; i < 10 && !stopping_; ++i) std::this_thread::sleep_for(100ms);
  }
}

Result<void> ReadModel::follow() {
  auto reader = make_reader(settings_, "kentongan-read-model", true);
  if (!reader) return tl::unexpected(reader.error());
  const PartitionList list(rd_kafka_topic_partition_list_new(8));
  std::set<std::pair<std::string, std::int32_t>> catching_up;
  for (const std::string* topic : {&settings_.topics.alerts, &settings_.topics.risk}) {
    const auto count = partitions_of(reader->get(), settings_, *topic, kAskMs);
    if (!count) return tl::unexpected(count.error());
    for (std::int32_t i = 0; i < *count; ++i) {
      const auto marks = watermarks(reader->get(), settings_, *topic, i, kAskMs);
      if (!marks) return tl::unexpected(marks.error());
      rd_kafka_topic_partition_list_add(list.get(), topic->c_str(), i)->offset = marks->low;
      catching_up.emplace(*topic, i);
    }
  }
  const auto code = rd_kafka_assign(reader->get(), list.get());
  if (code != RD_KAFKA_RESP_ERR_NO_ERROR) return tl::unexpected(to_error(settings_, "reading alerts", code));
  while (!stopping_) {
    const Message message(rd_kafka_consumer_poll(reader->get(), 200));
    if (!message) continue;
    if (message->err == RD_KAFKA_RESP_ERR__PARTITION_EOF) {
      catching_up.erase({rd_kafka_topic_name(message->rkt), message->partition});
      caught_up_ = caught_up_ || catching_up.empty();
      behind_ = catching_up.size();
      continue;
    }
    if (message->err == RD_KAFKA_RESP_ERR__TRANSPORT || message->err == RD_KAFKA_RESP_ERR__ALL_BROKERS_DOWN) continue;
    if (message->err != RD_KAFKA_RESP_ERR_NO_ERROR) {
      return tl::unexpected(to_error(settings_, "reading alerts", message->err));
    }
    std::int64_t low = 0;
    std::int64_t high = 0;
    if (rd_kafka_get_watermark_offsets(reader->get(), rd_kafka_topic_name(message->rkt), message->partition, &low,
                                       &high) == RD_KAFKA_RESP_ERR_NO_ERROR) {
      behind_ = high > message->offset + 1 ? static_cast<std::uint64_t>(high - message->offset - 1) : 0;
    }
    if (message->payload == nullptr) continue;
    const std::string_view data(static_cast<const char*>(message->payload), message->len);
    const Headers headers = headers_of(*message);
    if (settings_.topics.alerts == rd_kafka_topic_name(message->rkt)) {
      apply_alert(data, headers);
    } else {
      apply_risk(data, headers);
    }
    if (sink_) pass_on(settings_, sink_, *message, high);
  }
  return {};
}

}  // namespace kentongan::kafka
