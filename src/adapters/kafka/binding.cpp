// SPDX-License-Identifier: Apache-2.0
#include "adapters/kafka/binding.hpp"

#include <algorithm>
#include <array>
#include <span>

#include "codec/json_reader.hpp"
#include "codec/own_event.hpp"
#include "codec/writer.hpp"

namespace kentongan::kafka {
namespace {

constexpr std::string_view kPrefix = "ce_";
constexpr std::string_view kContentType = "content-type";
/// Deeper is refused by the decoder too.
constexpr int kDeepest = 64;

/// Names of attributes are lower-case letters and digits; `data` is the value.
bool is_attribute(std::string_view name) {
  return !name.empty() && name != "data" &&
         std::all_of(name.begin(), name.end(), [](char c) { return (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9'); });
}

void append_attribute(std::string& out, std::string_view name, std::string_view value) {
  codec::append_string(out, name);
  out += ':';
  codec::append_string(out, value);
  out += ',';
}

}  // namespace

std::optional<std::string_view> find_header(const Headers& headers, std::string_view name) {
  const auto found = std::find_if(headers.begin(), headers.end(), [&](const auto& one) { return one.first == name; });
  if (found == headers.end()) return std::nullopt;
  return found->second;
}

std::optional<std::string> to_structured(std::string_view value, const Headers& headers) {
  if (!find_header(headers, "ce_specversion")) return std::nullopt;
  // Only what is JSON by itself may stand in the event: else a value could bring attributes of its own.
  thread_local codec::JsonReader json;
  if (json.read(value, kDeepest)) return std::nullopt;
  return from_binary(value, headers);
}

std::string from_binary(std::string_view data, const Headers& headers) {
  std::string event = "{";
  event.reserve(data.size() + 256);
  std::vector<std::string_view> seen;
  for (const auto& [name, value] : headers) {
    if (!name.starts_with(kPrefix)) continue;
    const std::string_view attribute = std::string_view(name).substr(kPrefix.size());
    if (!is_attribute(attribute) || std::find(seen.begin(), seen.end(), attribute) != seen.end()) continue;
    seen.push_back(attribute);
    append_attribute(event, attribute, value);
  }
  event += R"("data":)";
  event += data;
  event += '}';
  return event;
}

BinaryEvent to_binary(std::string_view structured) {
  BinaryEvent event;
  const auto parts = codec::split_own_event(structured);
  thread_local codec::JsonReader json;
  if (!parts || json.read(std::string(parts->attributes) + '}', kDeepest)) return event;
  const auto nodes = json.nodes();
  for (std::uint32_t i = 1; i < nodes.size(); i = nodes[i].next) {
    event.headers.emplace_back("ce_" + std::string(json.key(nodes[i])), json.text(nodes[i]));
  }
  event.data = parts->data;
  event.headers.emplace_back(kContentType, "application/json");
  return event;
}

std::string fit_dead_letter(std::string_view data, std::size_t most) {
  constexpr std::string_view kRaw = R"("raw_base64":")";
  std::string fitting(data);
  if (data.size() <= most) return fitting;
  const std::size_t key = data.rfind(kRaw);
  if (key == std::string_view::npos) return fitting;
  const std::size_t begin = key + kRaw.size();
  const std::size_t end = data.find('"', begin);
  if (end == std::string_view::npos) return fitting;
  const std::size_t surplus = std::min(data.size() - most, end - begin);
  const std::size_t kept = (end - begin - surplus) / 4 * 4;  // base64 comes in fours
  return fitting.erase(begin + kept, end - begin - kept);
}

}  // namespace kentongan::kafka
