// SPDX-License-Identifier: Apache-2.0
#include "codec/xml.hpp"

namespace kentongan::codec {
namespace {

bool begins_code_point(char c) { return (static_cast<unsigned char>(c) & 0xc0U) != 0x80U; }

/// U+FFFE and U+FFFF, the only ones of valid UTF-8 above the control characters that XML does not allow.
bool is_no_character(std::string_view rest) {
  return rest.starts_with("\xef\xbf\xbe") || rest.starts_with("\xef\xbf\xbf");
}

}  // namespace

void append_xml_text(std::string& out, std::string_view text) {
  for (std::size_t at = 0; at < text.size(); ++at) {
    const char c = text[at];
    switch (c) {
      case '&':
        out += "&amp;";
        break;
      case '<':
        out += "&lt;";
        break;
      case '>':
        out += "&gt;";
        break;
      case '"':
        out += "&quot;";
        break;
      case '\'':
        out += "&apos;";
        break;
      case '\t':
      case '\n':
        out += ' ';
        break;
      default:
        if (is_no_character(text.substr(at))) {
          at += 2;
        } else if (static_cast<unsigned char>(c) >= ' ') {
          out += c;
        }
    }
  }
}

std::string cut_text(std::string_view text, std::size_t code_points) {
  std::size_t seen = 0;
  std::size_t last = 0;  // where the last code point that fits begins
  for (std::size_t at = 0; at < text.size(); ++at) {
    if (!begins_code_point(text[at])) continue;
    if (++seen == code_points) last = at;
    if (seen > code_points) return std::string(text.substr(0, last)) + "\xe2\x80\xa6";
  }
  return std::string(text);
}

}  // namespace kentongan::codec
