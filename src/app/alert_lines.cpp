// SPDX-License-Identifier: Apache-2.0
#include "app/alert_lines.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <string_view>

#include "adapters/ndjson/line_reader.hpp"
#include "codec/json_reader.hpp"

namespace kentongan::app {
namespace {

constexpr int kDeepest = 64;

/// The type of an output event that is no alert; empty: the line is something else.
bool is_other_output(std::string_view line) {
  codec::JsonReader json;
  if (json.read(line, kDeepest) || json.nodes()[0].kind != codec::NodeKind::object) return false;
  const auto nodes = json.nodes();
  for (std::uint32_t i = 1; i < nodes.size(); i = nodes[i].next) {
    if (json.key(nodes[i]) != "type" || nodes[i].kind != codec::NodeKind::text) continue;
    return json.text(nodes[i]) == "kentongan.risk.v1" || json.text(nodes[i]) == "kentongan.deadletter.v1";
  }
  return false;
}

}  // namespace

Result<void> each_alert(const std::string& input,
                        const std::function<Result<void>(const explain::CommittedStep& step)>& visit) {
  auto lines = ndjson::LineReader::open(input);
  if (!lines) return tl::unexpected(lines.error());
  for (std::size_t number = 1;; ++number) {
    const auto line = lines->next();
    if (!line) return tl::unexpected(line.error());
    if (!*line) return {};
    const auto step = explain::read_alert_step((*line)->text);
    if (step) {
      if (auto visited = visit(*step); !visited) return visited;
    } else if (!is_other_output((*line)->text)) {
      return fail(Error::Kind::invalid,
                  fmt::format("{}: line {} is no kentongan.alert.v1 event; give it what `kentongan replay` or "
                              "`kentongan journal dump` writes",
                              input == "-" ? "standard input" : input, number));
    }
  }
}

Result<rules::LoadedReference> load_places(const RuleSource& source) {
  const std::filesystem::path folder = reference_folder(source);
  std::error_code ignored;
  if (!std::filesystem::is_directory(folder, ignored)) {
    return fail(Error::Kind::usage,
                fmt::format("there is no reference folder {}; name it with --reference", folder.string()));
  }
  rules::LoadedReference loaded = rules::load_reference(folder);
  if (loaded.reference) return loaded;
  const auto& all = loaded.diagnostics.all;
  const auto error =
      std::ranges::find(all, rules::Severity::error, [](const rules::Diagnostic& found) { return found.severity; });
  return fail(Error::Kind::invalid, fmt::format("{}:{}:{}: {}; `kentongan check` tells all that is wrong", error->file,
                                                error->line, error->column, error->message.en));
}

}  // namespace kentongan::app
