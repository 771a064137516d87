// SPDX-License-Identifier: Apache-2.0
#include "app/explain/journal_alert.hpp"

#include <fmt/format.h>

#include <array>

#include "adapters/kafka/dump.hpp"
#include "adapters/sqlite/dump.hpp"
#include "app/kafka_settings.hpp"

namespace kentongan::app::explain {
namespace {

constexpr std::array kAlerts{ports::OutputTopic::alerts};

template <class... Arguments>
std::string say(const Speech& speech, std::string_view indonesian, std::string_view english,
                const Arguments&... arguments) {
  return fmt::format(fmt::runtime(speech(indonesian, english)), arguments...);
}

/// Gathers the steps of one alert from committed events.
class Steps {
 public:
  explicit Steps(std::string alert) : alert_(std::move(alert)) {}
  void see(std::string_view event) {
    // Most events are of other alerts, and need not be read.
    if (event.find(alert_) == std::string_view::npos) return;
    auto step = read_alert_step(event);
    if (step && step->step.alert.value() == alert_) steps_.push_back(*std::move(step));
  }
  [[nodiscard]] Result<std::vector<CommittedStep>> found() && {
    if (!steps_.empty()) return std::move(steps_);
    return fail(Error::Kind::invalid,
                fmt::format("the journal knows no alert {}; `kentongan journal dump --emit alerts` shows all", alert_));
  }

 private:
  std::string alert_;
  std::vector<CommittedStep> steps_;
};

Result<AlertTold> from_kafka(const std::string& alert, const Config& config, const Speech& speech) {
  const auto settings = kafka_settings(config);
  if (!settings) return tl::unexpected(settings.error());
  Steps steps(alert);
  const auto visited = kafka::dump_outputs(*settings, kAlerts, [&](std::string_view event) {
    steps.see(event);
    return true;
  });
  if (!visited) return tl::unexpected(visited.error());
  auto found = std::move(steps).found();
  if (!found) return tl::unexpected(found.error());
  AlertTold told;
  told.steps = *std::move(found);
  told.notes.push_back(say(speech,
                           "isi jendela dan kejadiannya tidak dibaca kembali dari Kafka; simpan masukan kota ini ke "
                           "berkas NDJSON, lalu jalankan `kentongan explain {} --rules DIR BERKAS`",
                           "what it held and its events are not read back from Kafka; put the inputs of the city into "
                           "an NDJSON file and run `kentongan explain {} --rules DIR FILE`",
                           alert));
  return told;
}

/// What the journal still keeps of what came in.
struct Kept {
  bool any = false;
  bool from_the_first = false;
  TimePoint since;
};

Result<Kept> kept_inputs(sqlite::Dump& dump) {
  Kept kept;
  const auto visited = dump.visit_inputs([&](const sqlite::KeptInput& input) {
    kept = {true, input.offset.value() == 1, input.received};
    return false;
  });
  if (!visited) return tl::unexpected(visited.error());
  return kept;
}

void add_notes(AlertTold& told, const Kept& kept, const Speech& speech) {
  if (!told.held) {
    told.notes.emplace_back(speech(
        "masukan yang masih disimpan jurnal tidak menghasilkan peringatan ini lagi: masukan yang lebih lama sudah "
        "dibuang, atau aturannya berubah; `kentongan explain` dengan berkas masukan lengkap dapat menunjukkannya",
        "the inputs that the journal still keeps do not give this alert again: older ones are gone, or the rules "
        "have changed; `kentongan explain` with a file of all inputs can show it"));
  }
  if (kept.any && kept.from_the_first) return;
  told.notes.push_back(
      kept.any
          ? say(speech, "masukan sebelum {} tidak disimpan lagi; skor dan hitungan dapat kurang",
                "inputs from before {} are no longer kept; scores and counts may lack them", speech.time(kept.since))
          : std::string(speech("jurnal tidak menyimpan masukan lagi", "the journal keeps no inputs any more")));
}

Result<AlertTold> from_sqlite(const std::string& alert, const Config& config, const LoadedRules& loaded,
                              Language language, PlaceId city) {
  auto dump = sqlite::Dump::open(config.journal_path);
  if (!dump) return tl::unexpected(dump.error());
  Steps steps(alert);
  const auto visited = dump->visit(kAlerts, [&](const sqlite::DumpedOutput& output) {
    steps.see(output.value);
    return true;
  });
  if (!visited) return tl::unexpected(visited.error());
  auto found = std::move(steps).found();
  if (!found) return tl::unexpected(found.error());
  AlertTold told;
  told.steps = *std::move(found);
  const auto kept = kept_inputs(*dump);
  if (!kept) return tl::unexpected(kept.error());
  const bool wall = config.clock == ClockKind::wall;
  const Inputs inputs = [&](const InputVisit& visit) {
    return dump->visit_inputs([&](const sqlite::KeptInput& input) {
      return visit(input.value, wall ? std::optional(input.received) : std::nullopt);
    });
  };
  engine::Options options;
  options.durable = false;
  options.dedupe = config.dedupe;
  options.lateness = config.lateness;
  AlertStory story(loaded.rules.set, loaded.reference, std::move(options), language, city);
  if (wall) story.expect_like(told.steps.front().step);
  if (auto played = story.play(alert, inputs, std::nullopt); !played) return tl::unexpected(played.error());
  if (auto completed = story.complete(told, inputs); !completed) return tl::unexpected(completed.error());
  add_notes(told, *kept, Speech(language, *loaded.reference, city));
  return told;
}

}  // namespace

Result<AlertTold> alert_of_journal(const std::string& alert, const Config& config, const LoadedRules& loaded,
                                   Language language, PlaceId city) {
  if (config.journal == JournalKind::kafka) {
    return from_kafka(alert, config, Speech(language, *loaded.reference, city));
  }
  return from_sqlite(alert, config, loaded, language, city);
}

}  // namespace kentongan::app::explain
