// SPDX-License-Identifier: Apache-2.0
#include "adapters/notify/mail_text.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <string_view>

#include "codec/json_append.hpp"
#include "notify/plain_text.hpp"
#include "notify/wording.hpp"

namespace kentongan::notify {
namespace {

constexpr std::string_view kEnd = "\r\n";
constexpr std::size_t kLine = 76;
/// Bytes of a word of a header: in base64, with its frame, below the 75 that RFC 2047 allows.
constexpr std::size_t kWordBytes = 42;

std::string base64(std::string_view bytes) {
  std::string text;
  codec::append_base64(text, bytes);
  return text;
}

std::string base64_lines(std::string_view bytes) {
  const std::string whole = base64(bytes);
  std::string lines;
  for (std::size_t i = 0; i < whole.size(); i += kLine) lines += whole.substr(i, kLine) + std::string(kEnd);
  return lines;
}

/// "=?UTF-8?B?..?=", as many as are needed, each of whole code points.
std::string header_text(std::string_view text) {
  std::string header;
  while (!text.empty()) {
    std::size_t size = std::min(text.size(), kWordBytes);
    while (size < text.size() && size > 0 && (static_cast<unsigned char>(text[size]) & 0xC0) == 0x80) --size;
    if (!header.empty()) header += "\r\n ";
    header += "=?UTF-8?B?" + base64(text.substr(0, size)) + "?=";
    text.remove_prefix(size);
  }
  return header;
}

std::string mail_date(TimePoint time) {
  static constexpr std::array<std::string_view, 7> kDays{"Sun", "Mon", "Tue", "Wed", "Thu", "Fri", "Sat"};
  static constexpr std::array<std::string_view, 12> kMonths{"Jan", "Feb", "Mar", "Apr", "May", "Jun",
                                                            "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"};
  const auto day = std::chrono::floor<std::chrono::days>(time);
  const std::chrono::year_month_day date(day);
  const auto seconds = std::chrono::floor<std::chrono::seconds>(time - day).count();
  return fmt::format("{}, {:02} {} {} {:02}:{:02}:{:02} +0000", kDays[std::chrono::weekday(day).c_encoding()],
                     static_cast<unsigned>(date.day()), kMonths[static_cast<unsigned>(date.month()) - 1],
                     static_cast<int>(date.year()), seconds / 3600, seconds / 60 % 60, seconds % 60);
}

std::string lines_as_html(std::string_view text) {
  std::string html;
  for (const char c : escape_html(text)) html += c == '\n' ? std::string("<br>") : std::string(1, c);
  return html;
}

std::string colour_of(const ports::Notice& notice) {
  if (!notice.asks) return "#2e7d32";
  return notice.level() == Level::awas ? "#b71c1c" : notice.level() == Level::siaga ? "#e65100" : "#8a6d00";
}

std::string html_of(const ports::Notice& notice, const Wording& words) {
  std::string html = fmt::format(
      "<!doctype html><html lang=\"{}\"><head><meta charset=\"utf-8\"></head>"
      "<body style=\"font-family:sans-serif;font-size:16px;max-width:40em\">"
      "<h1 style=\"font-size:20px;color:{}\">{}</h1>",
      notice.tongue == ports::Tongue::en ? "en" : "id", colour_of(notice), escape_html(words.title));
  for (const Wording::Part& part : words.parts) {
    html += "<p>";
    if (!part.label.empty()) html += "<b>" + escape_html(part.label) + ":</b> ";
    html += lines_as_html(part.text) + "</p>";
  }
  if (!notice.link.empty() && notice.asks) {
    html += fmt::format("<p><a href=\"{}\" style=\"font-size:18px\">{}</a></p>", escape_html(notice.link),
                        escape_html(phrases(notice.tongue).open_page));
  }
  if (!words.reference.empty()) html += "<p style=\"color:#666\">No. " + escape_html(words.reference) + "</p>";
  return html + "</body></html>";
}

std::string part(std::string_view type, std::string_view boundary, const std::string& body) {
  return fmt::format("--{}{}Content-Type: {}; charset=utf-8{}Content-Transfer-Encoding: base64{}{}{}", boundary, kEnd,
                     type, kEnd, kEnd, kEnd, base64_lines(body));
}

}  // namespace

bool is_mail_address(std::string_view text) {
  const auto at = text.find('@');
  if (at == std::string_view::npos || at == 0 || at + 1 == text.size() ||
      text.find('@', at + 1) != std::string_view::npos) {
    return false;
  }
  return text.size() <= 254 && std::none_of(text.begin(), text.end(), [](char c) {
           return static_cast<unsigned char>(c) <= ' ' || c == 0x7F ||
                  std::string_view("<>,;:\\\"()[]").find(c) != std::string_view::npos;
         });
}

std::string mail_text(const MailHead& head, const ports::Notice& notice, bool free_text) {
  const Wording words = words_of(notice, free_text);
  std::string text = words.as_text();
  if (!notice.link.empty() && notice.asks)
    text += fmt::format("\n\n{}:\n{}", phrases(notice.tongue).open_page, notice.link);
  const std::string boundary = "kentongan-" + head.key;
  std::string mail;
  const auto header = [&](std::string_view name, std::string_view value) {
    mail += fmt::format("{}: {}{}", name, value, kEnd);
  };
  header("Date", mail_date(head.date));
  header("From", "Kentongan <" + head.from + ">");
  header("To", "<" + head.to + ">");
  header("Subject", header_text(words.title));
  header("Message-ID", fmt::format("<{}@{}>", head.key, head.from.substr(head.from.find('@') + 1)));
  header("Auto-Submitted", "auto-generated");
  if (notice.asks && notice.level() >= Level::siaga) header("Importance", "high");
  header("MIME-Version", "1.0");
  header("Content-Type", fmt::format("multipart/alternative; boundary=\"{}\"", boundary));
  mail += kEnd;
  mail += part("text/plain", boundary, text);
  mail += part("text/html", boundary, html_of(notice, words));
  return mail + fmt::format("--{}--{}", boundary, kEnd);
}

}  // namespace kentongan::notify
