// SPDX-License-Identifier: Apache-2.0
#include "rules/cel/map_value.hpp"

#include <algorithm>
#include <cmath>
#include <functional>
#include <string_view>

#include "rules/cel/numbers.hpp"

namespace kentongan::cel {
namespace {

constexpr std::uint32_t scanned_up_to = 8;

// A key in the one form in which equal keys are identical.
bool normalise(const Value& key, Value& normal) {
  switch (key.kind()) {
    case Kind::boolean:
    case Kind::string:
    case Kind::integer:
      normal = key;
      return true;
    case Kind::unsigned_integer: {
      const std::uint64_t number = key.as_unsigned();
      normal = number <= INT64_MAX ? Value::integer(static_cast<std::int64_t>(number)) : key;
      return true;
    }
    case Kind::real:
      return whole_number(key.as_real(), normal);
    default:
      return false;
  }
}

bool same(const Value& left, const Value& right) {
  if (left.kind() != right.kind()) {
    return false;
  }
  switch (left.kind()) {
    case Kind::boolean:
      return left.as_boolean() == right.as_boolean();
    case Kind::string:
      return left.as_text() == right.as_text();
    default:
      return left.as_integer() == right.as_integer();
  }
}

std::uint32_t hash(const Value& key) {
  std::uint64_t mixed = 0;
  if (key.is(Kind::string)) {
    mixed = std::hash<std::string_view>()(key.as_text());
  } else {
    mixed = key.is(Kind::boolean) ? static_cast<std::uint64_t>(key.as_boolean())
                                  : static_cast<std::uint64_t>(key.as_integer());
    mixed = (mixed ^ (mixed >> 31U)) * 0x9E3779B97F4A7C15U;
  }
  return static_cast<std::uint32_t>(mixed >> 32U);
}

}  // namespace

bool is_key(const Value& value) {
  return value.is(Kind::integer) || value.is(Kind::unsigned_integer) || value.is(Kind::boolean) ||
         value.is(Kind::string);
}

const Value* MapValue::find(const Value& key) const {
  Value wanted;
  if (!normalise(key, wanted)) {
    return nullptr;
  }
  Value candidate;
  if (buckets_ == nullptr) {
    for (std::uint32_t i = 0; i < size_; ++i) {
      if (normalise(keys_[i], candidate) && same(candidate, wanted)) {
        return &values_[i];
      }
    }
    return nullptr;
  }
  for (std::uint32_t at = hash(wanted) & bucket_mask_; buckets_[at] != 0; at = (at + 1) & bucket_mask_) {
    const std::uint32_t entry = buckets_[at] - 1;
    if (normalise(keys_[entry], candidate) && same(candidate, wanted)) {
      return &values_[entry];
    }
  }
  return nullptr;
}

MapBuilder::Outcome MapBuilder::insert(const Value& key, const Value& value) {
  if (!is_key(key)) {
    return Outcome::not_a_key;
  }
  if (map_.find(key) != nullptr) {
    return Outcome::duplicate;
  }
  if (map_.size_ == capacity_ && !grow()) {
    return Outcome::out_of_memory;
  }
  map_.keys_[map_.size_] = key;
  map_.values_[map_.size_] = value;
  ++map_.size_;
  if (map_.buckets_ != nullptr) {
    index(map_.size_ - 1);
  }
  return Outcome::inserted;
}

const MapValue* MapBuilder::finish() {
  auto* result = arena_->allocate_array<MapValue>(1);
  if (result != nullptr) {
    *result = map_;
  }
  return result;
}

bool MapBuilder::grow() {
  const std::uint32_t capacity = std::max(scanned_up_to, capacity_ * 2);
  auto* keys = arena_->allocate_array<Value>(capacity);
  auto* values = arena_->allocate_array<Value>(capacity);
  if (keys == nullptr || values == nullptr) {
    return false;
  }
  std::copy_n(map_.keys_, map_.size_, keys);
  std::copy_n(map_.values_, map_.size_, values);
  map_.keys_ = keys;
  map_.values_ = values;
  capacity_ = capacity;
  return capacity <= scanned_up_to || rebuild_index();
}

bool MapBuilder::rebuild_index() {
  // Twice the capacity, so that at least half the buckets stay free.
  auto* buckets = arena_->allocate_array<std::uint32_t>(std::size_t{capacity_} * 2);
  if (buckets == nullptr) {
    return false;
  }
  std::fill_n(buckets, std::size_t{capacity_} * 2, 0U);
  map_.buckets_ = buckets;
  map_.bucket_mask_ = capacity_ * 2 - 1;
  for (std::uint32_t entry = 0; entry < map_.size_; ++entry) {
    index(entry);
  }
  return true;
}

void MapBuilder::index(std::uint32_t entry) {
  Value key;
  if (!normalise(map_.keys_[entry], key)) {
    return;
  }
  std::uint32_t at = hash(key) & map_.bucket_mask_;
  while (map_.buckets_[at] != 0) {
    at = (at + 1) & map_.bucket_mask_;
  }
  map_.buckets_[at] = entry + 1;
}

}  // namespace kentongan::cel
