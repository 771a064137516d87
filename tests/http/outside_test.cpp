// SPDX-License-Identifier: Apache-2.0
// Links in messages and callbacks of messengers: what the port is asked, and who may ask.
#include <gmock/gmock.h>

#include "server_fixture.hpp"

namespace kentongan::http {
namespace {

constexpr std::string_view kForm = "application/x-www-form-urlencoded";

/// Remembers what it was asked.
class FakeAnswers : public ports::Answers {
 public:
  ports::OutsideReply page(std::string_view link) override {
    looked.emplace_back(link);
    return {410, "text/html; charset=utf-8", "<p>page</p>", {{"Referrer-Policy", "no-referrer"}}};
  }
  void answer(ports::LinkPost post, std::function<void(ports::OutsideReply)> done) override {
    answered.emplace_back(std::move(post.link), std::move(post.form));
    done({200, "text/html; charset=utf-8", "<p>done</p>"});
  }
  ports::OutsideReply subscribe(const std::function<std::string_view(std::string_view)>& parameter) override {
    return {200, "text/plain; charset=utf-8", std::string(parameter("hub.challenge"))};
  }
  void callback(ports::Callback callback, std::function<void(ports::OutsideReply)> done) override {
    called.push_back(std::move(callback));
    done({503, "text/plain; charset=utf-8", "later"});
  }

  std::vector<std::string> looked;
  std::vector<std::pair<std::string, std::string>> answered;
  std::vector<ports::Callback> called;
};

class OutsideTest : public ServerTest {
 protected:
  void SetUp() override {
    beside.answers = &answers;
    start();
  }
  FakeAnswers answers;
};

TEST_F(OutsideTest, ALinkIsLookedAtByGetAndHead) {
  const auto reply = ask(get("/answer/abc.d-e_f"));
  EXPECT_EQ(reply.status, 410);
  EXPECT_EQ(reply.body, "<p>page</p>");
  EXPECT_EQ(reply.header("Content-Type"), "text/html; charset=utf-8");
  EXPECT_EQ(reply.header("Referrer-Policy"), "no-referrer");
  EXPECT_EQ(reply.header("Cache-Control"), "no-store");
  EXPECT_EQ(ask("HEAD /answer/x HTTP/1.1\r\nHost: localhost\r\n\r\n", true).status, 410);
  EXPECT_EQ(answers.looked, (std::vector<std::string>{"abc.d-e_f", "x"}));
  EXPECT_TRUE(answers.answered.empty());
}

TEST_F(OutsideTest, OnlyAPostedFormAnswers) {
  EXPECT_EQ(ask(post("/answer/abc", kForm, "action=acknowledge")).body, "<p>done</p>");
  ASSERT_EQ(answers.answered.size(), 1U);
  EXPECT_EQ(answers.answered.front(), (std::pair<std::string, std::string>{"abc", "action=acknowledge"}));
  EXPECT_EQ(ask(post("/answer/abc", "application/json", "{}")).status, 415);
  EXPECT_EQ(ask(post("/answer/abc", "text/plain", "action=acknowledge")).status, 415);
  const auto put = ask("PUT /answer/abc HTTP/1.1\r\nHost: localhost\r\n\r\n");
  EXPECT_EQ(put.status, 405);
  EXPECT_EQ(put.header("Allow"), "GET, HEAD, POST");
  EXPECT_EQ(answers.answered.size(), 1U);
}

/// The page says no-referrer, so a browser posts with `Origin: null`; and it comes by the name of the proxy.
TEST_F(OutsideTest, AreServedUnderAnyNameAndToAnyPage) {
  EXPECT_EQ(ask("GET /answer/abc HTTP/1.1\r\nHost: siaga.malangkota.example\r\n\r\n").status, 410);
  for (const char* origin : {"null", "https://siaga.malangkota.example"}) {
    EXPECT_EQ(ask(std::string("POST /answer/abc HTTP/1.1\r\nHost: siaga.malangkota.example\r\nOrigin: ") + origin +
                  "\r\nContent-Type: application/x-www-form-urlencoded\r\nContent-Length: 1\r\n\r\na")
                  .status,
              200)
        << origin;
  }
  EXPECT_EQ(ask("GET /v1/alerts HTTP/1.1\r\nHost: siaga.malangkota.example\r\n\r\n").status, 421);
  EXPECT_EQ(ask("GET /answer/abc HTTP/1.1\r\nHost: a b\r\n\r\n").status, 400);
}

TEST_F(OutsideTest, CallbacksComeWithTheirSignature) {
  EXPECT_EQ(ask(get("/callback/whatsapp?hub.mode=subscribe&hub.challenge=1158201444")).body, "1158201444");
  const auto reply = ask(
      "POST /callback/whatsapp HTTP/1.1\r\nHost: x\r\nX-Hub-Signature-256: sha256=ab\r\nContent-Length: 2\r\n\r\n{}");
  EXPECT_EQ(reply.status, 503);
  EXPECT_NE(reply.header("Retry-After"), "");
  ASSERT_EQ(answers.called.size(), 1U);
  EXPECT_EQ(answers.called.front().signature, "sha256=ab");
  EXPECT_EQ(answers.called.front().body, "{}");
}

TEST_F(ServerTest, WithoutAnswersThereIsNothing) {
  start();
  EXPECT_EQ(ask(get("/answer/abc")).status, 404);
  EXPECT_EQ(ask(post("/answer/abc", kForm, "action=acknowledge")).status, 404);
  EXPECT_EQ(ask(get("/callback/whatsapp")).status, 404);
  EXPECT_EQ(ask(get("/v1/stream")).status, 404);
}

}  // namespace
}  // namespace kentongan::http
