// SPDX-License-Identifier: Apache-2.0
#include "rules/map_reader.hpp"

#include <algorithm>

#include <fmt/format.h>

#include "rules/nearest.hpp"
#include "rules/values.hpp"

namespace kentongan::rules {

namespace {

Text joined(std::vector<TextView> places) {
  constexpr std::size_t kMost = 3;
  if (places.size() > kMost) places.resize(kMost);
  return said::any_of(places);
}

/// A short list of keys is said whole.
Text known_keys(const KeyTable& table) {
  constexpr std::size_t kShort = 9;
  if (table.keys.size() > kShort) return say("see the keys of {} in the reference", table.place);
  return say("known keys: {}", one_of(table.names()));
}

}  // namespace

MapReader::MapReader(Findings& findings, const Node& map, const KeyTable& table, const Node* own_key)
    : findings_(&findings), map_(&map), table_(&table), own_key_(own_key) {
  for (const Entry& entry : map.entries) check_key(entry.key);
  for (const KeySpec& key : table.keys) {
    if (key.need == KeySpec::Need::required && map.find(key.name) == nullptr) missing(key.name);
  }
}

void MapReader::check_key(const Node& key) const {
  if (table_->find(key.text) != nullptr) return;
  const auto places = places_of_key(key.text);
  if (!places.empty()) {
    findings_->error(key.offset, "misplaced-key", say("`{}` does not belong in {}", key.text, table_->place),
                     say("it belongs in {}", joined(places)));
    return;
  }
  findings_->error(key.offset, "unknown-key", say("{} has no key `{}`", table_->place, shortened(key.text)),
                   did_you_mean(key.text, table_->names(), known_keys(*table_)));
}

const Node* MapReader::value(std::string_view key) const {
  const Entry* entry = map_->find(key);
  return entry == nullptr ? nullptr : &entry->value;
}

const Node* MapReader::key(std::string_view key) const {
  const Entry* entry = map_->find(key);
  return entry == nullptr ? nullptr : &entry->key;
}

std::size_t MapReader::place_of_missing() const {
  if (own_key_ != nullptr) return own_key_->offset;
  return map_->entries.empty() ? map_->offset : map_->entries.front().key.offset;
}

bool MapReader::misspelled(std::string_view key) const {
  return std::any_of(map_->entries.begin(), map_->entries.end(), [&](const Entry& entry) {
    const std::string& written = entry.key.text;
    return table_->find(written) == nullptr && places_of_key(written).empty() &&
           nearest(written, table_->names()) == key;
  });
}

void MapReader::missing(std::string_view key, TextView hint) const {
  if (misspelled(key)) return;
  const KeySpec* spec = table_->find(key);
  const TextView type = spec == nullptr ? TextView("value") : spec->type;
  findings_->error(place_of_missing(), "missing-key", say("{} lacks `{}`", table_->place, key),
                   hint.empty() ? say("add `{}: ` ({})", key, type) : Text(hint));
}

}  // namespace kentongan::rules
