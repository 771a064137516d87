// SPDX-License-Identifier: Apache-2.0
#include "notify/wording.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <cctype>

#include "notify/plain_text.hpp"

namespace kentongan::notify {
namespace {

using ports::Notice;
using ports::NoticeItem;
using ports::Tongue;

/// Of several alerts each gets one line.
constexpr std::size_t kLineOfMany = 160;
constexpr std::size_t kMostSuggestions = 3;

struct Both {
  std::string_view id, en;
  [[nodiscard]] std::string_view in(Tongue tongue) const { return tongue == Tongue::en ? en : id; }
};

/// What has happened, before the place; of `fired` the level says it.
Both happened(const NoticeItem& item) {
  switch (item.step) {
    case AlertStepKind::fired:
      return {"", ""};
    case AlertStepKind::raised:
      return {"NAIK", "RAISED"};
    case AlertStepKind::escalated:
      return {"BELUM DIJAWAB", "NOT ANSWERED"};
    case AlertStepKind::reminded:
      return {"PENGINGAT", "REMINDER"};
    case AlertStepKind::acknowledged:
      return {"SUDAH DITERIMA", "ACKNOWLEDGED"};
    case AlertStepKind::confirmed:
      return {"DIBENARKAN", "CONFIRMED"};
    case AlertStepKind::assigned:
      return {"DITUGASKAN", "ASSIGNED"};
    case AlertStepKind::mitigated:
      return {"SEDANG DITANGANI", "BEING HANDLED"};
    case AlertStepKind::snoozed:
      return {"DITUNDA", "SNOOZED"};
    case AlertStepKind::resolved:
      return {"SELESAI", "RESOLVED"};
    case AlertStepKind::expired:
      return {"BERAKHIR", "EXPIRED"};
    case AlertStepKind::withdrawn:
      return {"DITARIK", "WITHDRAWN"};
  }
  return {"", ""};
}

std::string level_word(Level level) {
  std::string word(name_of(level));
  std::transform(word.begin(), word.end(), word.begin(), [](unsigned char c) { return std::toupper(c); });
  return word;
}

std::string in(const LocalText& text, Tongue tongue) {
  return tongue == Tongue::en && !text.en.empty() ? text.en : text.id;
}

std::string place_of(const NoticeItem& item) { return clean(item.place.empty() ? item.area : item.place, Lines::join); }

std::string headline(const NoticeItem& item, Tongue tongue) {
  const std::string_view what = happened(item).in(tongue);
  std::string line = what.empty() ? level_word(item.level) : fmt::format("{} - {}", what, level_word(item.level));
  if (item.proposed && item.state == AlertState::firing) {
    line += tongue == Tongue::en ? " (proposed)" : " (usulan)";
  }
  return line + ": " + place_of(item);
}

/// "10 Nov 2024 13:00"
std::string moment(const NoticeItem& item, Tongue tongue) {
  static constexpr std::array<std::string_view, 12> kId{"Jan", "Feb", "Mar", "Apr", "Mei", "Jun",
                                                        "Jul", "Agu", "Sep", "Okt", "Nov", "Des"};
  static constexpr std::array<std::string_view, 12> kEn{"Jan", "Feb", "Mar", "Apr", "May", "Jun",
                                                        "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"};
  const auto local = item.since + item.offset;
  const auto day = std::chrono::floor<std::chrono::days>(local);
  const std::chrono::year_month_day date(day);
  const auto minutes = std::chrono::duration_cast<std::chrono::minutes>(local - day).count();
  const auto month = static_cast<unsigned>(date.month()) - 1;
  return fmt::format("{} {} {} {:02}:{:02}", static_cast<unsigned>(date.day()),
                     tongue == Tongue::en ? kEn[month] : kId[month], static_cast<int>(date.year()), minutes / 60,
                     minutes % 60);
}

/// Whether the alert is over, and nothing is to be done any more.
bool is_over(const NoticeItem& item) {
  return item.state != AlertState::firing && item.state != AlertState::acknowledged;
}

void add(Wording& words, std::string_view label, const std::string& text) {
  std::string cleaned = clean(text, Lines::keep);
  if (!cleaned.empty()) words.parts.push_back({std::string(label), std::move(cleaned), false});
}

std::string actor_line(const NoticeItem& item, Tongue tongue) {
  if (item.actor.empty()) return {};
  return fmt::format("{} {}", tongue == Tongue::en ? "By" : "Oleh", clean(item.actor, Lines::join));
}

Wording words_of_one(const Notice& notice, const NoticeItem& item, bool free_text) {
  const Tongue tongue = notice.tongue;
  const bool english = tongue == Tongue::en;
  Wording words;
  words.title = headline(item, tongue);
  if (item.state == AlertState::resolved) {
    add(words, "",
        english ? "All clear. Nothing more is to be done." : "Keadaan sudah aman. Tidak ada yang perlu dilakukan.");
  }
  if (item.step == AlertStepKind::withdrawn) {
    add(words, "", english ? "The reports behind it were wrong." : "Laporan yang mendasarinya ternyata keliru.");
  }
  add(words, "", in(item.message, tongue));
  if (!is_over(item)) {
    const std::size_t before = words.parts.size();
    add(words, english ? "Do" : "Lakukan", in(item.recommend, tongue));
    if (words.parts.size() > before) words.parts.back().todo = true;
    if (free_text) {
      const std::size_t count = std::min(item.recommendations.size(), kMostSuggestions);
      for (std::size_t i = 0; i < count; ++i) {
        add(words, english ? "A reporter suggests" : "Saran pelapor", item.recommendations[i]);
      }
    }
    add(words, english ? "Legal basis" : "Dasar hukum", item.legal);
  }
  add(words, "", actor_line(item, tongue));
  add(words, english ? "Since" : "Sejak", moment(item, tongue));
  if (item.proposed && item.state == AlertState::firing) {
    add(words, "",
        english ? "AWAS is a proposal: an officer confirms it." : "AWAS baru usulan: petugas yang membenarkannya.");
  }
  words.reference = item.alert;
  return words;
}

/// The place that all items have, else how many places they have.
std::string places_of(const Notice& notice) {
  const std::string first = place_of(notice.items.front());
  const bool same = std::all_of(notice.items.begin(), notice.items.end(),
                                [&](const NoticeItem& item) { return place_of(item) == first; });
  if (same && notice.more == 0) return first;
  return notice.tongue == Tongue::en ? "several places" : "beberapa tempat";
}

Wording words_of_many(const Notice& notice) {
  const bool english = notice.tongue == Tongue::en;
  Wording words;
  const std::size_t count = notice.items.size() + notice.more;
  if (notice.kind == ports::NoticeKind::digest) {
    words.title = english ? fmt::format("While it was quiet: {} messages", count)
                          : fmt::format("Ringkasan selama jam tenang: {} pesan", count);
  } else {
    words.title = fmt::format("{}: {} {}, {}", level_word(notice.level()), count, english ? "alerts" : "peringatan",
                              places_of(notice));
  }
  for (const NoticeItem& item : notice.items) {
    const std::string message = clean(in(item.message, notice.tongue), Lines::join);
    words.parts.push_back(
        {"", fmt::format("- {}. {}", headline(item, notice.tongue), cut(message, kLineOfMany, Unit::code_points))});
  }
  if (notice.more > 0) {
    words.parts.push_back({"", fmt::format("- {} {}", english ? "and more:" : "dan lainnya:", notice.more)});
  }
  words.reference = notice.items.front().alert;
  if (count > 1) words.reference += fmt::format(" (+{})", count - 1);
  return words;
}

}  // namespace

std::string Wording::as_text() const {
  std::string text = title;
  for (const Part& part : parts) {
    text += '\n';
    if (!part.label.empty()) text += part.label + ": ";
    text += part.text;
  }
  if (!reference.empty()) text += "\nNo. " + reference;
  return text;
}

Wording words_of(const Notice& notice, bool free_text) {
  if (notice.items.size() == 1 && notice.more == 0 && notice.kind != ports::NoticeKind::digest) {
    return words_of_one(notice, notice.items.front(), free_text);
  }
  if (!notice.items.empty()) return words_of_many(notice);
  const bool english = notice.tongue == Tongue::en;
  Wording words;
  words.title = notice.kind == ports::NoticeKind::test
                    ? (english ? "Kentongan: a test" : "Kentongan: uji coba")
                    : (english ? "Kentongan: somebody is not reached" : "Kentongan: ada yang tidak terhubungi");
  add(words, "", notice.text);
  return words;
}

const Phrases& phrases(Tongue tongue) {
  static const Phrases indonesian{"Saya terima",
                                  "Benarkan AWAS",
                                  "Jawab di halaman ini",
                                  "Diterima. Terima kasih.",
                                  "AWAS dibenarkan. Terima kasih.",
                                  "Peringatan ini tidak dikenal.",
                                  "Peringatan ini sudah ditutup.",
                                  "Peringatan ini bukan untuk Anda.",
                                  "Belum berhasil. Coba lagi sebentar."};
  static const Phrases english{"I take it",
                               "Confirm AWAS",
                               "Answer on this page",
                               "Taken. Thank you.",
                               "AWAS is confirmed. Thank you.",
                               "This alert is not known.",
                               "This alert is closed.",
                               "This alert is not for you.",
                               "That did not work. Try again in a moment."};
  return tongue == Tongue::en ? english : indonesian;
}

}  // namespace kentongan::notify
