// SPDX-License-Identifier: Apache-2.0
#include "app/explain/alert_reader.hpp"

#include <charconv>
#include <cstdint>
#include <functional>
#include <string>

#include "codec/json_reader.hpp"

namespace kentongan::app::explain {
namespace {

constexpr int kDeepest = 64;

/// A value of a document that our own codec wrote.
class Value {
 public:
  Value(const codec::JsonReader& json, std::uint32_t at) : json_(&json), at_(at) {}

  [[nodiscard]] std::string text() const {
    return node().kind == codec::NodeKind::text ? std::string(json_->text(node())) : std::string();
  }
  [[nodiscard]] std::optional<std::int64_t> integer() const {
    if (node().kind != codec::NodeKind::number) return std::nullopt;
    const std::string_view digits = json_->text(node());
    std::int64_t value = 0;
    if (std::from_chars(digits.data(), digits.data() + digits.size(), value).ec != std::errc{}) return std::nullopt;
    return value;
  }
  [[nodiscard]] bool is_true() const { return node().kind == codec::NodeKind::yes; }

  void each(const std::function<void(std::string_view key, Value value)>& visit) const {
    const auto nodes = json_->nodes();
    if (node().kind != codec::NodeKind::object && node().kind != codec::NodeKind::array) return;
    for (std::uint32_t i = at_ + 1; i < node().next; i = nodes[i].next) visit(json_->key(nodes[i]), Value(*json_, i));
  }
  [[nodiscard]] std::optional<Value> member(std::string_view name) const {
    std::optional<Value> found;
    each([&](std::string_view key, Value value) {
      if (key == name) found = value;
    });
    return found;
  }
  [[nodiscard]] std::string text_of(std::string_view name) const {
    const auto value = member(name);
    return value ? value->text() : std::string();
  }
  [[nodiscard]] std::vector<std::string> texts_of(std::string_view name) const {
    std::vector<std::string> texts;
    if (const auto list = member(name)) {
      list->each([&](std::string_view, Value value) { texts.push_back(value.text()); });
    }
    return texts;
  }
  [[nodiscard]] LocalText local_of(std::string_view name) const {
    const auto value = member(name);
    return value ? LocalText{value->text_of("id"), value->text_of("en")} : LocalText{};
  }

 private:
  [[nodiscard]] const codec::Node& node() const { return json_->nodes()[at_]; }
  const codec::JsonReader* json_;
  std::uint32_t at_;
};

/// The value of an enumeration with this name, of its first `count` ones.
template <class Enum>
std::optional<Enum> named(std::string_view name, int count) {
  for (int i = 0; i < count; ++i) {
    if (name_of(static_cast<Enum>(i)) == name) return static_cast<Enum>(i);
  }
  return std::nullopt;
}

void read_words(const Value& data, AlertStep& step) {
  step.text = {data.local_of("message"), data.local_of("recommend"), data.text_of("legal"),
               data.texts_of("recommendations")};
  step.to = data.texts_of("to");
  step.events = data.texts_of("events");
  if (const auto reasons = data.member("reasons")) {
    reasons->each([&](std::string_view, Value reason) {
      step.reasons.push_back({reason.text_of("code"), reason.text_of("text")});
    });
  }
}

void read_numbers(const Value& data, AlertStep& step) {
  const auto integer = [&](std::string_view name) {
    const auto value = data.member(name);
    return value ? value->integer() : std::nullopt;
  };
  step.tier = static_cast<int>(integer("tier").value_or(0));
  step.count = integer("count");
  step.distinct = integer("distinct");
  const auto is = [&](std::string_view name) {
    const auto value = data.member(name);
    return value && value->is_true();
  };
  step.proposed = is("proposed");
  step.shadow = is("shadow");
}

void read_officer(const Value& data, AlertStep& step) {
  if (const auto actor = data.member("actor")) {
    step.actor = actor->text_of("ref");
    if (actor->member("role")) step.actor_role = actor->text_of("role");
  }
  if (data.member("assignee")) step.assignee = data.text_of("assignee");
  if (data.member("until")) step.until = parse_rfc3339(data.text_of("until"));
}

std::optional<AlertStep> step_of(const Value& data) {
  const auto kind = named<AlertStepKind>(data.text_of("step"), 12);
  const auto state = named<AlertState>(data.text_of("state"), 5);
  const auto level = level_named(data.text_of("level"));
  const auto since = parse_rfc3339(data.text_of("since"));
  const auto scope = data.member("scope");
  const auto scope_kind = scope ? named<ScopeKind>(scope->text_of("kind"), 11) : std::nullopt;
  if (!kind || !state || !level || !since || !scope_kind) return std::nullopt;
  AlertStep step;
  step.alert = AlertId{data.text_of("alert")};
  step.rule = data.text_of("rule");
  step.scope = {*scope_kind, scope->text_of("key")};
  step.area = data.text_of("area");
  step.step = *kind;
  step.state = *state;
  step.level = *level;
  step.since = *since;
  read_words(data, step);
  read_numbers(data, step);
  read_officer(data, step);
  return step;
}

}  // namespace

std::optional<CommittedStep> read_alert_step(std::string_view event) {
  codec::JsonReader json;
  if (json.read(event, kDeepest)) return std::nullopt;
  const Value whole(json, 0);
  const auto data = whole.member("data");
  const auto time = parse_rfc3339(whole.text_of("time"));
  if (whole.text_of("type") != "kentongan.alert.v1" || !data || !time) return std::nullopt;
  auto step = step_of(*data);
  if (!step) return std::nullopt;
  return CommittedStep{*std::move(step), *time, whole.text_of("id")};
}

std::optional<AlertStep> read_alert_data(std::string_view data) {
  codec::JsonReader json;
  if (json.read(data, kDeepest)) return std::nullopt;
  return step_of(Value(json, 0));
}

}  // namespace kentongan::app::explain
