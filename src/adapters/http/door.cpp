// SPDX-License-Identifier: Apache-2.0
#include "adapters/http/door.hpp"

#include <algorithm>
#include <array>
#include <utility>

#include "adapters/http/authority.hpp"

namespace kentongan::http {
namespace {

constexpr std::array<std::string_view, 10> kKnownMethods{"GET",   "HEAD",    "POST",  "PUT",     "DELETE",
                                                         "PATCH", "OPTIONS", "TRACE", "CONNECT", "QUERY"};

/// The registered type, and what was common before it.
constexpr std::array<std::string_view, 3> kYaml{"application/yaml", "application/x-yaml", "text/yaml"};

constexpr std::string_view kForm = "application/x-www-form-urlencoded";

std::string lower(std::string_view text) {
  std::string out(text);
  for (char& c : out) {
    if (c >= 'A' && c <= 'Z') c = static_cast<char>(c + ('a' - 'A'));
  }
  return out;
}

std::string trimmed(std::string_view text) {
  const auto first = text.find_first_not_of(" \t");
  if (first == std::string_view::npos) return {};
  return std::string(text.substr(first, text.find_last_not_of(" \t") - first + 1));
}

struct MediaType {
  std::string name;
  bool utf8 = true;  ///< no charset, or this one
};

MediaType read_media_type(std::string_view text) {
  MediaType type;
  auto semicolon = text.find(';');
  type.name = lower(trimmed(text.substr(0, semicolon)));
  while (semicolon != std::string_view::npos) {
    text.remove_prefix(semicolon + 1);
    semicolon = text.find(';');
    const auto parameter = lower(trimmed(text.substr(0, semicolon)));
    if (parameter.starts_with("charset=") && parameter != "charset=utf-8" && parameter != "charset=\"utf-8\"") {
      type.utf8 = false;
    }
  }
  return type;
}

bool is_known_method(std::string_view method) {
  return std::find(kKnownMethods.begin(), kKnownMethods.end(), method) != kKnownMethods.end();
}

bool is_our_host(const Authority& authority, const DoorPolicy& policy) {
  return policy.tokens || is_loopback(authority.host) ||
         (!policy.allowed_host.empty() && authority.host == lower(policy.allowed_host));
}

std::optional<Reply> judge_host(const RequestHead& head, const Target& target, const DoorPolicy& policy) {
  const bool any = spec_of(target.route).outside;
  if (!target.authority && head.host.empty() && head.framing.minor_version == 0) return std::nullopt;
  for (const auto& named : {std::optional<std::string>(head.host), target.authority}) {
    if (!named || (named->empty() && head.framing.minor_version == 0)) continue;
    const auto authority = parse_authority(*named);
    if (!authority) return refused({400, "The Host header is not HOST or HOST:PORT."});
    if (!any && !is_our_host(*authority, policy)) {
      return refused({421, "This server answers to localhost and loopback addresses only, not to the name in Host."});
    }
  }
  return std::nullopt;
}

std::optional<Reply> judge_method(const RequestHead& head, const Target& target) {
  if (target.route == Route::none) return problem(404, "There is nothing at this path; GET / lists what there is.");
  const RouteSpec& spec = spec_of(target.route);
  const bool reads = head.method == "GET" || head.method == "HEAD";
  if (head.method == "POST" ? spec.posts : reads && spec.reads()) return std::nullopt;
  Reply reply = problem(405, "This path takes " + std::string(allowed_methods(target.route)) + ".");
  reply.allow = allowed_methods(target.route);
  return reply;
}

bool is_same(const Authority& a, const std::optional<Authority>& b) {
  return b && a.host == b->host && a.port == b->port;
}

/// A browser names the page that posts; only one of this machine may, or with tokens one of the same host.
bool is_foreign_origin(const RequestHead& head, const DoorPolicy& policy) {
  const std::string_view origin = head.origin;
  if (origin.empty()) return false;
  const auto scheme = origin.find("://");
  if (scheme == std::string_view::npos) return true;
  const auto authority = parse_authority(origin.substr(scheme + 3));
  if (!authority) return true;
  if (policy.tokens) return !is_loopback(authority->host) && !is_same(*authority, parse_authority(head.host));
  return !is_our_host(*authority, policy);
}

std::optional<Reply> judge_content(const RequestHead& head, Request& request) {
  const auto encoding = lower(trimmed(head.content_encoding));
  if (!encoding.empty() && encoding != "identity") {
    return problem(415, "The body must not be compressed; send it without Content-Encoding.");
  }
  if (request.target.route == Route::events) {
    const auto kind = body_kind(head.content_type);
    if (!kind) {
      return problem(415,
                     "Content-Type must be application/cloudevents+json, application/cloudevents-batch+json, "
                     "application/x-ndjson or application/json, in UTF-8.");
    }
    request.body_kind = *kind;
  } else if (request.target.route == Route::rules_check) {
    const auto type = read_media_type(head.content_type);
    if (std::find(kYaml.begin(), kYaml.end(), type.name) == kYaml.end() || !type.utf8) {
      return problem(415, "Content-Type must be application/yaml, in UTF-8.");
    }
  } else if (request.target.route == Route::answer) {
    const auto type = read_media_type(head.content_type);
    if (type.name != kForm || !type.utf8)
      return problem(415, "Content-Type must be application/x-www-form-urlencoded.");
  } else if (request.target.route == Route::alert_actions && !head.content_type.empty()) {
    const auto type = read_media_type(head.content_type);
    if (type.name != "application/json" || !type.utf8) return problem(415, "Content-Type must be application/json.");
  }
  return std::nullopt;
}

/// A refusal with the body unread: what follows on the connection would be taken for a request.
Reply with_body_unread(Reply reply, const RequestHead& head) {
  if (head.has_body()) reply.close = true;
  return reply;
}

}  // namespace

std::optional<ports::BodyKind> body_kind(std::string_view content_type) {
  const auto type = read_media_type(content_type);
  if (!type.utf8) return std::nullopt;
  if (type.name == "application/cloudevents+json") return ports::BodyKind::single;
  if (type.name == "application/cloudevents-batch+json") return ports::BodyKind::batch;
  if (type.name == "application/x-ndjson") return ports::BodyKind::ndjson;
  if (type.name == "application/json") return ports::BodyKind::by_shape;
  return std::nullopt;
}

tl::expected<Request, Reply> open_door(const RequestHead& head, const DoorPolicy& policy) {
  const auto shut = [&head](Reply reply) { return tl::unexpected<Reply>(with_body_unread(std::move(reply), head)); };
  if (!is_known_method(head.method)) return shut(problem(501, "The server does not know this method."));
  auto target = read_target(head.target);
  if (!target) return shut(refused(target.error()));
  if (auto reply = judge_host(head, *target, policy)) return shut(std::move(*reply));
  if (auto reply = judge_method(head, *target)) return shut(std::move(*reply));
  Request request;
  request.target = std::move(*target);
  request.trace = head.trace;
  request.posts = head.method == "POST";
  request.signature = head.signature;
  request.last_event_id = head.last_event_id;
  if (request.posts) {
    if (!spec_of(request.target.route).outside && is_foreign_origin(head, policy)) {
      return shut(problem(403, "A page from another origin may not post here."));
    }
    if (head.framing.content_length > policy.max_body) {
      return shut(
          problem(413, "The body is longer than " + std::to_string(policy.max_body) + " bytes; send it in parts."));
    }
    if (auto reply = judge_content(head, request)) return shut(std::move(*reply));
  }
  if (!head.expect.empty() && lower(trimmed(head.expect)) != "100-continue") {
    return shut(problem(417, "The only expectation is 100-continue."));
  }
  return request;
}

}  // namespace kentongan::http
