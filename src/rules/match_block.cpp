// SPDX-License-Identifier: Apache-2.0
#include "rules/match_block.hpp"

#include <algorithm>
#include <optional>

#include <fmt/format.h>

#include "rules/certain.hpp"
#include "rules/literal.hpp"
#include "rules/nearest.hpp"
#include "rules/predicate.hpp"
#include "rules/said/say.hpp"
#include "rules/values.hpp"

namespace kentongan::rules {

namespace {

/// The values of one line and the findings of the file where they are written (a list may be elsewhere).
struct Written {
  std::vector<const Node*> values;
  Findings* findings = nullptr;
};

std::optional<Written> named_list(SetContext& context, Findings& findings, const Node& value) {
  const std::string name = value.text.substr(1);
  const auto list = context.lists.find(name);
  if (list == context.lists.end()) {
    if (!context.complete) return std::nullopt;
    const auto near = only_near(name, context.list_names());
    findings.error(value.offset, "unknown-list", say("there is no list `{}` in this set", shortened(name)),
                   did_you_mean(name, context.list_names(), "define it under `lists`"),
                   near ? rename(findings.source(), value, '$' + std::string(*near)) : Fix{});
    return std::nullopt;
  }
  list->second.used = true;
  if (!list->second.value->is_list()) return std::nullopt;
  Written written{{}, list->second.findings};
  for (const Node& item : list->second.value->items) {
    if (item.is_scalar()) written.values.push_back(&item);
  }
  return written;
}

bool names_list(const Node& value) { return value.is_scalar() && value.text.starts_with('$'); }

std::optional<Written> written_values(SetContext& context, Findings& findings, const Node& value) {
  if (names_list(value)) return named_list(context, findings, value);
  Written written{{}, &findings};
  if (!value.is_list()) {
    written.values.push_back(&value);
    return written;
  }
  for (const Node& item : value.items) {
    if (names_list(item)) {
      findings.error(item.offset, "wrong-type", say("`{}` cannot stand inside a list", shortened(item.text)),
                     say("write `{}` alone, without brackets", shortened(item.text)));
    } else {
      written.values.push_back(&item);
    }
  }
  return written;
}

/// Fields that would make a rule about a person or a party.
bool check_neutral(Findings& findings, const Node& key, FieldId field) {
  if (field == FieldId::campaign_party) {
    findings.error(key.offset, "identity-term",
                   "a rule cannot look for a party: parties appear only in clash rules, compared with each other",
                   "describe what happens, not who somebody is");
    return false;
  }
  if (tells_reporter(field) || field == FieldId::action_actor_ref) {
    findings.error(key.offset, "identity-term", "a rule cannot look for one person: areas are scored, never people",
                   "use the role instead, for example `reporter.role`");
    return false;
  }
  return true;
}

/// Whether the values are all that a valid event can have there.
bool holds_always(const FieldIn& line, const Reference& reference) {
  switch (line.field) {
    case FieldId::report_severity:
      return line.values.size() >= 5;
    case FieldId::report_content:
      return line.values.size() >= 6;
    case FieldId::report_status:
      return line.values.size() >= 2;  // refuted ones have no effect
    case FieldId::report_category:
      return line.values.size() >= reference.categories.size();
    default:
      break;
  }
  const FieldSpec& spec = spec_of(line.field);
  return spec.type == FieldType::word && !spec.optional && line.values.size() >= spec.words.size();
}

void add_value(FieldIn& line, const Literal& literal) {
  if (std::find(line.values.begin(), line.values.end(), literal) == line.values.end()) line.values.push_back(literal);
}

class MatchCompiler {
 public:
  MatchCompiler(SetContext& context, Findings& findings, EventType on)
      : context_(context), findings_(findings), on_(on) {}

  std::vector<Predicate> compile(const Node& match) {
    match_ = &match;
    for (const Entry& entry : match.entries) add_line(entry);
    return std::move(lines_);
  }

 private:
  void add_line(const Entry& entry) {
    const auto field = read_field(findings_, entry.key, "`match`", on_, match_);
    if (!field || !check_neutral(findings_, entry.key, *field)) return;
    const auto written = written_values(context_, findings_, entry.value);
    if (!written) return;
    FieldIn line{*field, {}};
    for (const Node* value : written->values) {
      if (auto literal = read_literal(*written->findings, *value, spec_of(*field), *context_.reference)) {
        add_value(line, *literal);
      }
    }
    if (written->values.empty()) {
      findings_.warning(entry.value.offset, "never-matches", "an empty list never matches", "write at least one value");
    }
    if (holds_always(line, *context_.reference)) {
      findings_.warning(entry.value.offset, "always-matches",
                        say("`{}` always matches: every value is listed", shortened(entry.key.text)),
                        "remove the line");
    }
    warn_contradiction(entry, line);
    set_mask(line, *context_.reference);
    lines_.emplace_back(std::move(line));
  }

