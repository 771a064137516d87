// SPDX-License-Identifier: Apache-2.0
#include "app/action_event.hpp"

#include <fmt/format.h>

#include <utility>

#include "app/random_hex.hpp"
#include "codec/decoder.hpp"
#include "codec/json_reader.hpp"
#include "codec/writer.hpp"

namespace kentongan::app {
namespace {

/// For the envelope and the id of the alert.
constexpr std::size_t kEnvelopeBytes = 4096;
constexpr std::string_view kSpace = " \t\r\n";

ports::RejectedEvent fault(RejectReason reason, std::string pointer, std::string message) {
  return {0, reason, std::move(pointer), std::move(message)};
}

ports::RejectedEvent fault(const codec::JsonFault& bad, int max_depth) {
  if (bad.kind == codec::JsonFault::Kind::too_deep) {
    return fault(RejectReason::too_deep, "",
                 fmt::format("byte {}: objects and lists are nested more than {} deep", bad.offset, max_depth));
  }
  return fault(RejectReason::malformed_json, "", fmt::format("byte {}: {}", bad.offset, bad.what));
}

}  // namespace

std::optional<ports::RejectedEvent> fault_of_action(std::string_view body) {
  const codec::DecodeLimits limits;
  const std::size_t most = limits.max_bytes - kEnvelopeBytes;
  if (body.size() > most) {
    return fault(RejectReason::too_large, "",
                 fmt::format("the action has {} bytes; at most {} are read", body.size(), most));
  }
  const int depth = limits.max_depth - 1;  // the body is an object in an object
  codec::JsonReader json;
  if (const auto bad = json.read(body, depth)) return fault(*bad, depth);
  const auto nodes = json.nodes();
  if (nodes[0].kind != codec::NodeKind::object) {
    return fault(RejectReason::invalid_event, "", "an action is a JSON object");
  }
  for (std::uint32_t i = 1; i < nodes.size(); i = nodes[i].next) {
    if (nodes[i].known == codec::Key::alert) {
      return fault(RejectReason::invalid_event, "/alert", "the alert is the one in the address; leave /alert out");
    }
  }
  return std::nullopt;
}

std::string action_event(TimePoint time, std::string_view alert, std::string_view body) {
  std::string event = R"({"specversion":"1.0","id":)";
  codec::append_string(event, random_hex(4));
  event += R"(,"source":"/kentongan/http","type":"kentongan.action.v1","time":)";
  codec::append_string(event, format_rfc3339(time, std::chrono::seconds{0}));
  event += R"(,"data":{"alert":)";
  codec::append_string(event, alert);
  const std::string_view members = body.substr(body.find('{') + 1);
  if (members[members.find_first_not_of(kSpace)] != '}') event += ',';
  event += members;
  return event + '}';
}

void point_into_body(ports::IntakeAnswer& answer) {
  constexpr std::string_view kData = "/data";
  for (ports::RejectedEvent& rejected : answer.rejected) {
    if (!rejected.pointer.starts_with(kData)) continue;
    const std::size_t said = rejected.message.find(rejected.pointer);
    if (said != std::string::npos) rejected.message.erase(said, kData.size());
    rejected.pointer.erase(0, kData.size());
  }
}

}  // namespace kentongan::app
