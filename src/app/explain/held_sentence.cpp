// SPDX-License-Identifier: Apache-2.0
#include "app/explain/held_sentence.hpp"

#include <fmt/format.h>

#include <algorithm>

namespace kentongan::app::explain {
namespace {

using engine::Holding;

/// A sentence in the language that is spoken; both have the same arguments, in an order of their own.
template <class... Arguments>
std::string say(const Speech& speech, std::string_view indonesian, std::string_view english,
                const Arguments&... arguments) {
  return fmt::format(fmt::runtime(speech(indonesian, english)), arguments...);
}

/// Ids of the events; where values are counted, of the first with each value.
std::string those_of(const Holding& holding, const Speech& speech) {
  std::vector<std::string> ids;
  for (const engine::HeldEvent& event : holding.events) {
    if (!event.repeats) ids.push_back(event.id);
  }
  return speech.ids(ids);
}

/// What a count rule counts: "reporters", "different values of site", "reports".
std::string counted(const rules::Rule& rule, const rules::CountBlock& count, const Speech& speech, bool several) {
  if (!count.distinct) return std::string(speech.events(rule.condition.on, several));
  if (count.distinct == FieldId::report_reporter_ref) {
    return std::string(speech("pelapor berbeda", several ? "reporters" : "reporter"));
  }
  return say(speech, "nilai {} yang berbeda", "different values of {}", spec_of(*count.distinct).path);
}

std::string say_count(const rules::Rule& rule, const rules::CountBlock& count, const Holding& holding,
                      const Speech& speech, bool fired) {
  const std::int64_t have = count.distinct ? holding.size.distinct : holding.size.count;
  const TimePoint until = holding.events.empty() ? holding.clock : holding.events.back().time;
  const std::string what = counted(rule, count, speech, count.at_least != 1);
  std::string text =
      fired ? say(speech, "{} {} dalam {} sampai {} (minimal {})", "{} {} in the {} until {} (at least {} are needed)",
                  have, counted(rule, count, speech, have != 1), speech.span(count.within), speech.time(until),
                  count.at_least)
            : say(speech, "{} dari {} {} dalam {} sampai {}", "{} of {} {} in the {} until {}", have, count.at_least,
                  what, speech.span(count.within), speech.time(until));
  if (!holding.events.empty()) {
    text += say(speech, "; dari {}", "; those of {}", those_of(holding, speech));
  }
  if (count.distinct && holding.size.count > holding.size.distinct) {
    text += say(speech, " ({} {} semuanya)", " ({} {} in all)", holding.size.count,
                speech.events(rule.condition.on, holding.size.count != 1));
  }
  return text;
}

std::string say_sequence(const rules::SequenceBlock& block, const engine::SequenceHeld& held, const Speech& speech) {
  const std::string within = speech.span(block.within);
  if (held.steps == 0) {
    return say(speech, "belum ada satu pun dari {} langkah dalam {}", "none of the {} steps has come within {}",
               held.needed, within);
  }
  std::string text =
      say(speech, "{} dari {} langkah sudah terjadi berurutan ({})", "{} of {} steps have come in their order ({})",
          held.steps, held.needed, speech.ids(held.events));
  if (held.prevented_by) {
    return text + say(speech, "; {} terjadi di antaranya, padahal tidak boleh", "; {} came, which must not",
                      *held.prevented_by);
  }
  if (held.steps < held.needed && held.until) {
    return text + say(speech, "; langkah berikutnya harus terjadi sebelum {}", "; the next one must come before {}",
                      speech.time(*held.until));
  }
  if (block.steps.back().negated && held.until) {
    text += say(speech, "; peringatan pada {} bila sampai saat itu tidak ada yang mencegahnya",
                "; it fires at {} if nothing prevents it until then", speech.time(*held.until));
  }
  return text;
}

std::string say_absence(const rules::AbsenceBlock& block, const engine::AbsenceHeld& held, const Holding& holding,
                        const Speech& speech) {
  if (held.waiting.empty()) {
    if (held.answer) {
      return say(speech, "semua sudah terjawab, terakhir oleh {}", "all is answered, last by {}", *held.answer);
    }
    return std::string(speech("tidak ada yang menunggu jawaban", "nothing waits for an answer"));
  }
  std::string text;
  constexpr std::size_t kMost = 5;
  for (std::size_t i = 0; i < std::min(held.waiting.size(), kMost); ++i) {
    const auto& one = held.waiting[i];
    if (i > 0) text += "; ";
    text += one.due <= holding.clock
                ? say(speech, "{} ({}) belum terjawab, seharusnya sebelum {}", "{} ({}) has no answer, due before {}",
                      one.event, speech.time(one.since), speech.time(one.due))
                : say(speech, "{} ({}) menunggu jawaban sampai {}", "{} ({}) waits for its answer until {}", one.event,
                      speech.time(one.since), speech.time(one.due));
  }
  if (held.waiting.size() > kMost) {
    text += say(speech, "; dan {} lagi", "; and {} more", held.waiting.size() - kMost);
  }
  return text + say(speech, " (waktunya {})", " (it has {})", speech.span(block.within));
}

std::string say_member(const engine::MemberHeld& held, const Holding& holding, const Speech& speech) {
  const std::string came = held.came ? say(speech, "terakhir datang {}", "it came last on {}", speech.time(*held.came))
                                     : std::string(speech("belum pernah datang", "it has never come"));
  if (!held.by) {
    return came + std::string(speech("; kalender tidak meminta apa-apa lagi", "; the calendar asks for nothing more"));
  }
  if (holding.enough) {
    return say(speech, "ditunggu sampai {} dan belum datang; {}", "due by {} and missing; {}", speech.time(*held.by),
               came);
  }
  return say(speech, "ditunggu paling lambat {}; {}", "expected by {}; {}", speech.time(*held.by), came);
}

std::string say_spike(const rules::SpikeBlock& block, const engine::SpikeHeld& held, const Speech& speech) {
  std::string text = say(speech, "{} hari ini; rata-rata {} sehari pada {} hari sebelumnya",
                         "{} today; {} a day on average in the {} days before", held.today,
                         Speech::number(held.mean_before), held.days_before);
  if (!held.statistic) {
    return text + std::string(speech("; perlu 7 hari sebelumnya untuk dibandingkan",
                                     "; 7 days before are needed to compare with"));
  }
  text += say(speech, "; ukurannya {}, luar biasa bila di atas {}", "; the measure is {}, unusual above {}",
              Speech::number(*held.statistic), Speech::number(block.threshold));
  if (held.today < block.min) {
    text += say(speech, " dan minimal {} sehari", " and with at least {} a day", block.min);
  }
  return text;
}

std::string say_clash(const engine::ClashHeld& held, const Speech& speech) {
  std::string names;
  for (const std::string& name : held.meet) names += (names.empty() ? "" : ", ") + name;
  if (!names.empty()) return say(speech, "bertemu dengan {}", "it meets {}", names);
  if (held.others == 0) {
    return std::string(speech("tidak ada entri kampanye lain yang cocok", "no other campaign entry matches"));
  }
  std::string text =
      say(speech, "dibandingkan dengan {} entri lain: {} berdekatan, {} pada waktu yang sama, {} keduanya",
          "compared with {} other entries: {} near, {} at the same time, {} both", held.others, held.near,
          held.at_one_time, held.both);
  if (held.past) return text + std::string(speech("; semuanya sudah selesai", "; all of these are over"));
  if (held.both > 0) {
    text += speech("; `when` tidak terpenuhi untuk pasangan itu", "; `when` does not hold for those pairs");
  }
  return text;
}

std::string say_quota(const rules::QuotaBlock& block, const engine::QuotaHeld& held, const Speech& speech) {
  const std::string what =
      block.distinct ? say(speech, "nilai {} yang berbeda", "different values of {}", spec_of(*block.distinct).path)
                     : std::string(speech("entri kampanye", "campaign entries"));
  return say(speech, "{} {} pada {} di {}, paling banyak {} yang boleh", "{} {} on {} in {}, at most {} are allowed",
             held.size.distinct, what, speech.day(held.day), speech.place(held.place), block.at_most);
}

std::string say_score(const engine::ScoreHeld& held, const Speech& speech) {
  if (held.base <= 0) {
    return std::string(speech("tidak menambah risiko", "it adds nothing to the risk"));
  }
  std::string text =
      say(speech, "menambah {} pada risiko", "it adds {} to the risk", Speech::number(held.base * held.voice));
  if (held.rank > 1) {
    text += say(speech, " ({} x {}, karena ini laporan ke-{} dari pelapor yang sama di sini)",
                " ({} x {}, as it is report number {} of the same reporter here)", Speech::number(held.base),
                Speech::number(held.voice), held.rank);
  }
  return text;
}

std::string say_risk(const rules::LevelBlock& block, const rules::RiskModel& risk, const engine::RiskHeld& held,
                     const Holding& holding, const Speech& speech) {
  const auto at = static_cast<std::size_t>(block.at);
  std::string text =
      say(speech, "skor {}, tingkat {}; {} mulai dari {}", "the score is {}, the level {}; {} begins at {}",
          Speech::number(held.score), name_of(held.level), name_of(block.at), Speech::number(risk.thresholds[at]));
  if (risk.independent[at] > 1) {
    text += say(speech, " dengan {} pelapor, sekarang {}", " with {} reporters, there are {}", risk.independent[at],
                held.reporters);
  }
  if (held.entered && !holding.enough) {
    text += say(speech, "; tercapai sejak {}, harus bertahan {}", "; reached since {}, it must last {}",
                speech.time(*held.entered), speech.span(block.hold_for));
  }
  return text;
}

std::string say_kind(const rules::Rule& rule, const rules::RiskModel& risk, const Holding& holding,
                     const Speech& speech, bool fired) {
  const rules::Block& block = rule.block;
  if (const auto* count = std::get_if<rules::CountBlock>(&block))
    return say_count(rule, *count, holding, speech, fired);
  if (const auto* held = std::get_if<engine::SequenceHeld>(&holding.more)) {
    return say_sequence(std::get<rules::SequenceBlock>(block), *held, speech);
  }
  if (const auto* held = std::get_if<engine::AbsenceHeld>(&holding.more)) {
    return say_absence(std::get<rules::AbsenceBlock>(block), *held, holding, speech);
  }
  if (const auto* held = std::get_if<engine::MemberHeld>(&holding.more)) return say_member(*held, holding, speech);
  if (const auto* held = std::get_if<engine::SpikeHeld>(&holding.more)) {
    return say_spike(std::get<rules::SpikeBlock>(block), *held, speech);
  }
  if (const auto* held = std::get_if<engine::ClashHeld>(&holding.more)) return say_clash(*held, speech);
  if (const auto* held = std::get_if<engine::QuotaHeld>(&holding.more)) {
    return say_quota(std::get<rules::QuotaBlock>(block), *held, speech);
  }
  if (const auto* held = std::get_if<engine::ScoreHeld>(&holding.more)) return say_score(*held, speech);
  if (const auto* held = std::get_if<engine::RiskHeld>(&holding.more)) {
    return say_risk(std::get<rules::LevelBlock>(block), risk, *held, holding, speech);
  }
  if (std::holds_alternative<rules::CheckBlock>(block)) {
    return say(speech, "satu {} yang cocok sudah cukup", "one {} that matches is enough",
               speech.events(rule.condition.on, false));
  }
  return std::string(speech("tidak ada yang tersimpan", "nothing is held"));
}

}  // namespace

std::string held_sentence(const rules::Rule& rule, const rules::RiskModel& risk, const Holding& holding,
                          const Speech& speech) {
  std::string text = say_kind(rule, risk, holding, speech, false);
  if (holding.open) {
    text += say(speech, "; peringatan {} terbuka sejak {}", "; alert {} has been open since {}",
                holding.open->alert.value(), speech.time(holding.open->fired));
  } else if (holding.waits_for_end) {
    text +=
        speech("; peringatan baru menunggu sampai keadaan ini berakhir", "; a new alert waits until this has ended");
  }
  return text;
}

std::string fired_sentence(const rules::Rule& rule, const rules::RiskModel& risk, const Holding& holding,
                           const Speech& speech) {
  if (std::holds_alternative<rules::ClashBlock>(rule.block)) {
    const auto* held = std::get_if<engine::ClashHeld>(&holding.more);
    std::string names;
    if (held != nullptr) {
      for (const std::string& name : held->meet) names += (names.empty() ? "" : ", ") + name;
    }
    return say(speech, "dua entri kampanye bertemu: {}", "two campaign entries meet: {}", names);
  }
  return say_kind(rule, risk, holding, speech, true);
}

}  // namespace kentongan::app::explain
