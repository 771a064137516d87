// SPDX-License-Identifier: Apache-2.0
#include "adapters/http/event_text.hpp"

#include <algorithm>

#include "adapters/http/wire.hpp"

namespace kentongan::http {
namespace {

constexpr std::size_t kMostAreas = 100;

/// The values of all parameters of this name, which may themselves be lists with commas.
std::vector<std::string> values_of(const Target& target, std::string_view name) {
  std::vector<std::string> values;
  for (const auto& [key, value] : target.query) {
    if (key != name) continue;
    for (std::size_t at = 0; at <= value.size();) {
      const std::size_t end = std::min(value.find(',', at), value.size());
      if (end > at) values.push_back(value.substr(at, end - at));
      at = end + 1;
    }
  }
  return values;
}

bool is_code(std::string_view text) {
  return !text.empty() && text.size() <= 13 && text.find_first_not_of("0123456789.") == std::string_view::npos;
}

}  // namespace

bool StreamWish::wants(const ports::StreamedEvent& event) const {
  if (event.topic == ports::OutputTopic::alerts ? !alerts : !risk) return false;
  return areas.empty() || std::any_of(areas.begin(), areas.end(), [&](const std::string& area) {
           return event.area == area || event.area.starts_with(area + '.');
         });
}

tl::expected<StreamWish, Reply> read_wish(const Target& target) {
  StreamWish wish;
  const auto types = values_of(target, "type");
  const auto names = [&types](std::string_view type) {
    return std::find(types.begin(), types.end(), type) != types.end();
  };
  if (!types.empty()) {
    wish.alerts = names("alerts");
    wish.risk = names("risk");
    const auto unknown = [](const std::string& type) { return type != "alerts" && type != "risk"; };
    if (std::any_of(types.begin(), types.end(), unknown)) {
      return tl::unexpected<Reply>(problem(400, "The parameter type is alerts, risk, or both with a comma between."));
    }
  }
  wish.areas = values_of(target, "area");
  const bool codes = std::all_of(wish.areas.begin(), wish.areas.end(), [](const auto& area) { return is_code(area); });
  if (codes && wish.areas.size() <= kMostAreas) return wish;
  return tl::unexpected<Reply>(
      problem(400, "The parameter area is the code of a kelurahan, kecamatan or city, such as 35.73.02; at most 100."));
}

std::string stream_greeting(bool gap) {
  std::string text = "retry: 3000\n\n";
  if (gap) {
    text +=
        "event: reset\ndata: {\"why\":\"What came behind this position is not all here any more; read GET "
        "/v1/alerts and /v1/risk anew.\"}\n\n";
  }
  return text;
}

void append_event(std::string& out, const ports::StreamedEvent& event) {
  out += "id: " + event.id;
  out += event.topic == ports::OutputTopic::alerts ? "\nevent: alert\ndata: " : "\nevent: risk\ndata: ";
  out += *event.value;  // one line: our JSON holds no line breaks
  out += "\n\n";
}

std::string stream_heartbeat() { return ": still here\n\n"; }

std::string stream_head() {
  Reply reply;
  reply.content_type = "text/event-stream; charset=utf-8";
  reply.headers = "X-Accel-Buffering: no\r\n";
  return wire_head(reply, std::nullopt, false);
}

}  // namespace kentongan::http
