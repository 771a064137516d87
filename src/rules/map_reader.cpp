// SPDX-License-Identifier: Apache-2.0
#include "rules/map_reader.hpp"

#include <algorithm>

#include <fmt/format.h>

#include "rules/certain.hpp"
#include "rules/indonesian_words.hpp"
#include "rules/nearest.hpp"
#include "rules/said/say.hpp"
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
  // `rule` at the top is a slip for `rules`, wherever else it is a key.
  const bool slip = table_ == &kFileKeys && only_near(key.text, table_->names()).has_value();
  if (!places.empty() && !slip) {
    const auto instead = std::find_if(table_->instead.begin(), table_->instead.end(),
                                      [&](const KeyTable::Instead& one) { return one.key == key.text; });
    findings_->error(key.offset, "misplaced-key", say("`{}` does not belong in {}", key.text, table_->place),
                     instead == table_->instead.end() ? say("it belongs in {}", joined(places)) : Text(instead->hint));
    return;
  }
  const auto meant = key_meant_by(key.text);
  const bool known = meant && table_->find(*meant) != nullptr;
  findings_->error(
      key.offset, "unknown-key", say("{} has no key `{}`", table_->place, shortened(key.text)),
      known ? say("did you mean `{}`?", *meant) : did_you_mean(key.text, table_->names(), known_keys(*table_)),
      renaming(key));
}

/// To the only near key, unless the map has it already or another key is meant as it too.
Fix MapReader::renaming(const Node& key) const {
  const auto names = table_->names();
  const auto meant = [&](const Node& written) -> std::optional<std::string_view> {
    const auto english = key_meant_by(written.text);
    return english && table_->find(*english) != nullptr ? english : only_near(written.text, names);
  };
  // Each unknown key is held against all others.
  constexpr std::size_t kMostKeys = 100;
  if (map_->entries.size() > kMostKeys) return {};
  const auto near = meant(key);
  if (!near || map_->find(*near) != nullptr) return {};
  const auto keys = std::count_if(map_->entries.begin(), map_->entries.end(), [&](const Entry& entry) {
    return table_->find(entry.key.text) == nullptr && meant(entry.key) == near;
  });
  return keys > 1 ? Fix{} : rename(findings_->source(), key, *near);
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
           (nearest(written, table_->names()) == key || key_meant_by(written) == key);
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