  /// Two lines about one field (`severity` and `report.severity`) that have no value in common.
  void warn_contradiction(const Entry& entry, const FieldIn& line) {
    if (spec_of(line.field).type == FieldType::codes || line.values.empty()) return;
    for (const Predicate& other : lines_) {
      const auto* before = std::get_if<FieldIn>(&other);
      if (before == nullptr || before->field != line.field || before->values.empty()) continue;
      const bool common = std::any_of(line.values.begin(), line.values.end(), [&](const Literal& value) {
        return std::find(before->values.begin(), before->values.end(), value) != before->values.end();
      });
      if (common) continue;
      findings_.warning(
          entry.value.offset, "never-matches",
          say("`{}` contradicts another line about the same field: no event matches both", shortened(entry.key.text)),
          "keep one of the two lines");
    }
  }

  SetContext& context_;
  Findings& findings_;
  EventType on_;
  const Node* match_ = nullptr;
  std::vector<Predicate> lines_;
};

/// Hint for a path that is no field of this event: a near one, or the event that has it.
Text field_hint(EventType on, std::string_view path) {
  if (path == "route" || path == "campaign.route") {
    return Text("a route cannot be asked for: `within` of a `clash` rule measures how near it comes");
  }
  for (const FieldSpec& spec : all_fields()) {
    if (spec.event != on && find_field(spec.event, path) == spec.id) {
      return say("it is a field of a {}; is `on: {}` meant?", word_of(spec.event), word_of(spec.event));
    }
  }
  const std::string prefix = std::string(word_of(on)) + '.';
  if (path.starts_with(prefix)) path.remove_prefix(prefix.size());
  return did_you_mean(path, field_paths(on), say("see the fields of a {} in the reference", word_of(on)));
}

/// The only near field, unless the map has a line about it already.
Fix field_fix(const Source& source, const Node& node, EventType on, const Node* map) {
  const auto near = only_near(node.text, field_paths(on));
  const bool taken = near && map != nullptr && map->find(*near) != nullptr;
  return near && !taken ? rename(source, node, *near) : Fix{};
}

/// Of a list: its lines without dashes, or, where two are about one field, the list of its values.
Text list_hint(const Node& match) {
  for (const Node& item : match.items) {
    if (!item.is_map()) return {};
    for (const Node& other : match.items) {
      if (&other == &item || item.entries.empty() || !item.entries.front().value.is_scalar()) continue;
      const Entry* same = other.is_map() ? other.find(item.entries.front().key.text) : nullptr;
      if (same == nullptr || !same->value.is_scalar()) continue;
      return say("write the values in one list: `{}: [{}, {}]`", shortened(same->key.text),
                 shortened(item.entries.front().value.text), shortened(same->value.text));
    }
  }
  return match.items.empty() ? Text() : Text("write its lines without the dashes; all of them must hold");
}

}  // namespace

std::vector<std::string_view> field_paths(EventType on) {
  std::vector<std::string_view> paths;
  for (const FieldSpec& spec : all_fields()) {
    if (spec.event == on) paths.push_back(spec.path);
  }
  return paths;
}

std::optional<FieldId> read_field(Findings& findings, const Node& node, TextView what, EventType on, const Node* map) {
  if (!node.is_scalar()) {
    findings.error(node.offset, node.is_null() ? "empty-value" : "wrong-type",
                   say("{} must name a field, not {}", what, kind_of(node)), "write a path such as `reporter.role`");
    return std::nullopt;
  }
  if (const auto field = find_field(on, node.text)) return field;
  findings.error(node.offset, "unknown-field",
                 say("{} names `{}`, which is no field of a {}", what, shortened(node.text), word_of(on)),
                 field_hint(on, node.text), field_fix(findings.source(), node, on, map));
  return std::nullopt;
}

std::vector<Predicate> compile_match(SetContext& context, Findings& findings, const Node& match, EventType on) {
  if (!expect_map(findings, match, "`match`", list_hint(match))) return {};
  return MatchCompiler(context, findings, on).compile(match);
}

}  // namespace kentongan::rules
