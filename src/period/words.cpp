// SPDX-License-Identifier: Apache-2.0
#include "period/words.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>

namespace kentongan::period {
namespace {

struct Named {
  std::string_view name, indonesian, english;
};

constexpr std::array<std::string_view, 12> kMonths{"Januari",   "Februari", "Maret",    "April",
                                                   "Mei",       "Juni",     "Juli",     "Agustus",
                                                   "September", "Oktober",  "November", "Desember"};
constexpr std::array<std::string_view, 12> kEnglishMonths{"January",   "February", "March",    "April",
                                                          "May",       "June",     "July",     "August",
                                                          "September", "October",  "November", "December"};

/// The files of the bundled rules; others are called by their names.
constexpr std::array kFamilies{Named{"campaign_entries", "Jadwal kampanye", "Campaign entries"},
                               Named{"campaign_violations", "Pelanggaran kampanye", "Campaign violations"},
                               Named{"clashes", "Bentrok jadwal", "Clashes of schedules"},
                               Named{"hoax", "Hoaks", "False rumours"},
                               Named{"intimidation", "Intimidasi", "Intimidation"},
                               Named{"levels", "Tingkat kerawanan", "Levels of risk"},
                               Named{"logistics", "Logistik: perjalanan", "Logistics: the way"},
                               Named{"logistics_contents", "Logistik: isi dan segel", "Logistics: contents and seals"},
                               Named{"neutrality", "Netralitas ASN dan penyelenggara", "Neutrality"},
                               Named{"provocation", "Provokasi dan bentrokan", "Provocation and clashes"},
                               Named{"quiet_period", "Masa tenang", "Quiet period"},
                               Named{"quotas", "Kuota jadwal", "Quotas"},
                               Named{"readiness", "Kesiapan TPS", "Readiness of polling stations"},
                               Named{"silence", "Kelurahan tanpa laporan", "Silent kelurahan"},
                               Named{"storage_sites", "Gudang logistik", "Storage sites"},
                               Named{"vote_buying", "Politik uang", "Vote buying"},
                               Named{"voter_cards", "KTP pemilih", "Voters' cards"},
                               Named{"voting_day", "Hari pemungutan suara", "Voting day"},
                               Named{"other", "Lainnya", "Others"}};

constexpr std::array kRoles{Named{"rw", "Ketua RW", "RW heads"},
                            Named{"rt", "Ketua RT", "RT heads"},
                            Named{"lurah", "Lurah", "Lurah"},
                            Named{"camat", "Camat", "Camat"},
                            Named{"linmas", "Linmas", "Linmas"},
                            Named{"fkdm", "FKDM", "FKDM"},
                            Named{"polsek", "Polsek", "Polsek"},
                            Named{"polres", "Polres", "Polres"},
                            Named{"warga", "Warga", "Citizens"},
                            Named{"other", "Peran lain", "Other roles"},
                            Named{"unknown", "Tidak disebut", "Not said"}};

constexpr std::array<Named, kRejectReasons> kReasons{
    Named{"too_large", "terlalu besar", "too large"},
    Named{"too_deep", "terlalu dalam", "nested too deep"},
    Named{"malformed_json", "bukan JSON yang utuh", "no whole JSON"},
    Named{"invalid_event", "isian salah", "wrong field"},
    Named{"unknown_type", "jenis tidak dikenal", "unknown type"},
    Named{"personal_data", "memuat data pribadi", "personal data"},
    Named{"unknown_category", "kategori tidak dikenal", "unknown category"},
    Named{"unknown_area", "wilayah tidak dikenal", "unknown area"},
    Named{"unknown_alert", "peringatan tidak dikenal", "unknown alert"},
    Named{"too_old", "terlalu lama", "too old"},
    Named{"future", "dari masa depan", "from the future"}};

template <class List>
std::string named(const List& list, std::string_view name, bool indonesian) {
  for (const Named& each : list) {
    if (each.name == name) return std::string(indonesian ? each.indonesian : each.english);
  }
  std::string plain(name);
  std::replace(plain.begin(), plain.end(), '_', ' ');
  return plain;
}

}  // namespace

std::string Words::number(Count value) const {
  std::string digits = fmt::format("{}", value);
  for (std::size_t at = digits.size(); at > 3; at -= 3) digits.insert(at - 3, 1, indonesian_ ? '.' : ',');
  return digits;
}

std::string Words::share(Count part, Count of) const {
  if (of == 0) return "-";
  const Count tenths = (part * 2000 + of) / (of * 2);
  return fmt::format("{}{}{} %", tenths / 10, indonesian_ ? ',' : '.', tenths % 10);
}

std::string Words::minutes(std::int64_t value) const {
  const std::int64_t days = value / 1440, hours = value / 60 % 24, rest = value % 60;
  const std::string_view h = indonesian_ ? "jam" : "h";
  const std::string_view m = indonesian_ ? "mnt" : "min";
  if (days > 0) {
    const std::string_view d = indonesian_ ? "hari" : days == 1 ? "day" : "days";
    return hours == 0 ? fmt::format("{} {}", days, d) : fmt::format("{} {} {} {}", days, d, hours, h);
  }
  if (hours == 0) return fmt::format("{} {}", rest, m);
  return rest == 0 ? fmt::format("{} {}", hours, h) : fmt::format("{} {} {} {}", hours, h, rest, m);
}

std::string Words::minutes(const std::optional<std::int64_t>& value) const { return value ? minutes(*value) : "-"; }

std::string Words::day(LocalDay day) const {
  const std::chrono::year_month_day date(day);
  const auto month = static_cast<unsigned>(date.month()) - 1;
  return fmt::format("{} {} {}", static_cast<unsigned>(date.day()),
                     indonesian_ ? kMonths[month] : kEnglishMonths[month], static_cast<int>(date.year()));
}

std::string Words::short_day(LocalDay day) const {
  const std::chrono::year_month_day date(day);
  return fmt::format("{}/{}", static_cast<unsigned>(date.day()), static_cast<unsigned>(date.month()));
}

std::string Words::moment(TimePoint time, const LocalZone& zone) const {
  const LocalDay on = zone.day_of(time);
  const auto passed = std::chrono::duration_cast<std::chrono::minutes>(time - zone.moment(on)).count();
  return fmt::format("{} {:02}{}{:02}", day(on), passed / 60, indonesian_ ? '.' : ':', passed % 60);
}

std::string Words::verdict(Verdict verdict) const {
  switch (verdict) {
    case Verdict::applied:
      return (*this)("diterima", "accepted");
    case Verdict::duplicate:
      return (*this)("ganda", "duplicate");
    case Verdict::late:
      return (*this)("terlambat", "late");
    case Verdict::dead_letter:
      return (*this)("ditolak", "refused");
    case Verdict::rekeyed:
      return (*this)("dipindahkan", "re-keyed");
  }
  return {};
}

std::string Words::reason(RejectReason reason) const { return named(kReasons, name_of(reason), indonesian_); }

std::string Words::kind(ReportKind kind) const {
  switch (kind) {
    case ReportKind::incident:
      return (*this)("Kejadian", "Incidents");
    case ReportKind::information:
      return (*this)("Informasi", "Information");
    case ReportKind::recommendation:
      return (*this)("Rekomendasi", "Recommendations");
  }
  return {};
}

std::string Words::athg(std::size_t which) const {
  constexpr std::array<Named, 5> kAthg{
      Named{"threat", "Ancaman", "Threats"}, Named{"challenge", "Tantangan", "Challenges"},
      Named{"hindrance", "Hambatan", "Hindrances"}, Named{"disturbance", "Gangguan", "Disturbances"},
      Named{"", "Tidak disebut", "Not said"}};
  const Named& word = kAthg[std::min(which, kAthg.size() - 1)];
  return (*this)(word.indonesian, word.english);
}

std::string Words::role(std::string_view role) const { return named(kRoles, role, indonesian_); }

std::string Words::step(ConsignmentStep step) const {
  switch (step) {
    case ConsignmentStep::packed:
      return (*this)("dikemas", "packed");
    case ConsignmentStep::dispatched:
      return (*this)("berangkat", "dispatched");
    case ConsignmentStep::arrived:
      return (*this)("tiba", "arrived");
    case ConsignmentStep::opened:
      return (*this)("dibuka", "opened");
    case ConsignmentStep::returned:
      return (*this)("kembali", "returned");
  }
  return {};
}

std::string Words::family(std::string_view name) const { return named(kFamilies, name, indonesian_); }

}  // namespace kentongan::period
