// SPDX-License-Identifier: Apache-2.0
#include "rules/values.hpp"

#include <algorithm>
#include <array>
#include <charconv>
#include <cmath>

#include <fmt/format.h>

#include "rules/certain.hpp"
#include "rules/nearest.hpp"
#include "rules/said/say.hpp"

namespace kentongan::rules {

namespace {

bool is_digit(char c) { return c >= '0' && c <= '9'; }

std::size_t digits_at(std::string_view text, std::size_t at) {
  std::size_t count = 0;
  while (at + count < text.size() && is_digit(text[at + count])) ++count;
  return count;
}

/// JSON's grammar: -? (0 | [1-9][0-9]*) (. [0-9]+)? ([eE] [+-]? [0-9]+)?
bool has_number_form(std::string_view text) {
  std::size_t at = text.starts_with('-') ? 1 : 0;
  const std::size_t whole = digits_at(text, at);
  if (whole == 0 || (whole > 1 && text[at] == '0')) return false;
  at += whole;
  if (at < text.size() && text[at] == '.') {
    const std::size_t fraction = digits_at(text, at + 1);
    if (fraction == 0) return false;
    at += 1 + fraction;
  }
  if (at < text.size() && (text[at] == 'e' || text[at] == 'E')) {
    ++at;
    if (at < text.size() && (text[at] == '+' || text[at] == '-')) ++at;
    const std::size_t exponent = digits_at(text, at);
    if (exponent == 0) return false;
    at += exponent;
  }
  return at == text.size();
}

void wrong_type(Findings& findings, const Node& node, TextView what, TextView wanted, TextView hint, Fix fix = {}) {
  if (node.is_null()) {
    findings.error(node.offset, "empty-value", say("{} has no value; it must be {}", what, wanted), hint);
    return;
  }
  findings.error(node.offset, "wrong-type", say("{} must be {}, not {}", what, wanted, kind_of(node)), hint,
                 std::move(fix));
}

/// Why a plain scalar that was meant as a number is none.
Text number_hint(const Node& node, TextView example) {
  if (node.is_scalar() && !node.is_plain() && has_number_form(node.text)) {
    return say("write {} without quotes", node.text);
  }
  return node.is_scalar() ? Text(example) : Text();
}

Fix number_fix(const Source& source, const Node& node) {
  return node.is_scalar() && !node.is_plain() && has_number_form(node.text) ? without_quotes(source, node) : Fix{};
}

}  // namespace

std::optional<double> as_number(const Node& node) {
  if (!node.is_plain() || !has_number_form(node.text)) return std::nullopt;
  double value = 0;
  const auto [end, problem] = std::from_chars(node.text.data(), node.text.data() + node.text.size(), value);
  // A number too small for a double is 0 or nearly so; one too large is refused where a range is looked at.
  if (problem == std::errc::result_out_of_range) return node.text.find("e-") != std::string::npos ? 0.0 : HUGE_VAL;
  return end == node.text.data() + node.text.size() ? std::optional(value) : std::nullopt;
}

std::optional<bool> as_boolean(const Node& node) {
  if (!node.is_plain()) return std::nullopt;
  if (node.text == "true" || node.text == "True" || node.text == "TRUE") return true;
  if (node.text == "false" || node.text == "False" || node.text == "FALSE") return false;
  return std::nullopt;
}

Text boolean_hint(const Node& node) {
  constexpr std::array<std::string_view, 5> kYes{"yes", "y", "on", "ya", "benar"};
  constexpr std::array<std::string_view, 6> kNo{"no", "n", "off", "tidak", "bukan", "salah"};
  const auto says = [&](std::string_view word) { return node.is_scalar() && edit_distance(word, node.text, 0) == 0; };
  if (std::any_of(kYes.begin(), kYes.end(), says)) return say("write {}", "`true`");
  if (std::any_of(kNo.begin(), kNo.end(), says)) return say("write {}", "`false`");
  return TextView("write true or false, without quotes");
}

bool is_text(const Node& node) { return node.is_scalar() && !as_number(node) && !as_boolean(node); }

TextView kind_of(const Node& node) {
  switch (node.kind) {
    case Node::Kind::null:
      return "nothing";
    case Node::Kind::list:
      return "a list";
    case Node::Kind::map:
      return "a map of keys";
    case Node::Kind::scalar:
      break;
  }
  if (as_number(node)) return "a number";
  return as_boolean(node) ? TextView("true or false") : TextView("a text");
}

bool expect_map(Findings& findings, const Node& node, TextView what, TextView hint) {
  if (node.is_map()) return true;
  wrong_type(findings, node, what, "a map of keys",
             hint.empty() ? TextView("write its keys as indented lines `name: value` below it") : hint);
  return false;
}

bool expect_list(Findings& findings, const Node& node, TextView what, std::string_view example) {
  if (node.is_list()) return true;
  wrong_type(findings, node, what, "a list", example.empty() ? Text() : say("write it as {}", example));
  return false;
}

std::optional<std::string> read_text(Findings& findings, const Node& node, TextView what) {
  if (!is_text(node)) {
    const Text hint =
        node.is_map() && node.offset < findings.source().text().size() && findings.source().text()[node.offset] == '{'
            ? Text("put a text that begins with `{` in quotes")
        : node.is_scalar() ? say("write \"{}\" with quotes", shortened(node.text))
                           : Text();
    wrong_type(findings, node, what, "a text", hint, as_number(node) ? with_quotes(findings.source(), node) : Fix{});
    return std::nullopt;
  }
  if (node.text.find_first_not_of(" \t\r\n") == std::string::npos) {
    findings.error(node.offset, "empty-value", say("{} is an empty text", what), "write it, or remove the key");
    return std::nullopt;
  }
  if (node.text.find('\0') != std::string::npos) {
    findings.error(node.offset, "control-character", say("{} holds an escaped NUL", what), "remove it");
    return std::nullopt;
  }
  return node.text;
}

std::optional<double> read_number(Findings& findings, const Node& node, TextView what, NumberRange range) {
  const auto value = as_number(node);
  if (!value) {
    wrong_type(findings, node, what, "a number", number_hint(node, "write a number such as 3 or 0.5"),
               number_fix(findings.source(), node));
    return std::nullopt;
  }
  const bool low = range.open_below ? *value <= range.least : *value < range.least;
  if (low || *value > range.most) {
    const TextView bound = range.open_below ? TextView("more than") : TextView("at least");
    findings.error(node.offset, "out-of-range",
                   low ? say("{} must be {} {}, not {}", what, bound, range.least, node.text)
                       : say("{} must be at most {}, not {}", what, range.most, shortened(node.text)),
                   "");
    return std::nullopt;
  }
  return value;
}

std::optional<std::int64_t> read_integer(Findings& findings, const Node& node, TextView what, std::int64_t least,
                                         std::int64_t most) {
  const auto value = as_number(node);
  if (!value || (std::isfinite(*value) && *value != std::floor(*value))) {
    if (value) {
      findings.error(node.offset, "wrong-type", say("{} must be a whole number, not {}", what, node.text), "");
    } else {
      wrong_type(findings, node, what, "a whole number", number_hint(node, "write a number such as 3"),
                 number_fix(findings.source(), node));
    }
    return std::nullopt;
  }
  if (*value < static_cast<double>(least) || *value > static_cast<double>(most)) {
    findings.error(node.offset, "out-of-range",
                   say("{} must be from {} to {}, not {}", what, least, most, shortened(node.text)), "");
    return std::nullopt;
  }
  return static_cast<std::int64_t>(*value);
}

std::optional<Duration> read_duration(Findings& findings, const Node& node, TextView what, ZeroDuration zero) {
  constexpr TextView kForm = "write a number and a unit: 90s, 15m, 6h, 3d, 2w or 1h30m";
  if (!node.is_scalar()) {
    wrong_type(findings, node, what, "a duration", kForm);
    return std::nullopt;
  }
  const auto duration = parse_duration(node.text);
  if (!duration) {
    const Text hint = as_number(node) ? say("say the unit: {0}m, {0}h or {0}d", shortened(node.text)) : Text(kForm);
    findings.error(node.offset, "bad-duration", say("{} must be a duration, not `{}`", what, shortened(node.text)),
                   hint);
    return std::nullopt;
  }
  if (zero == ZeroDuration::refused && *duration <= Duration{0}) {
    findings.error(node.offset, "out-of-range", say("{} must be longer than 0s", what), "");
    return std::nullopt;
  }
  return duration;
}

std::optional<double> read_distance(Findings& findings, const Node& node, TextView what) {
  constexpr TextView kForm = "write a number and a unit: 500m or 2km";
  if (!node.is_scalar()) {
    wrong_type(findings, node, what, "a distance", kForm);
    return std::nullopt;
  }
  Node number = node;
  const bool kilometres = node.text.ends_with("km");
  const bool has_unit = node.text.ends_with('m');
  if (has_unit) number.text.resize(node.text.size() - (kilometres ? 2 : 1));
  number.style = Node::Style::plain;
  const auto value = has_unit ? as_number(number) : std::nullopt;
  constexpr double kFarthest = 20'100'000;  // half of the way around the earth
  if (!value) {
    findings.error(node.offset, "bad-distance", say("{} must be a distance, not `{}`", what, shortened(node.text)),
                   as_number(node) ? say("say the unit: {0}m or {0}km", shortened(node.text)) : Text(kForm));
    return std::nullopt;
  }
  const double metres = kilometres ? *value * 1000 : *value;
  if (metres >= 0 && metres <= kFarthest) return metres;
  findings.error(node.offset, "out-of-range", say("{} must be from 0m to 20100km, not {}", what, node.text), "");
  return std::nullopt;
}

std::optional<TimePoint> read_time(Findings& findings, const Node& node, TextView what) {
  constexpr TextView kForm = "write it as 2024-11-10T08:00:00+07:00, with the offset";
  if (!node.is_scalar()) {
    wrong_type(findings, node, what, "a time", kForm);
    return std::nullopt;
  }
  const auto time = parse_rfc3339(node.text);
  if (!time) {
    findings.error(node.offset, "bad-time",
                   say("{} must be a time with an offset, not `{}`", what, shortened(node.text)), kForm);
  }
  return time;
}

std::optional<std::size_t> read_word(Findings& findings, const Node& node, TextView what,
                                     const std::vector<std::string_view>& words, std::string_view code) {
  if (!node.is_scalar()) {
    wrong_type(findings, node, what, one_of(words), "");
    return std::nullopt;
  }
  for (std::size_t i = 0; i < words.size(); ++i) {
    if (words[i] == node.text) return i;
  }
  findings.error(node.offset, code, say("{} cannot be `{}`", what, shortened(node.text)),
                 did_you_mean(node.text, words, say("write {}", one_of(words))),
                 rename_to_near(findings.source(), node, words));
  return std::nullopt;
}

std::optional<Level> read_level(Findings& findings, const Node& node, TextView what, Aman aman) {
  std::vector<std::string_view> names(kLevelNames.begin(), kLevelNames.end());
  if (aman == Aman::refused) {
    names.erase(names.begin());
    if (node.is_scalar() && node.text == "aman") {
      findings.error(node.offset, "unknown-level", say("{} cannot be `aman`: aman is the absence of a level", what),
                     say("write {}", one_of(names)));
      return std::nullopt;
    }
  }
  const auto index = read_word(findings, node, what, names, "unknown-level");
  return index ? level_named(names[*index]) : std::nullopt;
}

std::string shortened(std::string_view text) {
  constexpr std::size_t kMost = 60;
  std::size_t points = 0;
  for (std::size_t i = 0; i < text.size(); ++i) {
    const bool begins = (static_cast<unsigned char>(text[i]) & 0xC0U) != 0x80U;
    if (begins && ++points > kMost) return std::string(text.substr(0, i)) + "...";
  }
  return std::string(text);
}

}  // namespace kentongan::rules
