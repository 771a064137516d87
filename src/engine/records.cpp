// SPDX-License-Identifier: Apache-2.0
#include "engine/records.hpp"

#include <utility>

#include "engine/fetch_ahead.hpp"

namespace kentongan::engine {

RecordId Records::find(std::string_view source, std::string_view id) const {
  const Interner::Id source_id = find_source(source);
  if (source_id == 0) return kNoRecord;
  const auto found = keys_.find(Key{source_id, id});
  return found == keys_.end() ? kNoRecord : found->second;
}

Interner::Id Records::find_source(std::string_view source) const {
  return last_source_ != 0 && texts_.text(last_source_) == source ? last_source_ : texts_.find(source);
}

RecordId Records::create(std::string_view source, std::string_view id) {
  const RecordId at = add(++last_serial_, source, id);
  name(at);
  return at;
}

RecordId Records::recreate(std::uint64_t serial, std::string_view source, std::string_view id, bool remembered) {
  if (!remembered) return add(serial, source, id);
  if (const RecordId other = find(source, id); other != kNoRecord) forget_key(other);
  const RecordId at = add(serial, source, id);
  name(at);
  return at;
}

/// Its key, which nobody has, finds it.
void Records::name(RecordId id) {
  Record& record = records_[id];
  record.remembered = true;
  keys_.emplace(Key{record.source, record.id}, id);
}

RecordId Records::create_apart(std::string_view source, std::string_view id) { return add(++last_serial_, source, id); }

RecordId Records::add(std::uint64_t serial, std::string_view source, std::string_view id) {
  RecordId at = 0;
  if (free_.empty()) {
    at = static_cast<RecordId>(records_.size());
    records_.emplace_back();
  } else {
    at = free_.back();
    free_.pop_back();
    if (!free_.empty()) fetch_ahead(records_[free_.back()]);
  }
  if (last_source_ == 0 || texts_.text(last_source_) != source) {
    texts_.release(std::exchange(last_source_, texts_.acquire(source)));
  }
  Record& record = records_[at];
  record.serial = serial;
  record.id.assign(id);
  record.source = texts_.acquire(last_source_);
  record.uses = 1;
  return at;
}

RecordId Records::root_of(RecordId id) const {
  while (records_[id].root != kNoRecord) id = records_[id].root;
  return id;
}

void Records::release(RecordId id) {
  Record& record = records_[id];
  if (--record.uses > 0) return;
  forget_key(id);
  const RecordId root = record.root;
  texts_.release(record.source);
  texts_.release(record.reporter);
  record = Record{};
  free_.push_back(id);
  if (root != kNoRecord) release(root);
}

void Records::forget_key(RecordId id) {
  Record& record = records_[id];
  if (!std::exchange(record.remembered, false)) return;
  const auto found = keys_.find(Key{record.source, record.id});
  if (found != keys_.end() && found->second == id) keys_.erase(found);
}

bool Records::pass_key(RecordId from, RecordId to) {
  const Record& record = records_[from];
  if (record.source != records_[to].source || record.id != records_[to].id) return false;
  if (keys_.contains(Key{record.source, record.id})) return false;
  name(to);
  return true;
}

bool Records::before(RecordId a, RecordId b) const {
  const Record& x = records_[a];
  const Record& y = records_[b];
  if (x.time != y.time) return x.time < y.time;
  if (x.id != y.id) return x.id < y.id;
  return texts_.text(x.source) < texts_.text(y.source);
}

}  // namespace kentongan::engine
