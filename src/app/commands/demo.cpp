// SPDX-License-Identifier: Apache-2.0
#include "app/commands/demo.hpp"

#include <fmt/format.h>
#include <unistd.h>

#include <array>
#include <charconv>
#include <cstdlib>
#include <fstream>
#include <string_view>
#include <utility>

#include "app/commands/terminal.hpp"
#include "app/demo/frame_words.hpp"
#include "app/demo/play.hpp"
#include "app/exit_codes.hpp"
#include "codec/writer.hpp"

namespace kentongan::app {
namespace {

namespace fs = std::filesystem;

constexpr double kOnceSeconds = 45;

Result<double> speed_of(const DemoArguments& arguments) {
  if (!arguments.speed) return arguments.once ? (arguments.days + 1) * 86400 / kOnceSeconds : 3600;
  std::string_view text = *arguments.speed;
  if (text.ends_with('x')) text.remove_suffix(1);
  double speed = 0;
  const auto [end, fault] = std::from_chars(text.data(), text.data() + text.size(), speed);
  if (fault == std::errc() && end == text.data() + text.size() && speed >= 1 && speed <= 10'000'000) return speed;
  return fail(
      Error::Kind::usage,
      fmt::format("--speed: \"{}\" is no speed; write 3600x for an hour a second, at least 1x", *arguments.speed));
}

/// The folder of the journal; one that was made for it is removed at the end.
class DataFolder {
 public:
  [[nodiscard]] static Result<DataFolder> make(const std::optional<fs::path>& wanted) {
    std::error_code error;
    if (!wanted) {
      std::string name = (fs::temp_directory_path(error) / "kentongan-demo-XXXXXX").string();
      if (::mkdtemp(name.data()) == nullptr) {
        return fail(Error::Kind::failed, fmt::format("cannot make {}; name a folder with --data", name));
      }
      return DataFolder(name, true);
    }
    if (fs::exists(*wanted / "kentongan.db", error)) {
      return fail(Error::Kind::usage,
                  fmt::format("{} holds a journal already; name another folder with --data", wanted->string()));
    }
    fs::create_directories(*wanted, error);
    if (error) return fail(Error::Kind::failed, fmt::format("cannot make {}: {}", wanted->string(), error.message()));
    return DataFolder(fs::absolute(*wanted, error), false);
  }
  DataFolder(DataFolder&& other) noexcept
      : path(std::move(other.path)), temporary(std::exchange(other.temporary, false)) {}
  DataFolder& operator=(DataFolder&&) = delete;
  ~DataFolder() {
    std::error_code error;
    if (temporary) fs::remove_all(path, error);
  }

  fs::path path;
  bool temporary;

