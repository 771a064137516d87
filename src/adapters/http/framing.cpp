// SPDX-License-Identifier: Apache-2.0
#include "adapters/http/framing.hpp"

#include <algorithm>
#include <charconv>
#include <string>
#include <utility>
#include <vector>

namespace kentongan::http {
namespace {

using Judgement = tl::expected<Framing, Refusal>;

tl::unexpected<Refusal> refuse(std::string detail, unsigned status = 400) {
  return tl::unexpected<Refusal>(Refusal{status, std::move(detail)});
}

bool is_control(char c) {
  const auto byte = static_cast<unsigned char>(c);
  return (byte < 0x20 && c != '\t') || byte == 0x7F;
}

bool is_digit(char c) { return c >= '0' && c <= '9'; }

bool is_token_char(char c) {
  return is_digit(c) || (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') ||
         (c != '\0' && std::string_view("!#$%&'*+-.^_`|~").find(c) != std::string_view::npos);
}

bool equals_ignoring_case(std::string_view text, std::string_view lower) {
  return std::equal(text.begin(), text.end(), lower.begin(), lower.end(), [](char a, char b) {
    return (a >= 'A' && a <= 'Z' ? static_cast<char>(a + ('a' - 'A')) : a) == b;
  });
}

std::string_view trimmed(std::string_view text, std::string_view spaces) {
  const auto first = text.find_first_not_of(spaces);
  if (first == std::string_view::npos) return {};
  return text.substr(first, text.find_last_not_of(spaces) - first + 1);
}

/// Cuts off the next line and its CRLF; bare CR and LF were refused by HeadEnd.
std::string_view take_line(std::string_view& rest) {
  const auto end = rest.find("\r\n");
  const auto line = rest.substr(0, end);
  rest.remove_prefix(end == std::string_view::npos ? rest.size() : end + 2);
  return line;
}

bool looks_like_version(std::string_view text) {
  return text.size() == 8 && text.starts_with("HTTP/") && is_digit(text[5]) && text[6] == '.' && is_digit(text[7]);
}

/// METHOD SP TARGET SP HTTP/1.x, one space each.
tl::expected<int, Refusal> judge_request_line(std::string_view line) {
  if (line == "PRI * HTTP/2.0") return refuse("This is the preface of HTTP/2; the server speaks HTTP/1.1.");
  const auto first = line.find(' ');
  const auto last = line.rfind(' ');
  if (first == std::string_view::npos || first == last) {
    return refuse("The request line is not `METHOD TARGET HTTP/1.1`.");
  }
  const auto target = line.substr(first + 1, last - first - 1);
  const auto version = line.substr(last + 1);
  if (!is_token(line.substr(0, first))) return refuse("The method is not a token.");
  const auto printable = [](char c) { return c > 0x20 && c < 0x7F; };
  if (target.empty() || !std::all_of(target.begin(), target.end(), printable)) {
    return refuse("The request target holds a space or a byte that is not printable ASCII; percent-encode it.");
  }
  if (!looks_like_version(version)) return refuse("The request line does not end in an HTTP version.");
  if (version == "HTTP/1.1") return 1;
  if (version == "HTTP/1.0") return 0;
  return refuse("The server speaks HTTP/1.1 and HTTP/1.0.", 505);
}

struct FramingFields {
  std::vector<std::string_view> hosts;
  std::vector<std::string_view> lengths;
  std::vector<std::string_view> encodings;
};

tl::expected<FramingFields, Refusal> collect(std::string_view rest) {
  FramingFields fields;
  for (auto line = take_line(rest); !line.empty(); line = take_line(rest)) {
    if (line.front() == ' ' || line.front() == '\t') return refuse("A header is folded over two lines.");
    if (!is_field_line(line)) return refuse("A header line is not `Name: value`, without a space before the colon.");
    const auto colon = line.find(':');
    const auto name = line.substr(0, colon);
    const auto value = line.substr(colon + 1);
    if (equals_ignoring_case(name, "host")) fields.hosts.push_back(value);
    if (equals_ignoring_case(name, "content-length")) fields.lengths.push_back(value);
    if (equals_ignoring_case(name, "transfer-encoding")) fields.encodings.push_back(value);
  }
  return fields;
}

tl::expected<std::uint64_t, Refusal> read_length(std::string_view value) {
  const auto digits = trimmed(value, " \t");
  if (digits.empty() || !std::all_of(digits.begin(), digits.end(), is_digit)) {
    return refuse("Content-Length is not a number of bytes.");
  }
  std::uint64_t length = 0;
  const auto read = std::from_chars(digits.data(), digits.data() + digits.size(), length);
  if (read.ec != std::errc{}) return refuse("The body is longer than this server takes.", 413);
  return length;
}

Judgement judge_fields(const FramingFields& fields, Framing framing) {
  if (fields.hosts.size() > 1) return refuse("There are several Host headers.");
  if (fields.hosts.empty() && framing.minor_version == 1) return refuse("The Host header is missing.");
  if (fields.lengths.size() > 1) return refuse("There are several Content-Length headers.");
  if (fields.encodings.size() > 1) return refuse("There are several Transfer-Encoding headers.");
  if (!fields.encodings.empty()) {
    if (!fields.lengths.empty()) return refuse("Transfer-Encoding and Content-Length stand together.");
    if (framing.minor_version == 0) return refuse("HTTP/1.0 knows no Transfer-Encoding.");
    if (trimmed(fields.encodings.front(), " ") != "chunked") {
      return refuse("The only Transfer-Encoding is `chunked`.");
    }
    framing.chunked = true;
  }
  if (!fields.lengths.empty()) {
    const auto length = read_length(fields.lengths.front());
    if (!length) return tl::unexpected(length.error());
    framing.content_length = *length;
  }
  return framing;
}

}  // namespace

bool is_token(std::string_view text) { return !text.empty() && std::all_of(text.begin(), text.end(), is_token_char); }

bool is_field_line(std::string_view line) {
  const auto colon = line.find(':');
  return colon != std::string_view::npos && is_token(line.substr(0, colon)) &&
         std::none_of(line.begin(), line.end(), is_control);
}

tl::expected<std::optional<std::size_t>, Refusal> HeadEnd::find(std::string_view bytes) {
  for (; scanned_ < bytes.size(); ++scanned_) {
    const char c = bytes[scanned_];
    const char before = scanned_ > 0 ? bytes[scanned_ - 1] : '\0';
    if (c == '\n' && before != '\r') return refuse("A line of the header ends in LF without CR.");
    if (c != '\n' && before == '\r') return refuse("The header holds a CR without LF.");
    if (c != '\r' && c != '\n' && is_control(c)) return refuse("The header holds a control character.");
    if (c == '\n' && bytes.substr(0, scanned_ + 1).ends_with("\r\n\r\n")) return ++scanned_;
  }
  return std::nullopt;
}

Judgement judge_framing(std::string_view head) {
  const auto minor_version = judge_request_line(take_line(head));
  if (!minor_version) return tl::unexpected(minor_version.error());
  const auto fields = collect(head);
  if (!fields) return tl::unexpected(fields.error());
  Framing framing;
  framing.minor_version = *minor_version;
  return judge_fields(*fields, framing);
}

}  // namespace kentongan::http
