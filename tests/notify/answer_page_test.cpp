// SPDX-License-Identifier: Apache-2.0
#include "notify/answer_page.hpp"

#include <gtest/gtest.h>

#include <algorithm>

namespace kentongan::notify {
namespace {

AnswerPage page(PageKind kind = PageKind::asks) {
  AnswerPage made;
  made.kind = kind;
  made.notice.person = "lurah-1";
  ports::NoticeItem item;
  item.alert = "35.73-2f6c";
  item.level = Level::awas;
  item.proposed = true;
  item.place = "Kiduldalem, Klojen";
  item.message = {"Bentrokan & \"rusuh\"", "A <clash>"};
  item.recommend = {"Datangi RW 3", "Visit RW 3"};
  made.notice.items = {item};
  made.until = "2024-11-12 03:00";
  made.may_acknowledge = true;
  made.may_confirm = true;
  return made;
}

bool has(const ports::OutsideReply& reply, std::string_view text) { return reply.body.find(text) != std::string::npos; }

std::string header(const ports::OutsideReply& reply, std::string_view name) {
  const auto found =
      std::find_if(reply.headers.begin(), reply.headers.end(), [name](const auto& one) { return one.first == name; });
  return found == reply.headers.end() ? "" : found->second;
}

TEST(AnswerPage, AsksInBothLanguages) {
  const auto reply = render(page());
  EXPECT_EQ(reply.status, 200U);
  EXPECT_EQ(reply.content_type, "text/html; charset=utf-8");
  EXPECT_TRUE(has(reply, "AWAS (usulan): Kiduldalem, Klojen"));
  EXPECT_TRUE(has(reply, "<form method=\"post\">"));
  EXPECT_TRUE(has(reply, "value=\"acknowledge\">Saya terima<small lang=\"en\">I take it</small>"));
  EXPECT_TRUE(has(reply, "value=\"confirm\" class=\"confirm\">Benarkan AWAS"));
  EXPECT_TRUE(has(reply, "Belum ada yang tercatat"));
  EXPECT_TRUE(has(reply, "Visit RW 3"));
  EXPECT_TRUE(has(reply, "berlaku sampai 2024-11-12 03:00"));
  EXPECT_FALSE(has(reply, "<script"));
}

TEST(AnswerPage, ShowsTextsAsTexts) {
  const auto reply = render(page());
  EXPECT_TRUE(has(reply, "Bentrokan &amp; &quot;rusuh&quot;"));
  EXPECT_TRUE(has(reply, "A &lt;clash&gt;"));
  EXPECT_FALSE(has(reply, "<clash>"));
}

TEST(AnswerPage, IsKeptFromOthers) {
  const auto reply = render(page());
  const std::string policy = header(reply, "Content-Security-Policy");
  for (const char* part :
       {"default-src 'none'", "form-action 'self'", "frame-ancestors 'none'", "style-src 'sha256-"}) {
    EXPECT_NE(policy.find(part), std::string::npos) << part;
  }
  EXPECT_EQ(policy.find("unsafe"), std::string::npos);
  EXPECT_EQ(header(reply, "Referrer-Policy"), "no-referrer");
  EXPECT_EQ(header(reply, "X-Frame-Options"), "DENY");
}

TEST(AnswerPage, OfAPersonWhoReadsEnglish) {
  AnswerPage made = page();
  made.notice.tongue = ports::Tongue::en;
  made.may_confirm = false;
  const auto reply = render(made);
  EXPECT_TRUE(has(reply, "<html lang=\"en\">"));
  EXPECT_TRUE(has(reply, "I take it<small lang=\"id\">Saya terima</small>"));
  EXPECT_FALSE(has(reply, "value=\"confirm\""));
}

TEST(AnswerPage, OneThatAsksNothingHasNoButtons) {
  struct Case {
    PageKind kind;
    unsigned status;
    const char* said;
  };
  for (const Case& one :
       {Case{PageKind::taken, 200, "Diterima. Terima kasih."}, Case{PageKind::confirmed, 200, "AWAS dibenarkan"},
        Case{PageKind::answered, 200, "sudah dijawab"}, Case{PageKind::closed, 410, "sudah ditutup"},
        Case{PageKind::stale, 410, "tidak berlaku"}, Case{PageKind::forged, 403, "bukan dari Kentongan"},
        Case{PageKind::unknown, 404, "tidak dikenal"}, Case{PageKind::not_yours, 403, "tidak lagi tercantum"},
        Case{PageKind::no_links, 404, "tidak memakai tautan"}, Case{PageKind::again, 503, "Coba lagi"}}) {
    AnswerPage made = page(one.kind);
    if (one.status != 200 && one.kind != PageKind::closed) made.notice.items.clear();
    const auto reply = render(made);
    EXPECT_EQ(reply.status, one.status) << one.said;
    EXPECT_TRUE(has(reply, one.said)) << one.said;
    EXPECT_FALSE(has(reply, "<button")) << one.said;
    EXPECT_EQ(reply.body.find("<h1></h1>"), std::string::npos) << one.said;
  }
}

}  // namespace
}  // namespace kentongan::notify
