// SPDX-License-Identifier: Apache-2.0
#include "rules/message_parser.hpp"

#include <array>
#include <optional>
#include <utility>

#include <fmt/format.h>

#include "rules/match_block.hpp"
#include "rules/nearest.hpp"
#include "rules/values.hpp"

namespace kentongan::rules {

namespace {

constexpr std::array<std::pair<std::string_view, AlertName>, 16> kAlertNames{
    {{"area.name", AlertName::area_name},
     {"area.code", AlertName::area_code},
     {"area.level", AlertName::area_level},
     {"area.risk", AlertName::area_risk},
     {"district.name", AlertName::district_name},
     {"district.code", AlertName::district_code},
     {"city.code", AlertName::city_code},
     {"count", AlertName::count},
     {"distinct", AlertName::distinct},
     {"now", AlertName::now},
     {"stage.name", AlertName::stage_name},
     {"stage.day", AlertName::stage_day},
     {"stage.days_left", AlertName::stage_days_left},
     {"site.kind", AlertName::site_kind},
     {"site.name", AlertName::site_name},
     {"level", AlertName::level}}};

std::optional<AlertName> alert_name(std::string_view name) {
  for (const auto& [known, value] : kAlertNames) {
    if (known == name) return value;
  }
  return std::nullopt;
}

bool is_path(std::string_view text) {
  return !text.empty() && text.find_first_not_of("abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789_.") ==
                              std::string_view::npos;
}

MessageProblem unknown_name(std::size_t at, std::string_view name, EventType on) {
  std::vector<std::string_view> known;
  for (const auto& [alert, value] : kAlertNames) known.push_back(alert);
  const std::string prefix = std::string(word_of(on)) + '.';
  const std::string_view path = name.starts_with(prefix) ? name.substr(prefix.size()) : name;
  for (const std::string_view field : field_paths(on)) known.push_back(field);
  const bool of_other_event = path.find('.') != std::string_view::npos && [&] {
    for (const FieldSpec& spec : all_fields()) {
      if (spec.event != on && find_field(spec.event, name)) return true;
    }
    return false;
  }();
  return {at, "unknown-name",
          of_other_event ? fmt::format("`{}` is not known here: the rule looks at a {}", shortened(name), word_of(on))
                         : fmt::format("`{}` is no name that a message can show", shortened(name)),
          did_you_mean(path, known, fmt::format("use a field of the {}, or a name such as `area.name`", word_of(on)))};
}

class Parser {
 public:
  Parser(std::string_view text, EventType on) : text_(text), on_(on) {}

  ParsedMessage parse() {
    std::size_t at = 0;
    while (at < text_.size()) {
      const std::size_t open = text_.find("{{", at);
      add_text(text_.substr(at, open - at));
      if (open == std::string_view::npos) break;
      const std::size_t close = text_.find("}}", open + 2);
      if (close == std::string_view::npos) {
        result_.problems.push_back({open, "message-syntax", "`{{` is never closed by `}}`", "add the `}}`"});
        break;
      }
      add_name(open + 2, close);
      at = close + 2;
    }
    return std::move(result_);
  }

 private:
  void add_text(std::string_view text) {
    if (!text.empty()) result_.message.parts.push_back({std::string(text)});
  }

  void add_name(std::size_t from, std::size_t to) {
    const std::string_view inside = text_.substr(from, to - from);
    const std::size_t first = inside.find_first_not_of(" \t\r\n");
    if (first == std::string_view::npos) {
      result_.problems.push_back({from - 2, "message-syntax", "there is no name between `{{` and `}}`",
                                  "write a name, for example `{{ area.name }}`"});
      return;
    }
    const std::string_view name = inside.substr(first, inside.find_last_not_of(" \t\r\n") - first + 1);
    const std::size_t at = from + first;
    if (const auto alert = alert_name(name)) {
      result_.message.parts.push_back({*alert});
    } else if (const auto field = find_field(on_, name)) {
      result_.message.parts.push_back({*field});
    } else if (is_path(name)) {
      result_.problems.push_back(unknown_name(at, name, on_));
    } else {
      result_.problems.push_back({at, "not-supported-yet",
                                  fmt::format("the expression `{}` in a message is not supported yet", shortened(name)),
                                  "only names can stand here, for example `{{ report.severity }}`"});
    }
  }

  std::string_view text_;
  EventType on_;
  ParsedMessage result_;
};

}  // namespace

ParsedMessage parse_message(std::string_view text, EventType on) { return Parser(text, on).parse(); }

}  // namespace kentongan::rules
