// SPDX-License-Identifier: Apache-2.0
#include "app/stream/output_ring.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <charconv>
#include <optional>
#include <utility>

#include "codec/json_reader.hpp"
#include "codec/json_view.hpp"

namespace kentongan::app {
namespace {

constexpr int kDeepest = 64;
constexpr std::size_t kMostPartitions = 4096;

using Positions = std::map<std::string, std::int64_t>;

/// "a0.17_a3.4": the last offset that was read, by partition. None: it is no id of ours.
std::optional<Positions> read_id(std::string_view id) {
  Positions positions;
  while (!id.empty()) {
    const std::size_t end = std::min(id.find('_'), id.size());
    const std::string_view one = id.substr(0, end);
    id.remove_prefix(std::min(end + 1, id.size()));
    const std::size_t dot = one.find('.');
    if (dot == 0 || dot == std::string_view::npos || positions.size() == kMostPartitions) return std::nullopt;
    std::int64_t offset = 0;
    const char* const last = one.data() + one.size();
    const auto read = std::from_chars(one.data() + dot + 1, last, offset);
    if (read.ec != std::errc() || read.ptr != last || offset < 0) return std::nullopt;
    positions[std::string(one.substr(0, dot))] = offset;
  }
  return positions;
}

std::string area_of(const std::string& value) {
  codec::JsonReader json;
  if (json.read(value, kDeepest)) return {};
  return codec::JsonView(json, 0)["data"]["area"].text();
}

}  // namespace

bool OutputRing::publish(const std::string& partition, std::int64_t offset, ports::OutputTopic topic,
                         std::string value) {
  Entry entry;
  entry.event.topic = topic;
  entry.event.area = area_of(value);
  entry.event.value = std::make_shared<const std::string>(std::move(value));
  entry.partition = partition;
  entry.offset = offset;
  const std::lock_guard lock(mutex_);
  const auto known = last_.find(partition);
  if (known != last_.end() && offset <= known->second) return false;  // it was read again
  last_[partition] = offset;
  gone_.try_emplace(partition, offset - 1);
  entry.event.id = id_now();
  bytes_ += entry.event.value->size() + entry.event.id.size();
  entries_.push_back(std::move(entry));
  drop_surplus();
  return true;
}

void OutputRing::begin_behind(const std::string& partition, std::int64_t offset) {
  const std::lock_guard lock(mutex_);
  const auto known = last_.find(partition);
  if (known != last_.end() && offset <= known->second) return;
  last_[partition] = offset;
  gone_[partition] = offset;
  first_ += entries_.size();
  entries_.clear();
  bytes_ = 0;
}

bool OutputRing::wanted(std::chrono::steady_clock::duration within) const {
  const auto read_at = read_at_.load();
  return read_at != std::chrono::steady_clock::time_point::min() && std::chrono::steady_clock::now() - read_at < within;
}

void OutputRing::set_live(bool live) { live_ = live; }

void OutputRing::drop_surplus() {
  while (!entries_.empty() && (entries_.size() > limits_.events || bytes_ > limits_.bytes)) {
    const Entry& oldest = entries_.front();
    gone_[oldest.partition] = oldest.offset;
    bytes_ -= oldest.event.value->size() + oldest.event.id.size();
    entries_.pop_front();
    ++first_;
  }
}

std::string OutputRing::id_now() const {
  std::string id;
  for (const auto& [partition, offset] : last_) {
    if (!id.empty()) id += '_';
    id += fmt::format("{}.{}", partition, offset);
  }
  return id;
}

std::optional<ports::EventStream::Start> OutputRing::begin(std::string_view last) {
  read_at_ = std::chrono::steady_clock::now();
  if (!live_) return std::nullopt;
  Start start;
  const std::lock_guard lock(mutex_);
  start.cursor.next = first_ + entries_.size();
  if (last.empty()) return start;
  auto positions = read_id(last);
  // Of another journal, or of one that was put back from a copy: it names what is not there yet.
  const auto is_strange = [this](const auto& position) {
    const auto known = last_.find(position.first);
    return known == last_.end() || position.second > known->second;
  };
  start.gap = !positions || std::any_of(positions->begin(), positions->end(), is_strange);
  if (start.gap) return start;
  start.gap = std::any_of(gone_.begin(), gone_.end(), [&](const auto& dropped) {
    const auto read = positions->find(dropped.first);
    return read == positions->end() ? dropped.second >= 0 : dropped.second > read->second;
  });
  start.cursor.next = first_;
  start.cursor.seen = *std::move(positions);
  return start;
}

bool OutputRing::read(Cursor& cursor, std::size_t most, std::vector<ports::StreamedEvent>& events) {
  read_at_ = std::chrono::steady_clock::now();
  const std::lock_guard lock(mutex_);
  if (cursor.next < first_) return false;
  const std::size_t begun = events.size();
  while (cursor.next - first_ < entries_.size() && events.size() - begun < most) {
    const Entry& entry = entries_[static_cast<std::size_t>(cursor.next - first_)];
    ++cursor.next;
    const auto seen = cursor.seen.find(entry.partition);
    if (seen == cursor.seen.end() || entry.offset > seen->second) events.push_back(entry.event);
  }
  return true;
}

}  // namespace kentongan::app
