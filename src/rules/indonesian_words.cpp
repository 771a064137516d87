// SPDX-License-Identifier: Apache-2.0
#include "rules/indonesian_words.hpp"

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
    {"sebelum", "by"}, {"sejak", "since"}, {"metode", "method"}, {"wilayah", "area"}, {"karena", "because"},
    // What other programs that rewrite YAML make of `on`.
    {"true", "on"}, {"yes", "on"}});

/// One word may stand for several, of which one is known where it is written.
constexpr auto kWords = std::to_array<std::pair<std::string_view, std::string_view>>({
    // Scopes and events.
    {"kelurahan", "area"}, {"desa", "area"}, {"wilayah", "area"}, {"kecamatan", "district"}, {"kota", "city"},
    {"kabupaten", "city"}, {"tps", "polling_station"}, {"kiriman", "consignment"}, {"logistik", "consignment"},
    {"kampanye", "campaign"}, {"jadwal", "campaign"}, {"laporan", "report"}, {"kesiapan", "readiness"},
    {"tindakan", "action"},
    // Levels, also by the colours that warnings of disasters have.
    {"merah", "awas"}, {"jingga", "siaga"}, {"oranye", "siaga"}, {"kuning", "waspada"}, {"hijau", "aman"},
    // Stages.
    {"masa_tenang", "quiet_period"}, {"pemungutan", "voting"}, {"pemungutan_suara", "voting"}, {"pencoblosan", "voting"},
    {"penghitungan", "counting"}, {"penghitungan_suara", "counting"}, {"masa_kampanye", "campaign"},
    // Words of fields.
    {"kejadian", "incident"}, {"insiden", "incident"}, {"informasi", "information"}, {"rekomendasi", "recommendation"},
    {"ancaman", "threat"}, {"tantangan", "challenge"}, {"hambatan", "hindrance"}, {"gangguan", "disturbance"},
    {"terbukti", "verified"}, {"terverifikasi", "verified"}, {"dibantah", "refuted"}, {"direncanakan", "planned"},
    {"diubah", "changed"}, {"dibatalkan", "cancelled"}, {"batal", "cancelled"}, {"rapat_umum", "rally"},
    {"pertemuan_terbatas", "limited_meeting"}, {"tatap_muka", "face_to_face"}, {"pawai", "procession"},
    {"arak-arakan", "procession"}, {"debat", "debate"}, {"lainnya", "other"}, {"dikemas", "packed"},
    {"dikirim", "dispatched"}, {"berangkat", "dispatched"}, {"tiba", "arrived"}, {"sampai", "arrived"},
    {"dibuka", "opened"}, {"kembali", "returned"}, {"dikembalikan", "returned"}, {"bayangan", "shadow"},
    {"aktif", "live"}, {"mati", "off"}, {"nonaktif", "off"},
    // Fields.
    {"kategori", "category"}, {"keparahan", "severity"}, {"jenis", "kind"}, {"sumber", "source"}, {"isi", "content"},
    {"pelapor", "reporter.role"}, {"peran", "reporter.role"}, {"massa", "crowd"}, {"lokasi", "site"}, {"teks", "text"},
    {"tempat", "venue"}, {"bentuk", "method"}, {"langkah", "step"}, {"barang", "goods"}, {"jumlah", "quantity"},
    {"polisi", "police"}, {"saksi", "witnesses"}, {"listrik", "power"}, {"jaringan", "network"},
    // Categories.
    {"intimidasi", "intimidation"}, {"provokasi", "provocation"}, {"hoaks", "hoax"}, {"politik_uang", "vote_buying"},
    {"ujaran_kebencian", "hate_speech"}, {"netralitas_asn", "asn_neutrality"}, {"kecurangan", "election_fraud"}});
// clang-format on

}  // namespace

std::optional<std::string_view> key_meant_by(std::string_view indonesian) {
  const auto found = std::find_if(kMeant.begin(), kMeant.end(),
                                  [&](const auto& pair) { return edit_distance(pair.first, indonesian, 0) == 0; });
  return found == kMeant.end() ? std::nullopt : std::optional(found->second);
}

std::optional<std::string_view> word_meant_by(std::string_view indonesian, const std::vector<std::string_view>& known) {
  for (const auto& [word, meaning] : kWords) {
    if (edit_distance(word, indonesian, 0) != 0) continue;
    if (std::find(known.begin(), known.end(), meaning) != known.end()) return meaning;
  }
  return std::nullopt;
}

}  // namespace kentongan::rules
