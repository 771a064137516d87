// SPDX-License-Identifier: Apache-2.0
//
// CONTENT.SIGNATURE, both in the URL alphabet of base64 without padding. CONTENT is three lines: seconds since 1970,
// person, alert.
#include "notify/link.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <charconv>
#include <chrono>
#include <cstdint>
#include <optional>

#include "codec/base64.hpp"
#include "codec/json_append.hpp"
#include "notify/mac.hpp"

namespace kentongan::notify {
namespace {

constexpr std::size_t kShortestKey = 32;
constexpr std::size_t kLongestLink = 2048;
/// So that no other signature made with the same key is one of a link.
constexpr std::string_view kPurpose = "kentongan answer link 1\n";

std::string url_base64(std::string_view bytes) {
  std::string text;
  codec::append_base64(text, bytes);
  while (text.ends_with('=')) text.pop_back();
  std::replace(text.begin(), text.end(), '+', '-');
  std::replace(text.begin(), text.end(), '/', '_');
  return text;
}

std::string signature_of(const std::string& key, std::string_view content) {
  return hmac_sha256(key, std::string(kPurpose).append(content));
}

std::string_view take_line(std::string_view& text) {
  const std::size_t end = std::min(text.find('\n'), text.size());
  const std::string_view line = text.substr(0, end);
  text.remove_prefix(std::min(end + 1, text.size()));
  return line;
}

std::optional<AnswerLink> read_content(std::string_view content) {
  const std::string_view time = take_line(content);
  std::int64_t seconds = 0;
  const auto read = std::from_chars(time.data(), time.data() + time.size(), seconds);
  if (read.ec != std::errc() || read.ptr != time.data() + time.size()) return std::nullopt;
  AnswerLink link;
  link.expires = TimePoint(std::chrono::seconds(seconds));
  link.person = take_line(content);
  link.alert = content;
  if (link.person.empty() || link.alert.empty()) return std::nullopt;
  return link;
}

}  // namespace

Result<std::vector<std::string>> read_link_keys(std::string_view text) {
  std::vector<std::string> keys;
  while (!text.empty()) {
    const std::size_t end = std::min(text.find_first_of(" \t\r\n"), text.size());
    if (end > 0) keys.emplace_back(text.substr(0, end));
    text.remove_prefix(std::min(end + 1, text.size()));
  }
  const auto too_short = [](const std::string& key) { return key.size() < kShortestKey; };
  if (!keys.empty() && std::none_of(keys.begin(), keys.end(), too_short)) return keys;
  return fail(Error::Kind::usage,
              fmt::format("notify.links.key: {}; write at least {} characters by chance, such as `openssl rand -base64 "
                          "32` prints",
                          keys.empty() ? "there is none" : "a key is too short", kShortestKey));
}

std::string write_link(const std::vector<std::string>& keys, const AnswerLink& link) {
  const auto seconds = std::chrono::floor<std::chrono::seconds>(link.expires).time_since_epoch().count();
  const std::string content = url_base64(fmt::format("{}\n{}\n{}", seconds, link.person, link.alert));
  return content + '.' + url_base64(signature_of(keys.front(), content));
}

tl::expected<AnswerLink, LinkFault> read_link(const std::vector<std::string>& keys, std::string_view text,
                                              TimePoint now) {
  const tl::unexpected<LinkFault> forged(LinkFault::forged);
  const std::size_t dot = text.find('.');
  if (text.size() > kLongestLink || dot == std::string_view::npos) return forged;
  const std::string_view content = text.substr(0, dot);
  const auto signature = codec::decode_base64(text.substr(dot + 1));
  if (!signature) return forged;
  const bool ours = std::any_of(keys.begin(), keys.end(), [&](const std::string& key) {
    return same_secret(*signature, signature_of(key, content));
  });
  const auto bytes = ours ? codec::decode_base64(content) : std::nullopt;
  auto link = bytes ? read_content(*bytes) : std::nullopt;
  if (!link) return forged;
  if (link->expires <= now) return tl::unexpected<LinkFault>(LinkFault::stale);
  return *std::move(link);
}

}  // namespace kentongan::notify
