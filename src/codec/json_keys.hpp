// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <array>
#include <bit>
#include <cstdint>
#include <cstring>
#include <string_view>

namespace kentongan::codec {

/// Every key that some event knows somewhere, so that a key is compared once, when it is read.
/// Whether a key means anything depends on the object it stands in; elsewhere it is ignored.
enum class Key : std::uint8_t {
  unknown,
  // envelope (`source`, `type` and `time` too)
  id,
  source,
  specversion,
  type,
  time,
  data,
  // report
  area,
  rw,
  tps,
  site,
  kind,
  athg,
  category,
  severity,
  content,
  reporter,
  crowd,
  location,
  status,
  corrects,
  corrects_source,
  text,
  recommendation,
  // of reporter, actor, location, notice
  ref,
  role,
  lat,
  lon,
  number,
  date,
  // campaign
  campaign,
  party,
  method,
  areas,
  venue,
  radius_m,
  route,
  starts_at,
  ends_at,
  notice,
  // consignment
  consignment,
  goods,
  quantity,
  seals_expected,
  seals_intact,
  from,
  to,
  step,
  due_at,
  // readiness
  police,
  linmas,
  kpps,
  witnesses,
  power,
  network,
  voters,
  eligible,
  without_card,
  // action
  alert,
  action,
  actor,
  assignee,
  until,
  note,
};
inline constexpr std::size_t kKeys = static_cast<std::size_t>(Key::note) + 1;

/// In the order of Key.
inline constexpr std::array<std::string_view, kKeys> kKeyNames{"",
                                                               "id",
                                                               "source",
                                                               "specversion",
                                                               "type",
                                                               "time",
                                                               "data",
                                                               "area",
                                                               "rw",
                                                               "tps",
                                                               "site",
                                                               "kind",
                                                               "athg",
                                                               "category",
                                                               "severity",
                                                               "content",
                                                               "reporter",
                                                               "crowd",
                                                               "location",
                                                               "status",
                                                               "corrects",
                                                               "corrects_source",
                                                               "text",
                                                               "recommendation",
                                                               "ref",
                                                               "role",
                                                               "lat",
                                                               "lon",
                                                               "number",
                                                               "date",
                                                               "campaign",
                                                               "party",
                                                               "method",
                                                               "areas",
                                                               "venue",
                                                               "radius_m",
                                                               "route",
                                                               "starts_at",
                                                               "ends_at",
                                                               "notice",
                                                               "consignment",
                                                               "goods",
                                                               "quantity",
                                                               "seals_expected",
                                                               "seals_intact",
                                                               "from",
                                                               "to",
                                                               "step",
                                                               "due_at",
                                                               "police",
                                                               "linmas",
                                                               "kpps",
                                                               "witnesses",
                                                               "power",
                                                               "network",
                                                               "voters",
                                                               "eligible",
                                                               "without_card",
                                                               "alert",
                                                               "action",
                                                               "actor",
                                                               "assignee",
                                                               "until",
                                                               "note"};

[[nodiscard]] constexpr std::string_view name_of(Key key) { return kKeyNames[static_cast<std::size_t>(key)]; }

namespace detail {

/// The first eight bytes of a text, little-endian, zeros behind its end.
[[nodiscard]] constexpr std::uint64_t head_of(std::string_view text) {
  std::uint64_t head = 0;
  for (std::size_t i = 0; i < text.size() && i < 8; ++i) {
    head |= static_cast<std::uint64_t>(static_cast<unsigned char>(text[i])) << (8 * i);
  }
  return head;
}

inline constexpr unsigned kHashBits = 8;
/// Found by trial; that no two keys meet is asserted below.
inline constexpr std::uint64_t kHashFactor = 0x44d5ad111eeeb285;

[[nodiscard]] constexpr std::uint64_t mix(std::uint64_t head, std::size_t size) { return (head + size) * kHashFactor; }

struct KeyTable {
  std::array<std::uint8_t, 1U << kHashBits> key{};
  std::array<std::uint64_t, kKeys> head{};
  bool perfect = true;
};

[[nodiscard]] constexpr KeyTable make_key_table() {
  KeyTable table;
  for (std::size_t i = 1; i < kKeys; ++i) {
    const std::uint64_t head = head_of(kKeyNames[i]);
    auto& slot = table.key[mix(head, kKeyNames[i].size()) >> (64 - kHashBits)];
    table.perfect = table.perfect && slot == 0;
    slot = static_cast<std::uint8_t>(i);
    table.head[i] = head;
  }
  return table;
}

inline constexpr KeyTable kKeyTable = make_key_table();
static_assert(kKeyTable.perfect, "two keys share a slot: choose another kHashFactor");

}  // namespace detail

struct KeyMatch {
  Key key = Key::unknown;
  std::uint64_t hash = 0;  ///< of the key's head and size; equal keys have equal hashes
};

/// `text` must be followed by at least eight readable bytes.
[[nodiscard]] inline KeyMatch match_key(std::string_view text) {
  std::uint64_t head = 0;
  std::memcpy(&head, text.data(), sizeof head);
  if constexpr (std::endian::native == std::endian::big) head = __builtin_bswap64(head);
  if (text.size() < 8) head &= (std::uint64_t{1} << (8 * text.size())) - 1;
  const std::uint64_t hash = detail::mix(head, text.size());
  const std::uint8_t index = detail::kKeyTable.key[hash >> (64 - detail::kHashBits)];
  const std::string_view name = kKeyNames[index];
  if (index == 0 || name.size() != text.size() || detail::kKeyTable.head[index] != head) return {Key::unknown, hash};
  if (text.size() > 8 && std::memcmp(text.data() + 8, name.data() + 8, text.size() - 8) != 0) {
    return {Key::unknown, hash};
  }
  return {static_cast<Key>(index), hash};
}

}  // namespace kentongan::codec
