// SPDX-License-Identifier: Apache-2.0
#include "rules/reference_loader.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <fstream>
#include <functional>
#include <optional>
#include <string>
#include <system_error>
#include <utility>

#include "rules/reference_parts.hpp"
#include "rules/said/say.hpp"
#include "rules/text_check.hpp"

namespace kentongan::rules {
namespace {

namespace fs = std::filesystem;

constexpr std::uintmax_t kLargestFile = 256U << 20U;

enum class Need { required, optional };
using Reading = std::function<void(Reference& reference, Findings& findings)>;

/// Reads the files of one directory in turn.
class Loader {
 public:
  Loader(const fs::path& directory, Diagnostics& out) : directory_(directory), out_(out) {}

  /// Whether the file is good, or need not be there and is not.
  bool read(std::string_view name, Need need, const Reading& reading, Reference& reference) {
    const auto path = directory_ / name;
    std::error_code failure;
    if (!fs::exists(path, failure)) {
      if (need == Need::optional && !failure) return true;
      return refuse(path, "missing-file", "there is no such file",
                    "every reference directory has areas.csv, neighbours.csv and calendar.csv");
    }
    auto text = text_of(path);
    if (!text) return false;
    const Source source(path.string(), std::move(*text));
    Findings findings(source);
    if (is_text(findings)) reading(reference, findings);
    out_.all.insert(out_.all.end(), findings.all().begin(), findings.all().end());
    return !any_error(findings);
  }

 private:
  bool refuse(const fs::path& path, std::string code, TextView message, TextView hint) {
    Diagnostic found;
    found.file = path.string();
    found.code = std::move(code);
    found.message = message;
    found.hint = hint;
    out_.all.push_back(std::move(found));
    return false;
  }

  [[nodiscard]] std::optional<std::string> text_of(const fs::path& path) {
    std::error_code failure;
    const auto size = fs::file_size(path, failure);
    if (!failure && size > kLargestFile) {
      refuse(path, "file-too-large", say("the file has {} bytes; at most {} are read", size, kLargestFile),
             "keep nothing but the reference data in it");
      return std::nullopt;
    }
    std::ifstream stream(path, std::ios::binary);
    std::string text(failure ? 0 : static_cast<std::size_t>(size), '\0');
    if (failure || !stream.read(text.data(), static_cast<std::streamsize>(text.size()))) {
      refuse(path, "unreadable-file", "the file cannot be read", "check that it is a file, and its permissions");
      return std::nullopt;
    }
    return text;
  }

  [[nodiscard]] static bool is_text(Findings& findings) {
    const auto text = findings.source().text();
    for (std::size_t at = 0; at < text.size();) {
      const auto length = text[at] == '\0' ? 0 : utf8_length(text, at);
      if (length == 0) {
        findings.error(at, "not-utf8", "the file is not UTF-8 text from here on", "save it as UTF-8");
        return false;
      }
      at += length;
    }
    return true;
  }

  const fs::path& directory_;
  Diagnostics& out_;
};

void read_all(const fs::path& directory, Reference& reference, duty::Roster& roster, Diagnostics& out) {
  Loader loader(directory, out);
  const Reading routing = [&](Reference& into, Findings& findings) { read_routing(into, roster, findings); };
  const Reading people = [&](Reference& into, Findings& findings) { read_roster(into, roster, findings); };
  loader.read("calendar.csv", Need::required, read_calendar, reference);
  loader.read("days.csv", Need::optional, read_days, reference);
  loader.read("categories.yaml", Need::optional, read_categories, reference);
  loader.read("routing.yaml", Need::optional, routing, reference);
  const bool areas = loader.read("areas.csv", Need::required, read_areas, reference);
  reference.build_indexes();
  // Without the areas each code in these files would be one more error that says nothing.
  if (!areas) return;
  loader.read("cities.csv", Need::optional, read_cities, reference);
  loader.read("neighbours.csv", Need::required, read_neighbours, reference);
  loader.read("polling_stations.csv", Need::optional, read_polling_stations, reference);
  loader.read("sites.csv", Need::optional, read_sites, reference);
  loader.read("roster.yaml", Need::optional, people, reference);
}

void make_unique(std::vector<std::string>& names) {
  std::ranges::sort(names);
  const auto repeated = std::ranges::unique(names);
  names.erase(repeated.begin(), repeated.end());
}

}  // namespace

bool any_error(const Findings& findings) {
  return std::ranges::any_of(findings.all(), [](const Diagnostic& d) { return d.severity == Severity::error; });
}

LoadedReference load_reference(const fs::path& directory) {
  LoadedReference loaded;
  std::error_code failure;
  if (!fs::is_directory(directory, failure)) {
    Diagnostic missing;
    missing.file = directory.string();
    missing.code = "missing-directory";
    missing.message = TextView("there is no such directory of reference data");
    missing.hint = TextView("name one with --reference; it holds areas.csv, neighbours.csv and calendar.csv");
    loaded.diagnostics.all.push_back(std::move(missing));
    return loaded;
  }
  auto reference = std::make_shared<Reference>();
  reference->categories = builtin_categories();
  auto roster = std::make_shared<duty::Roster>();
  read_all(directory, *reference, *roster, loaded.diagnostics);
  make_unique(reference->roles);
  loaded.diagnostics.sort();
  if (loaded.diagnostics.has_errors()) return loaded;
  loaded.reference = std::move(reference);
  loaded.roster = std::move(roster);
  return loaded;
}

}  // namespace kentongan::rules
