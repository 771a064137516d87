// SPDX-License-Identifier: Apache-2.0
#include "adapters/kafka/state_parts.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <charconv>
#include <set>

namespace kentongan::kafka {
namespace {

std::string part_key(const std::string& key, std::size_t part) { return key + '\0' + std::to_string(part); }

/// Of a first record with parts: how many, and what stands behind the number.
struct Head {
  std::size_t parts = 0;
  std::string_view rest;
};

std::optional<Head> parse_head(std::string_view value) {
  if (!value.starts_with('p')) return std::nullopt;
  Head head;
  const char* const end = value.data() + value.size();
  const auto read = std::from_chars(value.data() + 1, end, head.parts);
  if (read.ec != std::errc() || read.ptr == end || *read.ptr != '\n') return std::nullopt;
  head.rest = value.substr(static_cast<std::size_t>(read.ptr - value.data()) + 1);
  return head;
}

tl::unexpected<Error> damaged(const std::string& key) {
  return fail(
      Error::Kind::failed,
      fmt::format("the state record {} is not whole; was the state topic written by another program, or does it "
                  "delete records by age?",
                  key));
}

}  // namespace

std::string changelog_key(const ports::StateKey& key) { return fmt::format("{}/{}/{}", key.city, key.kind, key.key); }

std::optional<ports::StateKey> parse_changelog_key(std::string_view key) {
  const std::size_t kind = key.find('/');
  const std::size_t rest = kind == std::string_view::npos ? kind : key.find('/', kind + 1);
  if (rest == std::string_view::npos || kind == 0 || key.starts_with("_/")) return std::nullopt;
  return ports::StateKey{std::string(key.substr(0, kind)), std::string(key.substr(kind + 1, rest - kind - 1)),
                         std::string(key.substr(rest + 1))};
}

void StateParts::split(const ports::StateChange& change, const Emit& emit) {
  const std::string key = changelog_key(change.key);
  const auto known = parts_.find(key);
  const std::size_t before = known == parts_.end() ? 1 : known->second;
  std::size_t parts = 0;
  if (!change.value) {
    emit(key, std::nullopt);
  } else if (change.value->size() <= part_bytes_) {
    emit(key, 'v' + *change.value);
    parts = 1;
  } else {
    const std::string_view value = *change.value;
    parts = (value.size() + part_bytes_ - 1) / part_bytes_;
    emit(key, fmt::format("p{}\n{}", parts, value.substr(0, part_bytes_)));
    for (std::size_t i = 1; i < parts; ++i) emit(part_key(key, i), value.substr(i * part_bytes_, part_bytes_));
  }
  for (std::size_t i = std::max<std::size_t>(parts, 1); i < before; ++i) emit(part_key(key, i), std::nullopt);
  if (parts > 1) {
    parts_[key] = parts;
  } else if (known != parts_.end()) {
    parts_.erase(known);
  }
}

Result<void> StateParts::join(const std::map<std::string, std::string>& records,
                              const std::function<void(ports::StateKey, std::string_view)>& visit) {
  std::set<std::string> pieces;  // keys of parts, which are no records themselves
  for (const auto& [key, value] : records) {
    const auto head = parse_head(value);
    if (!head || pieces.contains(key)) continue;
    for (std::size_t i = 1; i < head->parts; ++i) pieces.insert(part_key(key, i));
  }
  for (const auto& [key, value] : records) {
    auto state_key = parse_changelog_key(key);
    if (!state_key || pieces.contains(key)) continue;
    if (value.starts_with('v')) {
      visit(*std::move(state_key), std::string_view(value).substr(1));
      continue;
    }
    const auto head = parse_head(value);
    if (!head) return damaged(key);
    std::string whole(head->rest);
    for (std::size_t i = 1; i < head->parts; ++i) {
      const auto part = records.find(part_key(key, i));
      if (part == records.end()) return damaged(key);
      whole += part->second;
    }
    parts_[key] = head->parts;
    visit(*std::move(state_key), whole);
  }
  return {};
}

}  // namespace kentongan::kafka
