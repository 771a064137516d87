// SPDX-License-Identifier: Apache-2.0
#include "rules/expectations.hpp"

#include <algorithm>
#include <array>

#include <fmt/format.h>

#include "rules/alert_block.hpp"
#include "rules/map_reader.hpp"
#include "rules/nearest.hpp"
#include "rules/place_codes.hpp"
#include "rules/said/say.hpp"
#include "rules/values.hpp"

namespace kentongan::rules {

namespace {

/// What an expectation can be about, in the order of Expectation::Kind, and what may stand beside it.
struct Shape {
  std::string_view name;
  std::string_view beside;
};
constexpr std::array<Shape, 5> kShapes{{{"alert", " at rule area scope message count to state proposed "},
                                        {"silent", " at rule area scope because "},
                                        {"resolved", " at rule area scope state "},
                                        {"risk", " at area "},
                                        {"score", " at area "}}};

const Shape* shape_named(std::string_view name) {
  for (const Shape& shape : kShapes) {
    if (shape.name == name) return &shape;
  }
  return nullptr;
}

class ExpectationReader {
 public:
  ExpectationReader(const SetContext& context, Findings& findings, const Node& item,
                    std::vector<const Node*>& named_rules)
      : context_(context),
        findings_(findings),
        item_(item),
        named_rules_(named_rules),
        keys_(findings, item, kExpectKeys) {}

  std::optional<Expectation> read() {
    result_.line = findings_.source().line_at(item_.offset);
    if (const Node* at = keys_.value("at")) {
      result_.at = TimePoint(read_duration(findings_, *at, "`at`", ZeroDuration::allowed).value_or(Duration{}));
    }
    const Entry* what = subject();
    if (what == nullptr) return std::nullopt;
    const Shape& shape = *shape_named(what->key.text);
    result_.kind = static_cast<Expectation::Kind>(&shape - kShapes.data());
    check_beside(shape);
    read_subject(*what);
    read_details();
    return std::move(result_);
  }

 private:
  const Entry* subject() {
    const Entry* found = nullptr;
    for (const Entry& entry : item_.entries) {
      if (shape_named(entry.key.text) == nullptr) continue;
      if (found != nullptr) {
        findings_.error(entry.key.offset, "several-expectations",
                        say("`{}` and `{}` stand in one expectation", found->key.text, entry.key.text),
                        "write each as an item of its own");
        return found;
      }
      found = &entry;
    }
    const bool misspelled =
        std::any_of(kShapes.begin(), kShapes.end(), [&](const Shape& shape) { return keys_.misspelled(shape.name); });
    if (found == nullptr && !misspelled) {
      findings_.error(keys_.place_of_missing(), "missing-key", "the expectation says nothing that must hold",
                      "add `alert`, `silent`, `resolved`, `risk` or `score`");
    }
    return found;
  }

  void check_beside(const Shape& shape) {
    for (const Entry& entry : item_.entries) {
      if (entry.key.text == shape.name || kExpectKeys.find(entry.key.text) == nullptr) continue;
      if (shape_named(entry.key.text) != nullptr) continue;
      if (shape.beside.find(' ' + entry.key.text + ' ') != std::string_view::npos) continue;
      findings_.error(
          entry.key.offset, "misplaced-key", say("`{}` does not belong beside `{}`", entry.key.text, shape.name),
          entry.key.text == "because" ? TextView("it belongs beside `silent`") : TextView("it belongs beside `alert`"));
    }
    const bool needs_area = result_.kind == Expectation::Kind::risk || result_.kind == Expectation::Kind::score;
    if (needs_area && keys_.value("area") == nullptr) keys_.missing("area", "add `area:` with a code");
  }

  void read_subject(const Entry& what) {
    switch (result_.kind) {
      case Expectation::Kind::alert:
        result_.level = read_level(findings_, what.value, "`alert`", Aman::refused).value_or(Level::aman);
        break;
      case Expectation::Kind::risk:
        result_.level = read_level(findings_, what.value, "`risk`", Aman::allowed).value_or(Level::aman);
        break;
      case Expectation::Kind::silent:
      case Expectation::Kind::resolved:
        if (as_boolean(what.value) != true) {
          findings_.error(what.value.offset, "wrong-type", say("`{}` can only be true", what.key.text),
                          "write true, or expect an `alert`");
        }
        break;
      case Expectation::Kind::score:
        read_score(what);
        break;
    }
  }

