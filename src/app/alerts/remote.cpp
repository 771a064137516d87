// SPDX-License-Identifier: Apache-2.0
#include "app/alerts/remote.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <utility>

#include "app/explain/alert_reader.hpp"
#include "codec/json_reader.hpp"
#include "codec/json_view.hpp"
#include "notify/plain_text.hpp"

namespace kentongan::app::alerts {
namespace {

constexpr int kDeepest = 64;
constexpr std::size_t kGreatestAnswer = std::size_t{64} << 20;
constexpr std::size_t kMostSaid = 300;

web::Network network_of(std::filesystem::path ca_file) {
  web::Network network;
  network.own_networks = true;
  network.ca_file = std::move(ca_file);
  network.answer_bytes = kGreatestAnswer;
  return network;
}

/// Where the value that begins at `begin` ends: behind its last bracket.
std::size_t end_of_object(std::string_view text, std::size_t begin) {
  int depth = 0;
  bool quoted = false;
  for (std::size_t i = begin; i < text.size(); ++i) {
    const char c = text[i];
    if (quoted) {
      if (c == '\\') ++i;
      quoted = c != '"';
    } else if (c == '"') {
      quoted = true;
    } else if (c == '{' || c == '[') {
      ++depth;
    } else if ((c == '}' || c == ']') && --depth == 0) {
      return i + 1;
    }
  }
  return std::string_view::npos;
}

/// For a query: all but letters, digits and some marks as %XX.
std::string escaped(std::string_view text) {
  std::string out;
  for (const char c : text) {
    const bool plain = (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') ||
                       std::string_view("-._~").find(c) != std::string_view::npos;
    out += plain ? std::string(1, c) : fmt::format("%{:02X}", static_cast<unsigned char>(c));
  }
  return out;
}

/// What a problem says, for people.
std::string detail_of(const std::string& body) {
  codec::JsonReader json;
  if (json.read(body, kDeepest)) return "it does not say why";
  const codec::JsonView problem(json, 0);
  std::string detail = problem["detail"].text();
  const auto rejected = problem["rejected"].items();
  if (!rejected.empty()) detail = rejected.front()["message"].text();
  return notify::cut(notify::clean(detail, notify::Lines::join), kMostSaid, notify::Unit::code_points);
}

}  // namespace

bool Filter::wants(const RemoteAlert& alert) const {
  const AlertStep& last = alert.last;
  if (state == "open" ? !alert.open() : state != "all" && state != name_of(last.state)) return false;
  if (const auto least = level_named(level); least && last.level < *least) return false;
  if (!area.empty() && last.area != area && !last.area.starts_with(area + '.')) return false;
  if (rule.ends_with('*')) return last.rule.starts_with(rule.substr(0, rule.size() - 1));
  return rule.empty() || rule == last.rule;
}

std::optional<RemoteAlert> read_alert(std::string text) {
  auto last = explain::read_alert_data(text);
  codec::JsonReader json;
  if (!last || json.read(text, kDeepest)) return std::nullopt;
  RemoteAlert alert;
  alert.last = *std::move(last);
  const codec::JsonView whole(json, 0);
  for (const codec::JsonView& step : whole["steps"].items()) {
    const auto time = parse_rfc3339(step["time"].text());
    if (time) alert.steps.push_back({step["step"].text(), *time});
  }
  const std::string since = whole["since"].text();  // the offset with which it is written is the city's
  const auto as_utc = since.size() > 19 ? parse_rfc3339(since.substr(0, 19) + "Z") : std::nullopt;
  if (as_utc) {
    const auto second = std::chrono::floor<std::chrono::seconds>(alert.last.since);
    alert.offset = std::chrono::duration_cast<std::chrono::seconds>(*as_utc - second);
  }
  alert.json = std::move(text);
  return alert;
}

std::optional<RemotePage> read_page(std::string_view body) {
  constexpr std::string_view kBegin = "{\"alerts\":[";
  if (!body.starts_with(kBegin)) return std::nullopt;
  RemotePage page;
  std::size_t at = kBegin.size();
  while (at < body.size() && body[at] == '{') {
    const std::size_t end = end_of_object(body, at);
    if (end == std::string_view::npos) return std::nullopt;
    auto alert = read_alert(std::string(body.substr(at, end - at)));
    if (!alert) return std::nullopt;
    page.alerts.push_back(*std::move(alert));
    at = end + (end < body.size() && body[end] == ',' ? 1 : 0);
  }
  const std::string rest = std::string(kBegin) + std::string(body.substr(std::min(at, body.size())));
  codec::JsonReader json;
  if (json.read(rest, kDeepest)) return std::nullopt;
  page.next = codec::JsonView(json, 0)["next"].text();
  return page;
}

Remote::Remote(std::string url, std::string token, std::filesystem::path ca_file)
    : client_(network_of(std::move(ca_file))), url_(std::move(url)), token_(std::move(token)) {
  while (url_.ends_with('/')) url_.pop_back();
}

Result<std::string> Remote::ask(std::string method, const std::string& path, std::string body,
                                const std::string& alert) const {
  web::Request request;
  request.method = std::move(method);
  request.url = url_ + path;
  if (!body.empty()) request.headers.emplace_back("Content-Type", "application/json");
  if (!token_.empty()) request.headers.emplace_back("Authorization", "Bearer " + token_);
  request.body = std::move(body);
  web::Answer answer = client_.send(request);
  if (answer.reached != web::Reached::answered) {
    return fail(Error::Kind::failed, fmt::format("no service answers at {} ({}); is `kentongan run` running, and does "
                                                 "--url or --config name it?",
                                                 url_, answer.why.empty() ? "the address is none" : answer.why));
  }
  if (answer.status == 401 || answer.status == 403) {
    return fail(Error::Kind::usage,
                fmt::format("{} does not allow this: {} --token-file or KENTONGAN_TOKEN gives a token", url_,
                            detail_of(answer.body)));
  }
  if (answer.status == 404 && !alert.empty()) {
    return fail(
        Error::Kind::invalid,
        fmt::format("there is no alert {}; `kentongan alerts list --state all` shows those that there are", alert));
  }
  if (answer.status == 400) return fail(Error::Kind::invalid, detail_of(answer.body));
  if (answer.status >= 300) {
    return fail(Error::Kind::failed, fmt::format("{} answers {}: {}", url_, answer.status, detail_of(answer.body)));
  }
  if (answer.cut) return fail(Error::Kind::failed, url_ + " answers more than can be read");
  return std::move(answer.body);
}

Result<void> Remote::add_state(std::string_view state, const Filter& filter, std::vector<RemoteAlert>& found) const {
  std::string next;
  do {
    std::string path = "/v1/alerts?";
    if (!state.empty()) path += fmt::format("state={}&", state);
    const auto body = ask("GET", path + "next=" + escaped(next), "", "");
    if (!body) return tl::unexpected(body.error());
    auto page = read_page(*body);
    if (!page) return fail(Error::Kind::failed, url_ + " does not answer as Kentongan does; is --url right?");
    for (RemoteAlert& alert : page->alerts) {
      if (filter.wants(alert)) found.push_back(std::move(alert));
    }
    next = std::move(page->next);
  } while (!next.empty());
  return {};
}

Result<std::vector<RemoteAlert>> Remote::list(const Filter& filter) const {
  std::vector<RemoteAlert> found;
  Result<void> done;
  if (filter.state == "open") {
    done = add_state("firing", filter, found);
    if (done) done = add_state("acknowledged", filter, found);
  } else {
    done = add_state(filter.state == "all" ? "" : filter.state, filter, found);
  }
  if (!done) return tl::unexpected(done.error());
  // One that is acknowledged between the two questions is in both answers.
  std::sort(found.begin(), found.end(), [](const RemoteAlert& a, const RemoteAlert& b) {
    if (a.last.since != b.last.since) return a.last.since > b.last.since;
    if (a.last.alert != b.last.alert) return a.last.alert.value() > b.last.alert.value();
    return a.steps.size() > b.steps.size();
  });
  const auto same = [](const RemoteAlert& a, const RemoteAlert& b) { return a.last.alert == b.last.alert; };
  found.erase(std::unique(found.begin(), found.end(), same), found.end());
  return found;
}

Result<RemoteAlert> Remote::one(const std::string& id) const {
  auto body = ask("GET", "/v1/alerts/" + escaped(id), "", id);
  if (!body) return tl::unexpected(body.error());
  auto alert = read_alert(*std::move(body));
  if (!alert) return fail(Error::Kind::failed, url_ + " does not answer as Kentongan does; is --url right?");
  return *std::move(alert);
}

Result<void> Remote::act(const std::string& id, const std::string& body) const {
  const auto answered = ask("POST", fmt::format("/v1/alerts/{}/actions", escaped(id)), body, id);
  if (!answered) return tl::unexpected(answered.error());
  return {};
}

}  // namespace kentongan::app::alerts