 private:
  DataFolder(fs::path where, bool is_temporary) : path(std::move(where)), temporary(is_temporary) {}
};

std::string quoted(const fs::path& path) {
  std::string out;
  codec::append_string(out, path.string());
  return out;
}

Result<fs::path> write_config(const fs::path& folder, const RuleSource& source) {
  std::error_code error;
  const fs::path path = folder / "kentongan.yaml";
  std::ofstream file(path, std::ios::binary | std::ios::trunc);
  file << fmt::format(
      "# Written by kentongan demo. All keys: docs/reference/configuration.md\n"
      "journal: {{type: sqlite, path: {}}}\n"
      "rules: {}\nreference: {}\nhttp: {{listen: \"127.0.0.1:0\"}}\n"
      "clock: event    # the story is of 2024: its clock follows the events\n",
      quoted(folder / "kentongan.db"), quoted(fs::absolute(source.rules.front(), error)),
      quoted(fs::absolute(reference_folder(source), error)));
  file.flush();
  if (!file) return fail(Error::Kind::failed, fmt::format("cannot write {}", path.string()));
  return path;
}

bool speaks_utf8() {
  for (const char* name : {"LC_ALL", "LC_CTYPE", "LANG"}) {
    const char* value = std::getenv(name);
    if (value == nullptr || *value == 0) continue;
    const std::string_view text(value);
    return text.find("UTF-8") != std::string_view::npos || text.find("utf8") != std::string_view::npos;
  }
  return false;
}

/// What happened, when it is over.
void print_end(const demo::Play& play, const scenario::Setting& setting, bool indonesian) {
  const auto say = [&](std::string_view id, std::string_view en) { return indonesian ? id : en; };
  const auto number = [&](std::uint64_t value) { return demo::number_text(value, indonesian); };
  const demo::CityView& city = play.city();
  std::array<std::size_t, kLevels> levels{};
  for (const demo::AlertView& alert : city.alerts) ++levels[static_cast<std::size_t>(alert.level)];
  const LocalZone& zone = demo::zone_of(setting.reference);
  fmt::print("\n{}\n", say("Yang terjadi:", "What happened:"));
  fmt::print("  {} {}\n", say("sampai", "until"), demo::moment_text(play.telling().clock, zone, indonesian));
  fmt::print(
      fmt::runtime(say("  {} kejadian dikirim, {} ditolak di pintu\n", "  {} events sent, {} refused at the door\n")),
      number(play.telling().sent), number(play.telling().refused));
  fmt::print(fmt::runtime(say("  {} peringatan: {} awas, {} siaga, {} waspada; {} masih terbuka\n",
                              "  {} alerts: {} awas, {} siaga, {} waspada; {} still open\n")),
             city.alerts.size(), levels[3], levels[2], levels[1],
             city.alerts_in("firing") + city.alerts_in("acknowledged"));
  fmt::print(fmt::runtime(say("  {} jawaban petugas; {} dicabut karena laporannya dibantah\n",
                              "  {} answers of officers; {} withdrawn, as their reports were refuted\n")),
             number(play.answers()), city.alerts_in("withdrawn"));
}

void print_where_next(const demo::Play& play, const DataFolder& folder, const scenario::Setting& setting,
                      bool indonesian) {
  const auto say = [&](std::string_view id, std::string_view en) { return indonesian ? id : en; };
  const LocalZone& zone = demo::zone_of(setting.reference);
  const std::string config = folder.temporary ? "DIR/kentongan.yaml" : (folder.path / "kentongan.yaml").string();
  fmt::print("\n{}\n", say("Lanjutkan dengan:", "Where to look next:"));
  if (folder.temporary) {
    fmt::print("  kentongan demo --data DIR     {}\n",
               say("jurnalnya tetap ada, lalu:", "keeps the journal in DIR, and then:"));
  }
  fmt::print("  kentongan report --config {} --from {} --to {} --format html > report.html\n", config,
             format_day(setting.timetable.date(setting.timetable.first_day())),
             format_day(zone.day_of(play.telling().clock)));
  fmt::print("  kentongan journal dump --config {} --emit alerts\n", config);
  if (!folder.temporary) {
    fmt::print("  kentongan run --config {}     {}\n", config,
               say("menjalankan layanannya lagi, dengan /v1/alerts", "serves it again, with /v1/alerts"));
  }
  std::fflush(stdout);
}

Result<void> played(const DemoArguments& arguments) {
  const auto speed = speed_of(arguments);
  if (!speed) return tl::unexpected(speed.error());
  RuleSource source = arguments.source;
  if (source.rules.empty()) source.rules = {installed_rules()};
  const auto loaded = load_rules(source);
  if (!loaded) return tl::unexpected(loaded.error());
  if (!loaded->ok()) {
    fmt::print(stderr, "{}", describe(*loaded, wants_colour(STDERR_FILENO)));
    return fail(Error::Kind::invalid, "the rules have errors");
  }
  const SignalWait signals;  // Ctrl-C ends the story, not the program in the middle of it
  const auto folder = DataFolder::make(arguments.data);
  if (!folder) return tl::unexpected(folder.error());
  const auto config = write_config(folder->path, source);
  if (!config) return tl::unexpected(config.error());
  auto service = demo::ChildService::start(*config, folder->path / "kentongan.log");
  if (!service) return tl::unexpected(service.error());
  scenario::Options scenario_options;
  scenario_options.seed = arguments.seed;
  scenario_options.days = arguments.days;
  const scenario::Setting setting(*loaded->reference, scenario_options);
  demo::PlayOptions options;
  options.speed = *speed;
  options.speed_text = fmt::format("{:.0f}x", *speed);
  options.seed = arguments.seed;
  options.once = arguments.once;
  options.indonesian = language_for(arguments.language, true) == said::Language::indonesian;
  options.colour = wants_colour(STDOUT_FILENO);
  options.unicode = speaks_utf8();
  demo::Play play(**service, setting, signals, options);
  if (auto told = play.run(); !told) return told;
  if (auto looked = play.look_at_last(); !looked) return looked;
  if (auto stopped = (*service)->stop(); !stopped) return stopped;
  print_end(play, setting, options.indonesian);
  print_where_next(play, *folder, setting, options.indonesian);
  return {};
}

}  // namespace

int demo_command(const DemoArguments& arguments) {
  const auto good = played(arguments);
  return good ? kGood : complain("demo", good.error());
}

}  // namespace kentongan::app
