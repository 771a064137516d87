// SPDX-License-Identifier: Apache-2.0
#include "rules/indonesian_keys.hpp"

#include <algorithm>
#include <array>
#include <utility>

#include "rules/nearest.hpp"

namespace kentongan::rules {

namespace {

// clang-format off
constexpr auto kMeant = std::to_array<std::pair<std::string_view, std::string_view>>({
    {"versi", "version"}, {"daftar", "lists"}, {"makro", "macros"}, {"risiko", "risk"}, {"aturan", "rules"},
    {"judul", "title"}, {"keterangan", "description"}, {"deskripsi", "description"}, {"pemilik", "owner"},
    {"dasar_hukum", "legal"}, {"tahapan", "stages"}, {"cocok", "match"}, {"jika", "when"}, {"bila", "when"},
    {"ketika", "when"}, {"periksa", "check"}, {"skor", "score"}, {"tingkat", "level"}, {"hitung", "count"},
    {"jumlah", "count"}, {"urutan", "sequence"}, {"lonjakan", "spike"}, {"bentrok", "clash"}, {"kuota", "quota"},
    {"peringatan", "alert"}, {"pesan", "message"}, {"saran", "recommend"}, {"rekomendasi", "recommend"},
    {"kepada", "to"}, {"eskalasi", "escalate"}, {"uji", "tests"}, {"tes", "tests"}, {"nama", "name"},
    {"mulai", "start"}, {"kejadian", "events"}, {"harapan", "expect"}, {"tambah", "add"}, {"minimal", "at_least"},
    {"maksimal", "at_most"}, {"dalam", "within"}, {"langkah", "steps"}, {"setelah", "after"}, {"setiap", "each"},
    {"sebelum", "by"}, {"sejak", "since"}, {"metode", "method"}, {"wilayah", "area"}, {"karena", "because"}});
// clang-format on

}  // namespace

std::optional<std::string_view> key_meant_by(std::string_view indonesian) {
  const auto found = std::find_if(kMeant.begin(), kMeant.end(),
                                  [&](const auto& pair) { return edit_distance(pair.first, indonesian, 0) == 0; });
  return found == kMeant.end() ? std::nullopt : std::optional(found->second);
}

}  // namespace kentongan::rules
