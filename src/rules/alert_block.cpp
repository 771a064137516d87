// SPDX-License-Identifier: Apache-2.0
#include "rules/alert_block.hpp"

#include <algorithm>

#include <fmt/format.h>

#include "rules/certain.hpp"
#include "rules/map_reader.hpp"
#include "rules/message_parser.hpp"
#include "rules/nearest.hpp"
#include "rules/said/say.hpp"
#include "rules/values.hpp"

namespace kentongan::rules {

namespace {

Message read_message(SetContext& context, Findings& findings, const Node* node, TextView what, const Spoken& of) {
  if (node == nullptr || !read_text(findings, *node, what)) return {};
  return compile_message(context, findings, *node, of.on, of.behind);
}

struct TwoLanguages {
  Message id, en;
};

TwoLanguages read_messages(SetContext& context, const MapReader& alert, std::string_view key, const KeyTable& table,
                           const Spoken& of) {
  const Node* node = alert.value(key);
  if (node == nullptr) return {};
  Findings& findings = alert.findings();
  if (!node->is_map()) {
    findings.error(node->offset, node->is_null() ? "empty-value" : "wrong-type",
                   say("{} must be a map with `id`, not {}", table.place, kind_of(*node)),
                   say("write {}: {{id: \"...\", en: \"...\"}}", key));
    return {};
  }
  const MapReader texts(findings, *node, table, alert.key(key));
  return {read_message(context, findings, texts.value("id"), say("`{}.id`", key), of),
          read_message(context, findings, texts.value("en"), say("`{}.en`", key), of)};
}

std::vector<Escalation> read_escalations(const SetContext& context, Findings& findings, const Node& node) {
  std::vector<Escalation> all;
  if (!expect_list(findings, node, "`escalate`", "[{after: 15m, to: [camat]}]")) return all;
  for (const Node& item : node.items) {
    if (!expect_map(findings, item, "an item of `escalate`")) continue;
    const MapReader keys(findings, item, kEscalateKeys);
    Escalation escalation;
    if (const Node* after = keys.value("after")) {
      escalation.after = read_duration(findings, *after, "`after`", ZeroDuration::allowed).value_or(Duration{});
    }
    if (const Node* to = keys.value("to")) escalation.to = read_roles(context, findings, *to, "`escalate.to`");
    all.push_back(std::move(escalation));
  }
  return all;
}

std::optional<Duration> read_remind(const MapReader& alert) {
  const Node* node = alert.value("remind");
  if (node == nullptr) return std::nullopt;
  const bool duration = node->is_scalar() && parse_duration(node->text);
  const Text hint = duration ? say("write {}", "`remind: {every: " + node->text + "}`") : Text();
  if (!expect_map(alert.findings(), *node, "`remind`", hint)) return std::nullopt;
  const MapReader keys(alert.findings(), *node, kRemindKeys, alert.key("remind"));
  const Node* every = keys.value("every");
  if (every == nullptr) return std::nullopt;
  return read_duration(alert.findings(), *every, "`every`", ZeroDuration::refused);
}

std::optional<Duration> duration(const MapReader& alert, std::string_view key, ZeroDuration zero) {
  const Node* node = alert.value(key);
  if (node == nullptr) return std::nullopt;
  return read_duration(alert.findings(), *node, say("`{}`", key), zero);
}

}  // namespace

std::vector<std::string> read_roles(const SetContext& context, Findings& findings, const Node& roles, TextView what) {
  std::vector<std::string> all;
  if (!expect_list(findings, roles, what, "[lurah, polsek]")) return all;
  const auto& known = context.reference->roles;
  for (const Node& item : roles.items) {
    const auto role = read_text(findings, item, say("a role of {}", what));
    if (!role) continue;
    if (std::find(known.begin(), known.end(), *role) == known.end()) {
      findings.warning(item.offset, "unknown-role",
                       say("neither routing.yaml nor roster.yaml knows the role `{}`", shortened(*role)),
                       did_you_mean(*role, {known.begin(), known.end()}, "add it to routing.yaml or roster.yaml"),
                       rename_to_near(findings.source(), item, {known.begin(), known.end()}));
    }
    all.push_back(*role);
  }
  return all;
}

AlertSpec compile_alert(SetContext& context, Findings& findings, const Node& key, const Node& alert, const Spoken& of,
                        bool needs_level) {
  AlertSpec spec;
  if (!expect_map(findings, alert, "`alert`")) return spec;
  const MapReader keys(findings, alert, kAlertKeys, &key);
  if (const Node* level = keys.value("level")) {
    spec.level = read_level(findings, *level, "the level of an alert", Aman::refused);
  } else if (needs_level) {
    keys.missing("level", "add `level: waspada`, `siaga` or `awas`");
  }
  auto [message_id, message_en] = read_messages(context, keys, "message", kMessageKeys, of);
  auto [recommend_id, recommend_en] = read_messages(context, keys, "recommend", kRecommendKeys, of);
  spec.message_id = std::move(message_id);
  spec.message_en = std::move(message_en);
  spec.recommend_id = std::move(recommend_id);
  spec.recommend_en = std::move(recommend_en);
  if (const Node* to = keys.value("to")) spec.to = read_roles(context, findings, *to, "`to`");
  if (const Node* escalate = keys.value("escalate")) spec.escalate = read_escalations(context, findings, *escalate);
  spec.remind_every = read_remind(keys);
  if (const auto quiet = duration(keys, "quiet_for", ZeroDuration::allowed)) spec.quiet_for = *quiet;
  if (const auto again = duration(keys, "again_after", ZeroDuration::allowed)) spec.again_after = *again;
  if (const auto expires = duration(keys, "expires", ZeroDuration::refused)) spec.expires = *expires;
  return spec;
}

}  // namespace kentongan::rules
