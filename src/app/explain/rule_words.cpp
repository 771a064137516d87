// SPDX-License-Identifier: Apache-2.0
#include "app/explain/rule_words.hpp"

#include <fmt/format.h>

#include <array>

namespace kentongan::app::explain {
namespace {

template <class... Arguments>
std::string say(const Speech& speech, std::string_view indonesian, std::string_view english,
                const Arguments&... arguments) {
  return fmt::format(fmt::runtime(speech(indonesian, english)), arguments...);
}

std::string kept_apart(const rules::Per& per, const Speech& speech) {
  switch (per.kind) {
    case rules::PerKind::area:
      return std::string(speech("di satu kelurahan", "in one kelurahan"));
    case rules::PerKind::district:
      return std::string(speech("di satu kecamatan", "in one kecamatan"));
    case rules::PerKind::city:
      return std::string(speech("di satu kota", "in one city"));
    case rules::PerKind::consignment:
      return std::string(speech("untuk satu kiriman", "of one consignment"));
    case rules::PerKind::polling_station:
      return std::string(speech("di satu TPS", "at one polling station"));
    case rules::PerKind::campaign:
      return std::string(speech("untuk satu entri kampanye", "of one campaign entry"));
    case rules::PerKind::fields:
      break;
  }
  std::string paths;
  for (const FieldId field : per.fields) {
    paths += (paths.empty() ? "" : ", ") + std::string(spec_of(field).path);
  }
  return say(speech, "dengan {} yang sama", "with the same {}", paths);
}

std::string_view kind_of_place(PlaceKind kind, const Speech& speech) {
  switch (kind) {
    case PlaceKind::area:
      return speech("kelurahan", "a kelurahan");
    case PlaceKind::district:
      return speech("kecamatan", "a kecamatan");
    case PlaceKind::city:
      break;
  }
  return speech("kota", "the city");
}

std::string moment(const rules::CalendarMoment& moment) {
  const auto minutes = std::chrono::duration_cast<std::chrono::minutes>(moment.since_midnight).count();
  return fmt::format("{} H{} {:02}:{:02}", moment.stage, moment.days == 0 ? "" : fmt::format("{:+}", moment.days),
                     minutes / 60, minutes % 60);
}

/// The sentence of each kind of rule.
struct Words {
  const rules::Rule& rule;
  const Speech& speech;

