// SPDX-License-Identifier: Apache-2.0
#include "codec/xml.hpp"

namespace kentongan::codec {
namespace {

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

}  // namespace kentongan::codec