  void read_score(const Entry& what) {
    if (!expect_map(findings_, what.value, "`score`")) return;
    const MapReader score(findings_, what.value, kExpectScoreKeys, &what.key);
    result_.within = 0.01;
    if (const Node* approx = score.value("approx")) {
      result_.approx = read_number(findings_, *approx, "`approx`", {.least = 0}).value_or(0);
    }
    if (const Node* within = score.value("within")) {
      result_.within = read_number(findings_, *within, "`within`", {.least = 0}).value_or(0);
    }
  }

  void read_details() {
    if (const Node* area = keys_.value("area")) {
      if (area->is_scalar()) {
        if (read_place(findings_, *area, *context_.reference)) result_.area = area->text;
      } else {
        (void)read_text(findings_, *area, "`area`");
      }
    }
    if (const Node* scope = keys_.value("scope")) result_.scope = raw_text(*scope, "`scope`");
    if (const Node* because = keys_.value("because")) {
      const std::vector<std::string_view> reasons(kSilenceReasons.begin(), kSilenceReasons.end());
      if (const auto reason = read_word(findings_, *because, "`because`", reasons)) result_.because = reasons[*reason];
    }
    if (const Node* count = keys_.value("count")) {
      result_.count = read_integer(findings_, *count, "`count`", 0, 1'000'000'000);
    }
    if (const Node* to = keys_.value("to")) result_.to = read_roles(context_, findings_, *to, "`to`");
    if (const Node* message = keys_.value("message")) read_message(*message);
    if (const Node* rule = keys_.value("rule")) read_rule(*rule);
    if (const Node* state = keys_.value("state")) read_state(*state);
    if (const Node* proposed = keys_.value("proposed")) read_proposed(*proposed);
  }

  void read_rule(const Node& rule) {
    result_.rule = read_text(findings_, rule, "`rule`");
    if (result_.rule) named_rules_.push_back(&rule);
  }

  void read_state(const Node& state) {
    const std::vector<std::string_view> open{"firing", "acknowledged"};
    const std::vector<std::string_view> ended{"resolved", "expired", "withdrawn"};
    const auto& states = result_.kind == Expectation::Kind::resolved ? ended : open;
    if (const auto word = read_word(findings_, state, "`state`", states)) result_.state = states[*word];
  }

  void read_proposed(const Node& proposed) {
    result_.proposed = as_boolean(proposed);
    if (result_.proposed) return;
    findings_.error(proposed.offset, "wrong-type",
                    say("{} must be true or false, not {}", "`proposed`", kind_of(proposed)), boolean_hint(proposed));
  }

  /// Scopes such as 35.73 look like numbers and are taken as written.
  std::optional<std::string> raw_text(const Node& node, TextView what) {
    return node.is_scalar() ? std::optional(node.text) : read_text(findings_, node, what);
  }

  void read_message(const Node& message) {
    if (message.is_scalar()) {
      result_.message_id = raw_text(message, "`message`");
      return;
    }
    if (!expect_map(findings_, message, "`message`")) return;
    const MapReader languages(findings_, message, kExpectMessageKeys, keys_.key("message"));
    if (const Node* id = languages.value("id")) result_.message_id = raw_text(*id, "`id`");
    if (const Node* en = languages.value("en")) result_.message_en = raw_text(*en, "`en`");
  }

  const SetContext& context_;
  Findings& findings_;
  const Node& item_;
  std::vector<const Node*>& named_rules_;
  MapReader keys_;
  Expectation result_;
};

}  // namespace

std::optional<Expectation> read_expectation(const SetContext& context, Findings& findings, const Node& item,
                                            std::vector<const Node*>& named_rules) {
  return ExpectationReader(context, findings, item, named_rules).read();
}

}  // namespace kentongan::rules
