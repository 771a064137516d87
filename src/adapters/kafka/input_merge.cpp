// SPDX-License-Identifier: Apache-2.0
#include "adapters/kafka/input_merge.hpp"

#include <algorithm>
#include <utility>

namespace kentongan::kafka {

void InputMerge::clear() {
  partitions_.clear();
  waiting_ = 0;
}

InputMerge::Partition& InputMerge::partition(std::int32_t number) {
  Partition& found = partitions_[number];
  if (found.lanes.empty()) found.lanes = std::vector<Lane>(topics_);
  return found;
}

void InputMerge::add(InputMessage message) {
  Lane& lane = partition(message.partition).lanes[message.topic];
  lane.at_end = false;
  lane.records.push_back(std::move(message));
  ++waiting_;
}

void InputMerge::reached_end(std::size_t topic, std::int32_t number) { partition(number).lanes[topic].at_end = true; }

/// Null: nothing is there, or it is better to wait for what an earlier record may stand in.
InputMerge::Lane* InputMerge::next_lane(Partition& partition, Clock::time_point now) const {
  Lane* first = nullptr;
  bool unsure = false;
  for (Lane& lane : partition.lanes) {
    if (lane.records.empty()) {
      unsure = unsure || !lane.at_end;
    } else if (first == nullptr || lane.records.front().timestamp < first->records.front().timestamp) {
      first = &lane;
    }
  }
  if (first == nullptr || !unsure) {
    partition.held_since.reset();
    return first;
  }
  if (!partition.held_since) partition.held_since = now;
  return waiting_ >= most_ || now - *partition.held_since >= hold_back_ ? first : nullptr;
}

void InputMerge::take(std::vector<InputMessage>& out, std::size_t max, Clock::time_point now) {
  for (auto& [number, partition] : partitions_) {
    while (out.size() < max) {
      Lane* const lane = next_lane(partition, now);
      if (lane == nullptr) break;
      out.push_back(std::move(lane->records.front()));
      lane->records.pop_front();
      --waiting_;
    }
  }
}

}  // namespace kentongan::kafka
