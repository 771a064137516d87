// SPDX-License-Identifier: Apache-2.0
#include <fmt/format.h>
#include <unistd.h>

#include <cmath>
#include <fstream>

#include "app/commands/commands.hpp"
#include "app/commands/terminal.hpp"
#include "app/emit.hpp"
#include "app/exit_codes.hpp"
#include "rules/diagnostic_output.hpp"
#include "rules/reference_loader.hpp"
#include "scenario/nation.hpp"
#include "scenario/stream.hpp"

namespace kentongan::app {
namespace {

namespace fs = std::filesystem;
using scenario::Counts;
using scenario::Options;

Result<Options> options_of(const GenerateArguments& arguments) {
  Options options;
  options.seed = arguments.seed;
  options.events = arguments.events;
  options.days = arguments.days;
  options.stories = arguments.stories;
  const auto of_a_million = [](double rate) { return static_cast<std::uint32_t>(std::llround(rate * 1'000'000)); };
  options.symptoms = of_a_million(arguments.symptoms);
  options.noise = {of_a_million(arguments.duplicates),  of_a_million(arguments.delayed),
                   of_a_million(arguments.late),        of_a_million(arguments.corrections),
                   of_a_million(arguments.refutations), of_a_million(arguments.malformed)};
  if ((arguments.cities > 1 || arguments.areas) && !arguments.write_reference) {
    return fail(Error::Kind::usage,
                "--cities and --areas make places that no reference data has; add --write-reference DIR, and replay "
                "with --reference DIR");
  }
  return options;
}

Result<std::shared_ptr<const Reference>> loaded(const fs::path& directory) {
  if (!fs::is_directory(directory)) {
    return fail(Error::Kind::usage,
                fmt::format("there is no folder {}; name one with --reference", directory.string()));
  }
  auto loaded = rules::load_reference(directory);
  if (!loaded.reference) {
    fmt::print(
        stderr, "{}",
        rules::to_text(loaded.diagnostics, wants_colour(STDERR_FILENO) ? rules::Colour::yes : rules::Colour::no));
    return fail(Error::Kind::invalid, fmt::format("the reference data in {} are wrong", directory.string()));
  }
  return loaded.reference;
}

Result<void> write_text(const fs::path& path, const std::string& text) {
  std::ofstream file(path, std::ios::binary | std::ios::trunc);
  file << text;
  file.flush();
  if (!file) return fail(Error::Kind::failed, fmt::format("cannot write {}", path.string()));
  return {};
}

/// Writes the places into `directory`, with what else the model's folder has and holds anywhere: routing and
/// categories. Its roster names its own places.
Result<void> write_reference(const fs::path& directory, const fs::path& model_directory, const Reference& model,
                             const scenario::NationSize& size) {
  const auto files = scenario::nation_files(model, size);
  if (!files) return tl::unexpected(files.error());
  std::error_code error;
  fs::create_directories(directory, error);
  if (fs::equivalent(directory, model_directory, error)) {
    return fail(Error::Kind::usage, "--write-reference names the folder that is read; name another one");
  }
  for (const scenario::ReferenceFile& file : *files) {
    if (auto written = write_text(directory / file.name, file.text); !written) return written;
  }
  for (const char* name : {"routing.yaml", "categories.yaml"}) {
    if (!fs::exists(model_directory / name, error)) continue;
    fs::copy_file(model_directory / name, directory / name, fs::copy_options::overwrite_existing, error);
    if (error) return fail(Error::Kind::failed, fmt::format("cannot write {}", (directory / name).string()));
  }
  return {};
}

/// Labels as they come; without a file nothing is written.
class LabelFile {
 public:
  explicit LabelFile(const std::optional<std::string>& path) : path_(path) {
    if (path) file_.open(*path, std::ios::binary | std::ios::trunc);
  }
  void write(const std::string& line) {
    if (path_) file_ << line << '\n';
  }
  [[nodiscard]] Result<void> finish() {
    if (!path_) return {};
    file_.flush();
    if (!file_) return fail(Error::Kind::failed, fmt::format("cannot write the labels to {}", *path_));
    return {};
  }

 private:
  std::optional<std::string> path_;
  std::ofstream file_;
};

std::string summary_json(const Counts& counts) {
  return fmt::format(
      R"({{"lines":{},"reports":{},"campaigns":{},"consignments":{},"readiness":{},"duplicates":{},"late":{},)"
      R"("corrections":{},"refutations":{},"malformed":{},"stories":{}}})"
      "\n",
      counts.lines, counts.reports, counts.campaigns, counts.consignments, counts.readiness, counts.duplicates,
      counts.late, counts.corrections, counts.refutations, counts.malformed, counts.stories);
}

void print_summary(const Counts& counts) {
  fmt::print(stderr,
             "wrote {} lines: {} reports, {} campaign entries, {} consignment steps, {} readiness\n"
             "  among them: {} duplicates, {} late, {} corrections, {} refutations; beside them {} malformed\n"
             "stories: {}\n",
             counts.lines, counts.reports, counts.campaigns, counts.consignments, counts.readiness, counts.duplicates,
             counts.late, counts.corrections, counts.refutations, counts.malformed, counts.stories);
}

Result<Counts> write_stream(const scenario::Setting& setting, LabelFile& labels) {
  scenario::Stream stream(setting);
  LineWriter out(STDOUT_FILENO);
  Progress progress(std::nullopt);
  std::uint64_t bytes = 0;
  for (std::uint64_t lines = 1;; ++lines) {
    const std::size_t before = out.buffer().size();
    const bool more = stream.next(out.buffer());
    for (const scenario::Label& label : stream.take_labels()) labels.write(to_line(label, setting.timetable));
    if (!more) break;
    bytes += out.buffer().size() - before;
    out.flush_if_large();
    if (lines % 4096 == 0) progress.show(bytes, lines);
  }
  if (!out.flush()) return fail(Error::Kind::failed, "cannot write to standard output");
  return stream.counts();
}

Result<Counts> generated(const GenerateArguments& arguments) {
  const auto options = options_of(arguments);
  if (!options) return tl::unexpected(options.error());
  const fs::path from = arguments.reference.value_or(installed_rules() / "reference");
  auto reference = loaded(from);
  if (reference && arguments.write_reference) {
    if (auto written =
            write_reference(*arguments.write_reference, from, **reference, {arguments.cities, arguments.areas});
        !written) {
      return tl::unexpected(written.error());
    }
    reference = loaded(*arguments.write_reference);
  }
  if (!reference) return tl::unexpected(reference.error());
  const scenario::Setting setting(**reference, *options);
  LabelFile labels(arguments.labels);
  labels.write(to_line(scenario::LabelHead{arguments.scenario, options->seed, (*reference)->cities.size(),
                                           setting.areas.size(), setting.timetable.days()}));
  const auto counts = write_stream(setting, labels);
  if (!counts) return counts;
  if (auto written = labels.finish(); !written) return tl::unexpected(written.error());
  if (arguments.summary) {
    if (auto written = write_text(*arguments.summary, summary_json(*counts)); !written) {
      return tl::unexpected(written.error());
    }
  }
  return counts;
}

}  // namespace

int generate(const GenerateArguments& arguments) {
  const auto counts = generated(arguments);
  if (!counts) return complain("generate", counts.error());
  print_summary(*counts);
  return kGood;
}

}  // namespace kentongan::app
