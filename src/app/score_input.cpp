// SPDX-License-Identifier: Apache-2.0
#include "app/score_input.hpp"

#include <fmt/format.h>

#include <charconv>

#include "adapters/ndjson/line_reader.hpp"

namespace kentongan::app {
namespace {

constexpr int kMostDepth = 16;

tl::unexpected<Error> wrong(std::string what) { return fail(Error::Kind::invalid, std::move(what)); }

}  // namespace

Result<void> ScoreInput::read(std::string_view line) {
  if (const auto fault = json_.read(line, kMostDepth)) {
    return wrong(fmt::format("is no JSON: {} at byte {}", fault->what, fault->offset));
  }
  if (json_.nodes().front().kind != codec::NodeKind::object) return wrong("is no JSON object");
  return {};
}

const codec::Node* ScoreInput::member(const codec::Node* object, std::string_view key) const {
  if (object == nullptr || object->kind != codec::NodeKind::object) return nullptr;
  const auto nodes = json_.nodes();
  for (auto at = static_cast<std::size_t>(object - nodes.data()) + 1; at < object->next; at = nodes[at].next) {
    if (json_.key(nodes[at]) == key) return &nodes[at];
  }
  return nullptr;
}

std::string ScoreInput::text(const codec::Node* object, std::string_view key) const {
  const codec::Node* node = member(object, key);
  return node != nullptr && node->kind == codec::NodeKind::text ? std::string(json_.text(*node)) : std::string();
}

std::optional<std::uint64_t> ScoreInput::number(const codec::Node* object, std::string_view key) const {
  const codec::Node* node = member(object, key);
  if (node == nullptr || node->kind != codec::NodeKind::number) return std::nullopt;
  const std::string_view digits = json_.text(*node);
  std::uint64_t value = 0;
  const auto [end, fault] = std::from_chars(digits.data(), digits.data() + digits.size(), value);
  if (fault != std::errc() || end != digits.data() + digits.size()) return std::nullopt;
  return value;
}

std::vector<std::string> ScoreInput::texts(const codec::Node* object, std::string_view key) const {
  std::vector<std::string> all;
  const codec::Node* list = member(object, key);
  if (list == nullptr || list->kind != codec::NodeKind::array) return all;
  const auto nodes = json_.nodes();
  for (auto at = static_cast<std::size_t>(list - nodes.data()) + 1; at < list->next; at = nodes[at].next) {
    if (nodes[at].kind == codec::NodeKind::text) all.emplace_back(json_.text(nodes[at]));
  }
  return all;
}

Result<scenario::LabelHead> ScoreInput::head(std::string_view line) {
  if (auto good = read(line); !good) return tl::unexpected(good.error());
  const codec::Node* object = &json_.nodes().front();
  const auto areas = number(object, "areas");
  const auto days = number(object, "days");
  if (!areas || !days || *days > 100'000) {
    return wrong(R"(lacks whole numbers `areas` and `days`; begin with {"scenario":"..","areas":57,"days":46})");
  }
  return scenario::LabelHead{text(object, "scenario"), number(object, "seed").value_or(0),
                             number(object, "cities").value_or(1), *areas, static_cast<int>(*days)};
}

Result<scenario::Label> ScoreInput::label(std::string_view line) {
  if (auto good = read(line); !good) return tl::unexpected(good.error());
  const codec::Node* object = &json_.nodes().front();
  scenario::Label label;
  label.story = text(object, "story");
  label.kind = text(object, "kind");
  label.areas = texts(object, "areas");
  label.keys = texts(object, "keys");
  label.rules = texts(object, "rules");
  if (label.story.empty() || label.kind.empty() || label.areas.empty() || label.rules.empty()) {
    return wrong("lacks one of `story`, `kind`, `areas` and `rules`");
  }
  const auto from = parse_rfc3339(text(object, "from"));
  const auto by = parse_rfc3339(text(object, "expected_by"));
  if (!from || !by) return wrong("lacks a time in `from` or `expected_by`; write 2024-11-10T18:00:00+07:00");
  label.from = *from;
  label.expected_by = *by;
  if (member(object, "taken_back_by") != nullptr) {
    label.taken_back_by = parse_rfc3339(text(object, "taken_back_by"));
    if (!label.taken_back_by) return wrong("has no time in `taken_back_by`; write 2024-11-10T18:00:00+07:00");
  }
  const std::string must = text(object, "must");
  if (must != "alert" && must != "silence") return wrong("says neither \"alert\" nor \"silence\" in `must`");
  label.must_alert = must == "alert";
  return label;
}

Result<std::pair<scenario::LabelHead, std::vector<scenario::Label>>> ScoreInput::labels(const std::string& path) {
  auto lines = ndjson::LineReader::open(path);
  if (!lines) return tl::unexpected(lines.error());
  std::optional<scenario::LabelHead> first;
  std::vector<scenario::Label> all;
  for (std::size_t number = 1;; ++number) {
    auto line = lines->next();
    if (!line) return tl::unexpected(line.error());
    if (!*line) break;
    const auto refuse = [&](const Error& error) {
      return wrong(fmt::format("{}: label line {} {}", path, number, error.message));
    };
    if (!first) {
      auto read = head((*line)->text);
      if (!read) return refuse(read.error());
      first = *std::move(read);
    } else {
      auto read = label((*line)->text);
      if (!read) return refuse(read.error());
      all.push_back(*std::move(read));
    }
  }
  if (!first) return wrong(fmt::format("{}: no labels in it; `kentongan generate --labels FILE` writes them", path));
  return std::pair(*std::move(first), std::move(all));
}

Result<std::optional<scenario::AlertSeen>> ScoreInput::alert(std::string_view line) {
  if (auto good = read(line); !good) return tl::unexpected(good.error());
  const codec::Node* envelope = &json_.nodes().front();
  if (text(envelope, "type") != "kentongan.alert.v1") return std::nullopt;
  const codec::Node* data = member(envelope, "data");
  const auto time = parse_rfc3339(text(envelope, "time"));
  scenario::AlertSeen seen;
  seen.alert = text(data, "alert");
  seen.rule = text(data, "rule");
  seen.scope_key = text(member(data, "scope"), "key");
  seen.area = text(data, "area");
  seen.step = text(data, "step");
  if (!time || seen.alert.empty() || seen.rule.empty() || seen.step.empty()) {
    return wrong("is an alert without `time`, `alert`, `rule` or `step`");
  }
  seen.time = *time;
  const codec::Node* shadow = member(data, "shadow");
  seen.shadow = shadow != nullptr && shadow->kind == codec::NodeKind::yes;
  seen.events = texts(data, "events");
  return seen;
}

}  // namespace kentongan::app
