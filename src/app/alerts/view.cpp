// SPDX-License-Identifier: Apache-2.0
#include "app/alerts/view.hpp"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>
#include <string_view>

#include "notify/plain_text.hpp"

namespace kentongan::app::alerts {
namespace {

using notify::Unit;

constexpr std::size_t kLevel = 7;
constexpr std::size_t kState = 9;
constexpr std::size_t kAge = 4;
constexpr std::size_t kArea = 13;
constexpr std::size_t kNumber = 22;
constexpr std::size_t kShortestRule = 20;
constexpr std::size_t kLongestRule = 32;
constexpr std::size_t kShortestMessage = 24;
constexpr std::size_t kMostEvents = 10;

std::string plain(std::string_view text) { return notify::clean(text, notify::Lines::join); }

/// In exactly so many columns, where each code point has one.
std::string column(std::string_view text, std::size_t width) {
  std::string cut = notify::cut(plain(text), width, Unit::code_points);
  cut.append(width - std::min(width, notify::length_of(cut, Unit::code_points)), ' ');
  return cut;
}

std::string level_of(const AlertStep& step) { return std::string(name_of(step.level)) + (step.proposed ? "?" : ""); }

std::string_view state_of(const AlertStep& step) {
  return step.state == AlertState::acknowledged ? "acked" : name_of(step.state);
}

std::string coloured(std::string text, const AlertStep& step, bool open, const ViewStyle& style) {
  if (!style.colour) return text;
  const std::string_view code = !open                        ? "2"
                                : step.level == Level::awas  ? "1;31"
                                : step.level == Level::siaga ? "33"
                                                             : "36";
  return fmt::format("\033[{}m{}\033[0m", code, text);
}

std::string message_of(const AlertStep& step, const ViewStyle& style) {
  const LocalText& message = step.text.message;
  return plain(style.indonesian || message.en.empty() ? message.id : message.en);
}

/// "2024-11-10 13:00:05 +07:00"
std::string moment(TimePoint time, std::chrono::seconds offset) {
  std::string text = format_rfc3339(std::chrono::floor<std::chrono::seconds>(time), offset);
  if (text.size() > 10) text[10] = ' ';
  if (text.size() > 19) text.insert(19, " ");
  return text;
}

struct Widths {
  std::size_t rule = kShortestRule;
  std::size_t message = 0;
};

Widths widths_of(const std::vector<RemoteAlert>& alerts, const ViewStyle& style) {
  Widths widths;
  for (const RemoteAlert& alert : alerts) widths.rule = std::max(widths.rule, alert.last.rule.size());
  constexpr std::size_t kOthers = kLevel + kState + kAge + kArea + kNumber + 5;
  if (style.width == 0) return widths;
  const std::size_t left = style.width > kOthers ? style.width - kOthers : 0;
  widths.rule = std::clamp<std::size_t>(std::min(widths.rule, kLongestRule), 1, std::max<std::size_t>(left, 1));
  if (left > widths.rule + 1 + kShortestMessage) widths.message = left - widths.rule - 1;
  return widths;
}

void add(std::vector<std::string>& lines, std::string_view name, const std::string& text) {
  if (!text.empty()) lines.push_back(fmt::format("{:<9} {}", name, text));
}

std::string scope_of(const AlertStep& step) {
  return step.scope.key == step.area ? "" : fmt::format("{} {}", name_of(step.scope.kind), plain(step.scope.key));
}

std::string officer_of(const AlertStep& step) {
  if (!step.actor) return {};
  const bool with_role = step.actor_role && !step.actor_role->empty();
  return plain(*step.actor) + (with_role ? fmt::format(" ({})", plain(*step.actor_role)) : "");
}

void add_words(std::vector<std::string>& lines, const AlertStep& step, const ViewStyle& style) {
  const auto in = [&](const LocalText& text) { return plain(style.indonesian || text.en.empty() ? text.id : text.en); };
  add(lines, "do", in(step.text.recommend));
  for (const std::string& one : step.text.recommendations) add(lines, "suggested", plain(one));
  add(lines, "legal", plain(step.text.legal));
  for (const Reason& reason : step.reasons) add(lines, "why", plain(reason.text));
}

}  // namespace

std::string age_of(Duration age) {
  const auto minutes = std::chrono::duration_cast<std::chrono::minutes>(age).count();
  if (minutes < 1) return "now";
  if (minutes < 100) return fmt::format("{}m", minutes);
  if (minutes < 72 * 60) return fmt::format("{}h", minutes / 60);
  return fmt::format("{}d", std::min<std::int64_t>(minutes / (24 * 60), 999));
}

std::vector<std::string> table_of(const std::vector<RemoteAlert>& alerts, TimePoint now, const ViewStyle& style) {
  const Widths widths = widths_of(alerts, style);
  const auto line = [&](std::string_view level, std::string_view state, std::string_view age, std::string_view area,
                        std::string_view rule, std::string_view number, std::string_view message) {
    std::string text = fmt::format("{} {} {:>{}} {} {} {}", column(level, kLevel), column(state, kState), age, kAge,
                                   column(area, kArea), column(rule, widths.rule), column(number, kNumber));
    if (widths.message > 0) text += ' ' + notify::cut(plain(message), widths.message, Unit::code_points);
    while (text.ends_with(' ')) text.pop_back();
    return text;
  };
  std::vector<std::string> lines{line("LEVEL", "STATE", "AGE", "AREA", "RULE", "ALERT", "MESSAGE")};
  for (const RemoteAlert& alert : alerts) {
    const AlertStep& last = alert.last;
    lines.push_back(coloured(line(level_of(last), state_of(last), age_of(now - last.since), last.area, last.rule,
                                  last.alert.value(), message_of(last, style)),
                             last, alert.open(), style));
  }
  return lines;
}

std::vector<std::string> page_of(const RemoteAlert& alert, TimePoint now, const ViewStyle& style) {
  const AlertStep& last = alert.last;
  std::vector<std::string> lines{
      coloured(fmt::format("{}: {}", level_of(last), message_of(last, style)), last, alert.open(), style)};
  add(lines, "alert", plain(last.alert.value()));
  add(lines, "rule", plain(last.rule));
  add(lines, "area", plain(last.area));
  add(lines, "scope", scope_of(last));
  add(lines, "state", fmt::format("{}, tier {}", name_of(last.state), last.tier));
  add(lines, "since", fmt::format("{}, {}", moment(last.since, alert.offset), age_of(now - last.since)));
  add(lines, "told", fmt::format("{}", fmt::join(last.to, ", ")));
  add(lines, "by", officer_of(last));
  add(lines, "assignee", plain(last.assignee.value_or("")));
  if (last.until) add(lines, "until", moment(*last.until, alert.offset));
  add_words(lines, last, style);
  const std::size_t shown = std::min(last.events.size(), kMostEvents);
  std::string events;
  for (std::size_t i = 0; i < shown; ++i) events += (i == 0 ? "" : ", ") + plain(last.events[i]);
  if (shown < last.events.size()) events += fmt::format(", and {} more", last.events.size() - shown);
  add(lines, "events", events);
  for (const StepTaken& step : alert.steps)
    add(lines, "step", moment(step.time, alert.offset) + "  " + plain(step.step));
  return lines;
}

std::string line_of(const RemoteAlert& alert, const StepTaken& step, const ViewStyle& style) {
  const AlertStep& last = alert.last;
  return coloured(fmt::format("{}  {}  {}  {}  {}  {}  {}", moment(step.time, alert.offset),
                              column(plain(step.step), 12), column(level_of(last), kLevel), column(last.area, kArea),
                              last.alert.value(), plain(last.rule), message_of(last, style)),
                  last, alert.open(), style);
}

}  // namespace kentongan::app::alerts
