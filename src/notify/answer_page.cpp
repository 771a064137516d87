// SPDX-License-Identifier: Apache-2.0
#include "notify/answer_page.hpp"

#include <fmt/format.h>

#include <array>
#include <string_view>

#include "codec/json_append.hpp"
#include "notify/mac.hpp"
#include "notify/plain_text.hpp"
#include "notify/wording.hpp"

namespace kentongan::notify {
namespace {

using ports::Tongue;

constexpr std::string_view kStyle =
    "*{box-sizing:border-box}"
    "body{margin:0;background:#eceff1;color:#1b1b1b;font:18px/1.5 system-ui,-apple-system,Roboto,'Noto "
    "Sans',sans-serif}"
    "main{max-width:34rem;margin:0 auto;background:#fff;min-height:100vh;padding-bottom:1.5rem}"
    "header{padding:1rem 1.25rem;background:#37474f;color:#fff}"
    "header.awas{background:#b71c1c}header.siaga{background:#bf4300}header.waspada{background:#7a5c00}"
    "header.over{background:#2e6b31}"
    "header p{margin:0;font-size:.8rem;letter-spacing:.06em;opacity:.9}"
    "h1{margin:.15rem 0 0;font-size:1.4rem;line-height:1.25;overflow-wrap:anywhere}"
    "section,form,footer{padding:0 1.25rem}"
    "section p{margin:.85rem 0;overflow-wrap:anywhere;white-space:pre-line}"
    ".said{font-size:1.2rem;font-weight:600}"
    "button{display:block;width:100%;min-height:4rem;margin:.75rem 0;padding:.6rem;border:0;border-radius:.6rem;"
    "background:#1b5e20;color:#fff;font:inherit;font-size:1.2rem;font-weight:600;line-height:1.25}"
    "button.confirm{background:#b71c1c}"
    "button:focus-visible{outline:4px solid #1565c0;outline-offset:2px}"
    "small{display:block;font-size:.8rem;font-weight:400;opacity:.92}"
    ".note{font-size:.9rem;color:#444;margin:.5rem 0 1rem}"
    ".other{border-top:1px solid #cfd8dc;margin-top:1.25rem;font-size:.9rem;color:#37474f}"
    "footer{font-size:.8rem;color:#555;overflow-wrap:anywhere}";

struct Both {
  std::string_view id, en;
  [[nodiscard]] std::string_view in(Tongue tongue) const { return tongue == Tongue::en ? en : id; }
};

struct Said {
  unsigned status;
  Both title;     ///< where no alert is shown
  Both sentence;  ///< what is the matter
};

/// In the order of PageKind.
constexpr std::array<Said, 11> kSaid{{
    {200,
     {"", ""},
     {"Belum ada yang tercatat. Tekan tombol untuk menjawab.", "Nothing is noted yet. Press a button to answer."}},
    {200, {"", ""}, {"Diterima. Terima kasih.", "Taken. Thank you."}},
    {200, {"", ""}, {"AWAS dibenarkan. Terima kasih.", "AWAS is confirmed. Thank you."}},
    {200,
     {"", ""},
     {"Peringatan ini sudah dijawab. Tautan ini tidak diperlukan lagi.",
      "This alert has been answered. This link is not needed any more."}},
    {410,
     {"", ""},
     {"Peringatan ini sudah ditutup. Tidak ada yang perlu dijawab.",
      "This alert is closed. Nothing is to be answered."}},
    {410,
     {"Tautan kedaluwarsa", "The link has expired"},
     {"Tautan ini sudah tidak berlaku. Tidak ada yang tercatat. Hubungi posko bila peringatannya masih terbuka.",
      "This link is not valid any more. Nothing was noted. Call the post if the alert is still open."}},
    {403,
     {"Tautan tidak sah", "No valid link"},
     {"Tautan ini tidak lengkap atau bukan dari Kentongan. Tidak ada yang tercatat. Buka tautan langsung dari "
      "pesannya.",
      "This link is cut short or not from Kentongan. Nothing was noted. Open it right from the message."}},
    {404,
     {"Peringatan tidak dikenal", "Unknown alert"},
     {"Peringatan ini tidak dikenal lagi. Tidak ada yang tercatat.",
      "This alert is not known any more. Nothing was noted."}},
    {403,
     {"Bukan untuk Anda", "Not for you"},
     {"Penerima tautan ini tidak lagi tercantum dalam daftar piket. Tidak ada yang tercatat.",
      "Who got this link is no longer on the roster. Nothing was noted."}},
    {404,
     {"Tautan tidak dipakai", "No links here"},
     {"Kentongan di sini tidak memakai tautan jawaban.", "This Kentongan makes no links to answer by."}},
    {503,
     {"Belum berhasil", "Not done"},
     {"Belum berhasil. Coba lagi sebentar, atau hubungi posko.",
      "That did not work. Try again in a moment, or call the post."}},
}};

const Said& said_of(PageKind kind) { return kSaid[static_cast<std::size_t>(kind)]; }

Tongue other(Tongue tongue) { return tongue == Tongue::en ? Tongue::id : Tongue::en; }
std::string_view code_of(Tongue tongue) { return tongue == Tongue::en ? "en" : "id"; }

Wording words_in(const AnswerPage& page, Tongue tongue) {
  ports::Notice notice = page.notice;
  notice.tongue = tongue;
  return words_of(notice, false);
}

std::string title_of(const AnswerPage& page, Tongue tongue) {
  if (page.notice.items.empty()) return std::string(said_of(page.kind).title.in(tongue));
  return words_in(page, tongue).title;
}

std::string paragraph(std::string_view text, std::string_view kind = "") {
  if (text.empty()) return {};
  return fmt::format("<p{}>{}</p>", kind.empty() ? "" : fmt::format(" class=\"{}\"", kind), escape_html(text));
}

std::string parts_of(const Wording& words) {
  std::string html;
  for (const Wording::Part& part : words.parts) {
    const std::string label = part.label.empty() ? "" : fmt::format("<b>{}:</b> ", escape_html(part.label));
    html += fmt::format("<p>{}{}</p>", label, escape_html(part.text));
  }
  return html;
}

void append_button(std::string& html, std::string_view action, Tongue tongue, std::string Phrases::*label) {
  html += fmt::format("<button name=\"action\" value=\"{}\"{}>{}<small lang=\"{}\">{}</small></button>", action,
                      action == "confirm" ? " class=\"confirm\"" : "", escape_html(phrases(tongue).*label),
                      code_of(other(tongue)), escape_html(phrases(other(tongue)).*label));
}

std::string form_of(const AnswerPage& page) {
  const Tongue tongue = page.notice.tongue;
  std::string html = "<form method=\"post\">";
  if (page.may_acknowledge) append_button(html, "acknowledge", tongue, &Phrases::acknowledge);
  if (page.may_confirm) append_button(html, "confirm", tongue, &Phrases::confirm);
  return html + paragraph(said_of(page.kind).sentence.in(tongue), "note") + "</form>";
}

/// What the page says in one language; the other one comes below it, smaller.
std::string section_of(const AnswerPage& page, Tongue tongue, bool first) {
  const bool asks = page.kind == PageKind::asks;
  std::string html = fmt::format("<section lang=\"{}\"{}>", code_of(tongue), first ? "" : " class=\"other\"");
  if (!first) html += paragraph(title_of(page, tongue));
  if (!asks || !first) html += paragraph(said_of(page.kind).sentence.in(tongue), first ? "said" : "");
  if (!page.notice.items.empty()) html += parts_of(words_in(page, tongue));
  return html + "</section>";
}

std::string_view colour_of(const AnswerPage& page) {
  if (page.notice.items.empty()) return "";
  if (page.kind != PageKind::asks && page.kind != PageKind::again) return "over";
  return name_of(page.notice.level());
}

std::string footer_of(const AnswerPage& page) {
  if (page.notice.items.empty()) return {};
  std::string text = fmt::format("No. {} \u00b7 {}", page.notice.items.front().alert, page.notice.person);
  if (page.kind == PageKind::asks && !page.until.empty()) {
    text +=
        fmt::format(" \u00b7 {} {}", page.notice.tongue == Tongue::en ? "valid until" : "berlaku sampai", page.until);
  }
  return "<footer>" + paragraph(text) + "</footer>";
}

std::string policy() {
  std::string text =
      "default-src 'none'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'; style-src 'sha256-";
  codec::append_base64(text, sha256(kStyle));
  return text + "'";
}

}  // namespace

ports::OutsideReply render(const AnswerPage& page) {
  const Tongue tongue = page.notice.tongue;
  const std::string title = escape_html(title_of(page, tongue));
  ports::OutsideReply reply;
  reply.status = said_of(page.kind).status;
  reply.content_type = "text/html; charset=utf-8";
  reply.body = fmt::format(
      "<!doctype html><html lang=\"{}\"><head><meta charset=\"utf-8\">"
      "<meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">"
      "<meta name=\"robots\" content=\"noindex\"><title>{}</title><style>{}</style></head>"
      "<body><main><header class=\"{}\"><p>Kentongan</p><h1>{}</h1></header>",
      code_of(tongue), title, kStyle, colour_of(page), title);
  reply.body += section_of(page, tongue, true);
  if (page.kind == PageKind::asks) reply.body += form_of(page);
  reply.body += section_of(page, other(tongue), false);
  reply.body += footer_of(page) + "</main></body></html>\n";
  static const std::string kPolicy = policy();
  reply.headers = {{"Content-Security-Policy", kPolicy},
                   {"Referrer-Policy", "no-referrer"},
                   {"X-Frame-Options", "DENY"},
                   {"X-Robots-Tag", "noindex, nofollow"}};
  return reply;
}

}  // namespace kentongan::notify
