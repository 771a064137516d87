// SPDX-License-Identifier: Apache-2.0
#include "adapters/http/answers.hpp"

#include <chrono>
#include <string_view>
#include <utility>

#include "adapters/http/target.hpp"
#include "codec/writer.hpp"

namespace kentongan::http {
namespace {

constexpr int kRetryBusy = 1;
constexpr int kRetryUnavailable = 5;

void append_member(std::string& out, std::string_view name, std::string_view text) {
  codec::append_string(out, name);
  out += ':';
  codec::append_string(out, text);
}

/// "," before each element but the first.
class Commas {
 public:
  explicit Commas(std::string& out) : out_(out) {}
  void next() {
    if (!first_) out_ += ',';
    first_ = false;
  }

 private:
  std::string& out_;
  bool first_ = true;
};

void append_rejected(std::string& out, const std::vector<ports::RejectedEvent>& rejected) {
  out += "\"rejected\":[";
  Commas commas(out);
  for (const auto& event : rejected) {
    commas.next();
    out += "{\"index\":" + std::to_string(event.index) + ',';
    append_member(out, "reason", name_of(event.reason));
    out += ',';
    append_member(out, "pointer", event.pointer);
    out += ',';
    append_member(out, "message", event.message);
    out += '}';
  }
  out += ']';
}

Reply failed(const Error& error) {
  if (error.kind == Error::Kind::failed) return try_later(503, error.message, kRetryUnavailable);
  return problem(400, error.message);
}

/// The offset of an RFC 3339 time ("+07:00"); UTC for anything else.
std::chrono::seconds offset_of(std::string_view time) {
  if (time.size() < 6) return std::chrono::seconds{0};
  const auto tail = time.substr(time.size() - 6);
  const auto digit = [tail](std::size_t at) { return static_cast<int>(tail[at] - '0'); };
  if ((tail[0] != '+' && tail[0] != '-') || tail[3] != ':') return std::chrono::seconds{0};
  const auto offset = std::chrono::hours(digit(1) * 10 + digit(2)) + std::chrono::minutes(digit(4) * 10 + digit(5));
  return tail[0] == '-' ? -offset : std::chrono::seconds(offset);
}

/// Of the city: that with which the alert's `since` is written. Within a JSON text a quote is escaped, so the
/// key is found only where it is one.
std::chrono::seconds offset_of_alert(std::string_view data) {
  constexpr std::string_view kKey = "\"since\":\"";
  const auto key = data.find(kKey);
  if (key == std::string_view::npos) return std::chrono::seconds{0};
  const auto rest = data.substr(key + kKey.size());
  return offset_of(rest.substr(0, rest.find('"')));
}

void append_alert(std::string& out, const ports::StoredAlert& alert) {
  const std::string_view data = alert.data;
  const auto offset = offset_of_alert(data);
  out += data.substr(0, data.rfind('}'));
  out += ",\"steps\":[";
  Commas commas(out);
  for (const auto& step : alert.steps) {
    commas.next();
    out += '{';
    append_member(out, "step", step.step);
    out += ',';
    append_member(out, "time", format_rfc3339(step.time, offset));
    out += '}';
  }
  out += "]}";
}

void append_place(std::string& out, const ports::PlaceRisk& place) {
  append_member(out, "area", place.code);
  out += ',';
  append_member(out, "name", place.name);
  out += ",\"score\":";
  codec::append_number(out, place.score);
  out += ',';
  append_member(out, "level", name_of(place.level));
  out += place.rising ? ",\"rising\":true" : ",\"rising\":false";
}

void append_rule(std::string& out, const ports::RuleFacts& rule) {
  out += '{';
  append_member(out, "id", rule.id);
  out += ",\"title\":{";
  append_member(out, "id", rule.title.id);
  if (!rule.title.en.empty()) {
    out += ',';
    append_member(out, "en", rule.title.en);
  }
  out += "},";
  append_member(out, "kind", rule.kind);
  out += ',';
  append_member(out, "status", rule.status);
  out += ',';
  append_member(out, "owner", rule.owner);
  out += ',';
  append_member(out, "file", rule.file);
  out += ",\"line\":" + std::to_string(rule.line) + '}';
}

}  // namespace

Reply intake_reply(const ports::IntakeAnswer& answer) {
  using Status = ports::IntakeAnswer::Status;
  if (answer.status == Status::busy) {
    return try_later(429, "Too many events are waiting to be stored; send these again.", kRetryBusy);
  }
  if (answer.status == Status::unavailable) {
    return try_later(503, answer.message.empty() ? "The events could not be stored; send them again." : answer.message,
                     kRetryUnavailable);
  }
  std::string members;
  append_rejected(members, answer.rejected);
  if (answer.status == Status::forbidden)
    return problem(403, answer.message, answer.rejected.empty() ? "" : ',' + members);
  if (answer.accepted > 0) {
    return json_reply(202, "{\"accepted\":" + std::to_string(answer.accepted) + ',' + members + '}');
  }
  return problem(400, answer.rejected.empty() ? "The body holds no event." : "No event of the body was accepted.",
                 ',' + members);
}

Reply alerts_reply(const Result<ports::AlertPage>& page) {
  if (!page) return failed(page.error());
  std::string body = "{\"alerts\":[";
  Commas commas(body);
  for (const auto& alert : page->alerts) {
    commas.next();
    append_alert(body, alert);
  }
  body += "],\"next\":";
  if (page->next) {
    codec::append_string(body, *page->next);
  } else {
    body += "null";
  }
  return json_reply(200, body + '}');
}

Reply alert_reply(const Result<std::optional<ports::StoredAlert>>& alert) {
  if (!alert) return failed(alert.error());
  if (!*alert) return problem(404, "There is no alert with this id.");
  std::string body;
  append_alert(body, **alert);
  return json_reply(200, std::move(body));
}

Reply risk_reply(const Result<std::vector<ports::PlaceRisk>>& places) {
  if (!places) return failed(places.error());
  std::string body = "{\"areas\":[";
  Commas commas(body);
  for (const auto& place : *places) {
    commas.next();
    body += '{';
    append_place(body, place);
    body += '}';
  }
  return json_reply(200, body + "]}");
}

Reply place_reply(const Result<std::optional<ports::PlaceRisk>>& place) {
  if (!place) return failed(place.error());
  if (!*place) return problem(404, "The reference data know no place with this code.");
  std::string body = "{";
  append_place(body, **place);
  body += ",\"contributions\":[";
  Commas commas(body);
  for (const auto& part : (*place)->contributions) {
    commas.next();
    body += '{';
    append_member(body, "event", part.event);
    body += ',';
    append_member(body, "rule", part.rule);
    body += ",\"weight\":";
    codec::append_number(body, part.weight);
    body += '}';
  }
  return json_reply(200, body + "]}");
}

Reply rules_reply(const ports::RulesView& rules) {
  std::string body = "{";
  append_member(body, "version", rules.version);
  body += ',';
  append_member(body, "since", format_rfc3339(rules.since, std::chrono::seconds{0}));
  body += rules.last.good ? R"(,"reload":{"ok":true,)" : R"(,"reload":{"ok":false,)";
  append_member(body, "time", format_rfc3339(rules.last.when, std::chrono::seconds{0}));
  body += ',';
  append_member(body, "message", rules.last.message);
  body += ",\"errors\":" + std::to_string(rules.last.errors);
  body += ",\"warnings\":" + std::to_string(rules.last.warnings) + ",\"owners\":[";
  Commas owners(body);
  for (const std::string& owner : rules.last.owners) {
    owners.next();
    codec::append_string(body, owner);
  }
  body += "],\"findings\":" + rules.last.findings + "},\"rules\":[";
  Commas commas(body);
  for (const ports::RuleFacts& rule : rules.rules) {
    commas.next();
    append_rule(body, rule);
  }
  return json_reply(200, body + "]}");
}

Reply rules_check_reply(const ports::RulesCheck& check) {
  using Status = ports::RulesCheck::Status;
  if (check.status == Status::busy) return try_later(429, check.message, kRetryBusy);
  if (check.status == Status::unavailable) return try_later(503, check.message, kRetryUnavailable);
  return json_reply(200, check.findings);
}

Reply readiness_reply(const ports::Readiness& readiness) {
  if (readiness.ready) return json_reply(200, R"({"status":"ready"})");
  return try_later(503, readiness.why_not.empty() ? "The service is not ready." : readiness.why_not, kRetryBusy);
}

Reply outside_reply(ports::OutsideReply said) {
  Reply reply;
  reply.status = said.status;
  reply.content_type = std::move(said.content_type);
  reply.body = std::move(said.body);
  for (const auto& [name, value] : said.headers) reply.headers += name + ": " + value + "\r\n";
  if (said.status == 503) reply.retry_after = kRetryUnavailable;
  return reply;
}

Reply index_reply() {
  std::string body = R"({"name":"kentongan","endpoints":[)";
  Commas commas(body);
  for (const auto& route : all_routes()) {
    commas.next();
    body += '{';
    append_member(body, "path", route.pattern);
    body += ',';
    append_member(body, "methods", allowed_methods(route.route));
    body += ',';
    append_member(body, "summary", route.summary);
    body += '}';
  }
  return json_reply(200, body + "]}");
}

}  // namespace kentongan::http