  std::string operator()(const rules::CheckBlock& block) const {
    return say(speech, "setiap {} yang cocok langsung memberi peringatan, satu peringatan {}",
               "each {} that matches fires at once, one alert {}", speech.events(rule.condition.on, false),
               kept_apart(block.per, speech));
  }
  std::string operator()(const rules::ScoreBlock& block) const {
    return say(speech, "menambah skor risiko kelurahan; berkurang setengah setiap {}",
               "adds to the risk score of the kelurahan; it halves every {}", speech.span(block.half_life));
  }
  std::string operator()(const rules::LevelBlock& block) const {
    std::string text = say(speech, "tingkat risiko {} mencapai {}", "the risk level of {} reaches {}",
                           kind_of_place(block.per, speech), name_of(block.at));
    if (block.hold_for.count() > 0) {
      text += say(speech, " selama {}", " for {}", speech.span(block.hold_for));
    }
    return text;
  }
  std::string operator()(const rules::CountBlock& block) const {
    const bool people = block.distinct == FieldId::report_reporter_ref;
    const std::string what =
        people           ? std::string(speech("pelapor berbeda", "different reporters"))
        : block.distinct ? say(speech, "nilai {} yang berbeda", "different values of {}", spec_of(*block.distinct).path)
                         : std::string(speech.events(rule.condition.on, block.at_least != 1));
    return say(speech, "minimal {} {} dalam {} {}", "at least {} {} within {} {}", block.at_least, what,
               speech.span(block.within), kept_apart(block.per, speech));
  }
  std::string operator()(const rules::ClashBlock& block) const {
    const std::string near =
        block.within_m ? say(speech, "berjarak paling jauh {} m", "at most {} m apart", Speech::number(*block.within_m))
                       : std::string(speech("di tempat yang sama", "at the same place"));
    return say(speech, "dua entri kampanye {} {}", "two campaign entries {} {}", near,
               block.same_day ? speech("pada hari yang sama", "on the same day")
                              : speech("pada waktu yang sama", "at the same time"));
  }
  std::string operator()(const rules::QuotaBlock& block) const {
    return say(speech, "lebih dari {} entri kampanye sehari di satu {}", "more than {} campaign entries a day in {}",
               block.at_most, kind_of_place(block.per, speech));
  }
  std::string operator()(const rules::SequenceBlock& block) const {
    return say(speech, "{} langkah berurutan dalam {} {}", "{} steps in their order within {} {}", block.steps.size(),
               speech.span(block.within), kept_apart(block.steps.front().per, speech));
  }
  std::string operator()(const rules::AbsenceBlock& block) const {
    return say(speech, "yang diharapkan tidak datang dalam {} setelah kejadian pertama, {}",
               "what is expected does not come within {} after the first event, {}", speech.span(block.within),
               kept_apart(block.after.per, speech));
  }
  std::string operator()(const rules::MemberAbsenceBlock& block) const {
    rules::Per each;
    each.kind = block.each;
    return say(speech, "yang diharapkan belum datang pada {}, {}", "what is expected has not come by {}, {}",
               moment(block.by), kept_apart(each, speech));
  }
  std::string operator()(const rules::SpikeBlock& block) const {
    return say(speech, "jumlah {} hari ini jauh di atas hari-hari sebelumnya, {}",
               "far more {} today than on the days before, {}", speech.events(rule.condition.on, true),
               kept_apart(block.per, speech));
  }
};

/// Indonesian sentences for the reasons of steps, by their code; English ones come with the step.
struct Known {
  std::string_view code, text;
};
constexpr std::array kReasons{
    Known{"matched", "ada kejadian yang cocok dengan aturan"},
    Known{"count_reached", "jumlah yang diminta aturan sudah tercapai"},
    Known{"level_reached", "tingkat risiko sudah tercapai"},
    Known{"clash", "dua entri kampanye bertemu"},
    Known{"over_quota", "entri kampanye pada hari itu melebihi batas"},
    Known{"sequence", "semua langkah terjadi berurutan pada waktunya"},
    Known{"overdue", "yang diharapkan tidak datang pada waktunya"},
    Known{"missing", "yang diharapkan belum datang pada waktu yang ditetapkan kalender"},
    Known{"spike", "jumlah hari ini di luar kebiasaan"},
    Known{"again", "keadaannya terjadi lagi; peringatan baru menyusul"},
    Known{"withdrawn", "setelah laporan yang dibantah atau dikoreksi dikeluarkan, peringatan ini tidak akan ada"},
    Known{"changed", "perubahan atau pembatalan mengakhirinya"},
    Known{"past", "waktunya sudah lewat"},
    Known{"acknowledge", "petugas menjawab: diterima"},
    Known{"confirm", "petugas menjawab: dibenarkan"},
    Known{"assign", "petugas menjawab: ditugaskan"},
    Known{"mitigate", "petugas menjawab: ditangani"},
    Known{"snooze", "petugas menjawab: ditunda"},
    Known{"resolve", "petugas menyatakan selesai"},
    Known{"false_alarm", "petugas menyatakan bukan kejadian sebenarnya"},
};

}  // namespace

std::string title_of(const rules::Rule& rule, const Speech& speech) {
  const std::string_view title = speech(rule.title);
  return title.empty() ? rule.id.value() : std::string(title);
}

std::string_view kind_of(const rules::Rule& rule) {
  static constexpr std::array<std::string_view, std::variant_size_v<rules::Block>> kKinds{
      "check", "score", "level", "count", "clash", "quota", "sequence", "absence", "absence", "spike"};
  return kKinds[rule.block.index()];
}

std::string rule_in_words(const rules::Rule& rule, const Speech& speech) {
  return std::visit(Words{rule, speech}, rule.block);
}

std::string reason_in_words(const AlertStep& step, const rules::Rule* rule, const Speech& speech) {
  if (step.reasons.empty()) return {};
  const Reason& reason = step.reasons.front();
  if (speech.language() == Language::english) return reason.text;
  if (rule != nullptr) {
    const rules::AlertSpec& alert = rule->alert;
    if (reason.code == "quiet")
      return fmt::format("keadaannya sudah {} tidak terjadi lagi", speech.span(alert.quiet_for));
    if (reason.code == "expired") return fmt::format("sudah terbuka selama {}", speech.span(alert.expires));
    const auto tier = static_cast<std::size_t>(step.tier);
    if (reason.code == "unanswered" && tier >= 1 && tier <= alert.escalate.size()) {
      return fmt::format("belum ada yang menerima dalam {}", speech.span(alert.escalate[tier - 1].after));
    }
    if (reason.code == "still_open" && alert.remind_every) {
      return fmt::format("sudah diterima, dan masih terbuka setelah {}", speech.span(*alert.remind_every));
    }
  }
  for (const Known& known : kReasons) {
    if (known.code == reason.code) return std::string(known.text);
  }
  return reason.text;
}

std::string_view word_of(AlertStepKind step, const Speech& speech) {
  static constexpr std::array<std::string_view, 12> kIndonesian{"menyala",  "naik",       "diteruskan",  "diingatkan",
                                                                "diterima", "dibenarkan", "ditugaskan",  "ditangani",
                                                                "ditunda",  "selesai",    "kedaluwarsa", "ditarik"};
  return speech(kIndonesian[static_cast<std::size_t>(step)], name_of(step));
}

}  // namespace kentongan::app::explain
