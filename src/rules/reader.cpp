// SPDX-License-Identifier: Apache-2.0
#include "rules/reader.hpp"

#include <algorithm>
#include <array>
#include <sstream>
#include <string>
#include <vector>

#include <yaml-cpp/exceptions.h>
#include <yaml-cpp/parser.h>

#include "rules/layout_fixes.hpp"
#include "rules/said/say.hpp"
#include "rules/slips.hpp"
#include "rules/text_check.hpp"
#include "rules/tree_builder.hpp"

namespace kentongan::rules {

namespace {

/// The first tab in the indentation of a line up to (and including) the line `last`.
std::optional<std::size_t> tab_in_indentation(const Source& source, int last) {
  for (int number = 1; number <= last; ++number) {
    const std::string_view line = source.line(number);
    const std::size_t content = line.find_first_not_of(" \t");
    const std::size_t tab = line.substr(0, content).find('\t');
    if (tab != std::string_view::npos) return static_cast<std::size_t>(line.data() - source.text().data()) + tab;
  }
  return std::nullopt;
}

/// What the library says, at least its beginning, and the same for people who do not know YAML.
struct Explanation {
  const char* library;
  TextView message;
  TextView hint;
};

const Explanation& explain(std::string_view library_message) {
  using namespace YAML::ErrorMsg;
  static const std::array kKnown{
      Explanation{MAP_VALUE, "this is not valid YAML: a `: ` stands where no key can be",
                  "put a text that holds `: ` in quotes, and check the indentation"},
      Explanation{UNKNOWN_TOKEN, "this is not valid YAML: no value can begin with this character",
                  "put a text that begins with % @ or ` in quotes"},
      Explanation{FLOW_END, "this is not valid YAML: this bracket closes nothing that is open",
                  "close the brackets in their order"},
      Explanation{END_OF_SEQ_FLOW, "this is not valid YAML: a `[` is never closed", "add the `]`"},
      Explanation{END_OF_MAP_FLOW, "this is not valid YAML: a `{` is never closed",
                  "add the `}`; put a text that begins with `{{` in quotes"},
      Explanation{END_OF_MAP, "this is not valid YAML: the indentation fits no line above",
                  "align the keys of a block in one column"},
      Explanation{END_OF_SEQ, "this is not valid YAML: the indentation fits no line above",
                  "align the keys of a block in one column"},
      Explanation{INVALID_ESCAPE, "this is not valid YAML: unknown escape in a double-quoted text",
                  "use single quotes, or write `\\\\`"},
      Explanation{BLOCK_ENTRY, "this is not valid YAML: a `- ` stands where no list can begin",
                  "put the list on lines of its own below its key, or in brackets: [a, b]"},
      Explanation{DOC_IN_SCALAR, "this is not valid YAML: a line `---` or `...` stands inside a quoted text",
                  "close the quotes above it"},
      Explanation{EOF_IN_SCALAR, "this is not valid YAML: the file ends inside a quoted text", "close the quotes"},
      Explanation{CHAR_IN_BLOCK, "this is not valid YAML: behind `|` or `>` the line must end",
                  "begin the text on the next line, indented"},
      Explanation{"YAML", "this is not valid YAML: a line cannot begin with `%`", "remove the line"},
      Explanation{"TAG", "this is not valid YAML: a line cannot begin with `%`", "remove the line"},
      Explanation{"", "this is not valid YAML", "check indentation, quotes and brackets here and just above"}};
  return *std::find_if(kKnown.begin(), kKnown.end(),
                       [&](const Explanation& known) { return library_message.starts_with(known.library); });
}

/// The last bracket that is still open at the end of the text; quoted texts and comments are skipped.
std::optional<std::size_t> open_bracket(std::string_view text) {
  std::vector<std::size_t> open;
  char quote = 0;
  for (std::size_t at = 0; at < text.size(); ++at) {
    const char c = text[at];
    const bool after_space = at == 0 || text[at - 1] == ' ' || text[at - 1] == '\n' || text[at - 1] == '\t';
    const bool begins = after_space || text[at - 1] == '[' || text[at - 1] == '{' || text[at - 1] == ',';
    if (quote != 0) {
      if (c == '\\' && quote == '"') ++at;
      if (c == quote) quote = 0;
    } else if ((c == '"' || c == '\'') && begins) {
      quote = c;
    } else if (c == '#' && after_space) {
      at = std::min(text.find('\n', at), text.size());
    } else if (c == '[' || c == '{') {
      open.push_back(at);
    } else if ((c == ']' || c == '}') && !open.empty()) {
      open.pop_back();
    }
  }
  return open.empty() ? std::nullopt : std::optional(open.back());
}

void report(Findings& findings, const YAML::Exception& problem) {
  const Source& source = findings.source();
  const bool known = problem.mark.pos >= 0;
  std::size_t offset = known ? static_cast<std::size_t>(problem.mark.pos) : 0;
  const std::size_t mark = std::min(offset, source.text().size());
  Brackets around = Brackets::none;
  if (problem.msg == YAML::ErrorMsg::END_OF_SEQ_FLOW || problem.msg == YAML::ErrorMsg::END_OF_MAP_FLOW) {
    const auto open = open_bracket(source.text());
    around = open ? Brackets::open : Brackets::closed;
    offset = open.value_or(offset);
  }
  if (problem.msg.starts_with(YAML::ErrorMsg::UNKNOWN_ANCHOR)) {
    findings.error(offset, "anchor", "an alias (`*name`) cannot be used in a rule file",
                   "write the value out, or use a list: `$name`; put a text that begins with `*` in quotes");
    return;
  }
  if (problem.msg == YAML::ErrorMsg::BAD_FILE) {
    findings.error(offset, "too-deep", "values are nested too deep here", "look for brackets or dashes too many");
    return;
  }
  if (const auto tab = tab_in_indentation(source, source.line_at(offset))) {
    findings.error(*tab, "tab", "a tab stands in the indentation", "indent with spaces", spaces_for_tabs(source));
    return;
  }
  if (auto slip = find_slip(source, mark, around)) {
    findings.error(slip->offset, "syntax", say("this is not valid YAML: {}", slip->message), slip->hint,
                   std::move(slip->fix));
    return;
  }
  const Explanation& explanation = explain(problem.msg);
  findings.error(offset, "syntax", explanation.message, explanation.hint, quotes_around_braces(source, offset));
}

}  // namespace

std::optional<Node> read_tree(Findings& findings) {
  if (!check_text(findings)) return std::nullopt;
  TreeBuilder builder(findings);
  try {
    std::istringstream text{std::string(findings.source().text())};
    YAML::Parser parser(text);
    while (parser.HandleNextDocument(builder)) {
    }
  } catch (const StopReading&) {
    return builder.take();
  } catch (const YAML::Exception& problem) {
    report(findings, problem);
    return builder.take();
  }
  return builder.take();
}

}  // namespace kentongan::rules
