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
  // clang-format off
  unknown,
  // envelope (`source`, `type` and `time` too)
  id, source, specversion, type, time, data,
  // report
  area, rw, tps, site, kind, athg, category, severity, content, reporter, crowd, location, status, corrects,
  corrects_source, text, recommendation,
  // of reporter, actor, location and notice
  ref, role, lat, lon, number, date,
  // campaign
  campaign, party, method, areas, venue, radius_m, route, starts_at, ends_at, notice,
  // consignment
  consignment, goods, quantity, seals_expected, seals_intact, from, to, step, due_at,
  // readiness
  police, linmas, kpps, witnesses, power, network, voters, eligible, without_card,
  // action
  alert, action, actor, assignee, until, note, refute,
  // clang-format on
};
inline constexpr std::size_t kKeys = static_cast<std::size_t>(Key::refute) + 1;
static_assert(kKeys <= 65, "sets of keys are masks of 64 bits, in which `unknown` has none");

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
                                                               "note",
                                                               "refute"};

[[nodiscard]] constexpr std::string_view name_of(Key key) { return kKeyNames[static_cast<std::size_t>(key)]; }

/// The members of one object that have a known key.
struct Members {
  std::array<std::uint32_t, kKeys> at;  ///< for each key that was seen the index of its node; others are anything
  std::uint64_t seen = 0;               ///< a bit for each Key but `unknown`

  [[nodiscard]] static constexpr std::uint64_t bit(Key key) {
    return std::uint64_t{1} << (static_cast<unsigned>(key) - 1);
  }
  /// 0, the root, which is nobody's member, where there is none.
  [[nodiscard]] std::uint32_t find(Key key) const {
    return (seen & bit(key)) != 0 ? at[static_cast<std::size_t>(key)] : 0;
  }
};

namespace detail {

/// Up to eight bytes of a text from `at` on, little-endian, zeros behind its end.
[[nodiscard]] constexpr std::uint64_t word_of(std::string_view text, std::size_t at) {
  std::uint64_t word = 0;
  for (std::size_t i = 0; i < 8 && at + i < text.size(); ++i) {
    word |= static_cast<std::uint64_t>(static_cast<unsigned char>(text[at + i])) << (8 * i);
  }
  return word;
}

inline constexpr unsigned kHashBits = 8;
/// Found by trial; that no two keys meet is asserted below.
inline constexpr std::uint64_t kHashFactor = 0x44d5ad111eeeb285;

[[nodiscard]] constexpr std::uint64_t mix(std::uint64_t head, std::size_t size) { return (head + size) * kHashFactor; }

/// A key in two words, its first and its last eight bytes, which for at most 16 bytes is all of it.
struct KeyWords {
  std::uint64_t head = 0;
  std::uint64_t tail = 0;  ///< of a key of at most eight bytes: `head`
  std::uint32_t size = 0;
  Key key = Key::unknown;
};

struct KeyTable {
  std::array<KeyWords, 1U << kHashBits> slots{};
  bool perfect = true;
};

[[nodiscard]] constexpr KeyTable make_key_table() {
  KeyTable table;
  for (std::size_t i = 1; i < kKeys; ++i) {
    const std::string_view name = kKeyNames[i];
    const std::uint64_t head = word_of(name, 0);
    KeyWords& slot = table.slots[mix(head, name.size()) >> (64 - kHashBits)];
    table.perfect = table.perfect && slot.key == Key::unknown && name.size() <= 16;
    const std::uint64_t tail = name.size() > 8 ? word_of(name, name.size() - 8) : head;
    slot = {head, tail, static_cast<std::uint32_t>(name.size()), static_cast<Key>(i)};
  }
  return table;
}

inline constexpr KeyTable kKeyTable = make_key_table();
static_assert(kKeyTable.perfect, "two keys share a slot (choose another kHashFactor), or one is too long");

[[nodiscard]] inline std::uint64_t load_word(const char* p) {
  std::uint64_t word = 0;
  std::memcpy(&word, p, sizeof word);
  if constexpr (std::endian::native == std::endian::big) word = __builtin_bswap64(word);
  return word;
}

}  // namespace detail

struct KeyMatch {
  Key key = Key::unknown;
  std::uint8_t hash = 0;  ///< six bits of the hash of the key's head and size; equal keys have equal hashes
};

/// `text` must be followed by at least eight readable bytes.
[[nodiscard]] inline KeyMatch match_key(std::string_view text) {
  std::uint64_t head = detail::load_word(text.data());
  if (text.size() < 8) head &= (std::uint64_t{1} << (8 * text.size())) - 1;
  const std::uint64_t tail = text.size() > 8 ? detail::load_word(text.data() + text.size() - 8) : head;
  const std::uint64_t hash = detail::mix(head, text.size());
  const detail::KeyWords& slot = detail::kKeyTable.slots[hash >> (64 - detail::kHashBits)];
  const bool same = slot.head == head && slot.tail == tail && slot.size == text.size();
  return {same ? slot.key : Key::unknown, static_cast<std::uint8_t>(hash >> 58)};
}

}  // namespace kentongan::codec
