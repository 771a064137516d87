// SPDX-License-Identifier: Apache-2.0
// What the server allows in size, number and time. Times are options, so that no test waits long; a test waits
// for what must happen and never asserts how soon it did.
#include <gmock/gmock.h>

#include <atomic>
#include <thread>

#include "server_fixture.hpp"

namespace kentongan::http {
namespace {

using std::chrono::milliseconds;
using ::testing::HasSubstr;

constexpr std::size_t kMiB = 1024 * 1024;

std::string head_of(std::size_t bytes) {
  const std::string begin = "GET /livez HTTP/1.1\r\nHost: localhost\r\nX: ";
  return begin + std::string(bytes - begin.size() - 4, 'a') + "\r\n\r\n";
}

std::string events_head(const std::string& headers) {
  return "POST /v1/events HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/json\r\n" + headers + "\r\n\r\n";
}

Options short_linger() {
  Options options;
  options.linger_timeout = milliseconds(100);
  return options;
}

using LimitsTest = ServerTest;

TEST_F(LimitsTest, AHeaderOf16KiBIsTakenAndOneMoreByteIs431) {
  start(short_linger());
  EXPECT_EQ(ask(head_of(16 * 1024)).status, 200);
  RawClient client(server->port());
  client.send(head_of(16 * 1024 + 1));
  const auto reply = client.read_reply();
  ASSERT_TRUE(reply);
  EXPECT_EQ(reply->status, 431);
  EXPECT_EQ(reply->header("Connection"), "close");
  EXPECT_TRUE(client.is_at_end());
}

TEST_F(LimitsTest, AnEndlessRequestLineIs431) {
  start(short_linger());
  EXPECT_EQ(ask("GET /" + std::string(20000, 'a')).status, 431);
}

TEST_F(LimitsTest, ABodyOf8MiBIsTakenAndOneMoreByteIs413BeforeItIsSent) {
  start(short_linger());
  EXPECT_EQ(ask(post("/v1/events", "application/json", std::string(8 * kMiB, ' '))).status, 202);
  EXPECT_EQ(api.submitted().back().body.size(), 8 * kMiB);
  EXPECT_EQ(ask(events_head("Content-Length: 8388609")).status, 413);
  EXPECT_EQ(ask(events_head("Content-Length: 8388609\r\nExpect: 100-continue")).status, 413);
}

TEST_F(LimitsTest, ABodyTooLongIs413AlsoToAClientThatGoesOnSending) {
  Options options;
  options.linger_timeout = std::chrono::seconds(10);
  start(options);
  EXPECT_EQ(ask(post("/v1/events", "application/json", std::string(20 * kMiB, ' '))).status, 413);
}

TEST_F(LimitsTest, AChunkedBodyIsCutOffWhereItPassesTheLimit) {
  Options options = short_linger();
  options.max_body = 100;
  start(options);
  const std::string fifty = "32\r\n" + std::string(50, 'x') + "\r\n";
  EXPECT_EQ(ask(events_head("Transfer-Encoding: chunked") + fifty + fifty + "0\r\n\r\n").status, 202);
  EXPECT_EQ(ask(events_head("Transfer-Encoding: chunked") + fifty + fifty + "1\r\n").status, 413);
}

TEST_F(LimitsTest, AHeaderThatIsNotWholeInTimeEndsTheConnection) {
  Options options = short_linger();
  options.header_timeout = milliseconds(150);
  start(options);
  RawClient silent(server->port());
  RawClient half(server->port());
  half.send("GET /livez HT");
  RawClient trickling(server->port());
  EXPECT_TRUE(silent.is_at_end());
  EXPECT_TRUE(half.is_at_end());
  bool alive = trickling.send("GET /livez HTTP/1.1\r\nX: ");
  for (int i = 0; alive && i < 1000; ++i) {
    std::this_thread::sleep_for(milliseconds(10));
    alive = trickling.send("a");
  }
  EXPECT_FALSE(alive) << "a header that trickled for seconds was still read";
}

TEST_F(LimitsTest, TheTimeOfASecondHeaderRunsFromItsFirstByte) {
  Options options = short_linger();
  options.header_timeout = milliseconds(1000);
  options.idle_timeout = std::chrono::seconds(60);
  start(options);
  RawClient client(server->port());
  client.send(get("/livez"));
  ASSERT_TRUE(client.read_reply());
  std::this_thread::sleep_for(milliseconds(1200));
  client.send(get("/livez"));
  ASSERT_TRUE(client.read_reply()) << "a resting connection was closed before idle_timeout";
  client.send("GET /livez HT");
  EXPECT_TRUE(client.is_at_end());
}

TEST_F(LimitsTest, AConnectionThatRestsTooLongIsClosed) {
  Options options = short_linger();
  options.idle_timeout = milliseconds(50);
  start(options);
  RawClient client(server->port());
  client.send(get("/livez"));
  ASSERT_TRUE(client.read_reply());
  EXPECT_TRUE(client.is_at_end());
}

TEST_F(LimitsTest, ABodyThatIsNotWholeInTimeEndsTheConnectionHoweverItTrickles) {
  Options options = short_linger();
  options.body_timeout = milliseconds(150);
  start(options);
  RawClient silent(server->port());
  silent.send(events_head("Content-Length: 100") + "{");
  EXPECT_TRUE(silent.is_at_end());
  for (const auto* framing : {"Content-Length: 100000", "Transfer-Encoding: chunked"}) {
    RawClient trickling(server->port());
    bool alive = trickling.send(events_head(framing));
    for (int i = 0; alive && i < 1000; ++i) {
      std::this_thread::sleep_for(milliseconds(10));
      alive = trickling.send("1\r\nx\r\n");
    }
    EXPECT_FALSE(alive) << framing;
  }
  EXPECT_TRUE(api.submitted().empty());
}

TEST_F(LimitsTest, OneConnectionTooManyGets503AndTheNextOneIsServedWhenThereIsRoom) {
  Options options = short_linger();
  options.max_connections = 3;
  start(options);
  std::vector<RawClient> open;
  for (int i = 0; i < 3; ++i) {
    open.emplace_back(server->port());
    open.back().send(get("/livez"));
    ASSERT_TRUE(open.back().read_reply());
  }
  RawClient extra(server->port());
  const auto reply = extra.read_reply();
  ASSERT_TRUE(reply);
  EXPECT_EQ(reply->status, 503);
  EXPECT_EQ(reply->header("Retry-After"), "1");
  EXPECT_TRUE(extra.is_at_end());
  open.pop_back();
  int status = 0;
  for (int i = 0; status != 200 && i < 1000; ++i) {
    if (const auto again = exchange(server->port(), get("/livez"))) status = again->status;
    if (status != 200) std::this_thread::sleep_for(milliseconds(10));
  }
  EXPECT_EQ(status, 200);
}

TEST_F(LimitsTest, BodiesInHandAreBoundedAndGivenBack) {
  Options options = short_linger();
  options.body_memory = 300 * 1024;
  start(options);
  api.set([](FakeApi& fake) { fake.hold_ = true; });
  const auto body = post("/v1/events", "application/json", std::string(200 * 1024, ' '));
  RawClient first(server->port());
  first.send(body);
  std::vector<FakeApi::SubmitDone> held;
  while (held.empty()) {
    held = api.take_held();
    std::this_thread::sleep_for(milliseconds(1));
  }
  const auto refused = ask(body);
  EXPECT_EQ(refused.status, 503);
  EXPECT_EQ(refused.header("Retry-After"), "1");
  held.front()({.accepted = 1, .rejected = {}, .message = {}});
  held.clear();
  const auto reply = first.read_reply();
  ASSERT_TRUE(reply);
  EXPECT_EQ(reply->status, 202);
  api.set([](FakeApi& fake) { fake.hold_ = false; });
  EXPECT_EQ(ask(body).status, 202);
}

TEST_F(LimitsTest, AnnouncedBytesTakeNoMemoryUntilTheyCome) {
  Options options = short_linger();
  options.body_memory = 100 * 1024;
  start(options);
  std::vector<RawClient> announcing;
  for (int i = 0; i < 3; ++i) {
    announcing.emplace_back(server->port());
    announcing.back().send(events_head("Content-Length: 8000000") + "{");
  }
  EXPECT_EQ(ask(post("/v1/events", "application/json", "{}")).status, 202);
}

/// Says when a reply was written or given up.
class EndOfReply : public Observer {
 public:
  void answered(std::string_view, std::string_view, unsigned, std::chrono::nanoseconds) override { ended = true; }
  void rejected(RejectReason) override {}
  void connections(std::size_t) override {}
  std::atomic<bool> ended{false};
};

TEST_F(LimitsTest, AReplyIsGivenUpWhenNobodyReadsIt) {
  EndOfReply observer;
  Options options = short_linger();
  options.write_timeout = milliseconds(200);
  start(options, &observer);
  api.set([](FakeApi& fake) { fake.metrics_ = std::string(32 * kMiB, 'm'); });
  RawClient slow(server->port());
  slow.send(get("/metrics"));
  while (!observer.ended) std::this_thread::sleep_for(milliseconds(5));
  EXPECT_FALSE(slow.read_reply()) << "the whole reply was kept for a client that did not read";
  server->stop();
}

TEST_F(LimitsTest, LargeRepliesInHandAreBounded) {
  Options options = short_linger();
  options.reply_memory = 1024;
  start(options);
  api.set([](FakeApi& fake) { fake.metrics_ = std::string(65 * 1024, 'm'); });
  EXPECT_EQ(ask(get("/metrics")).status, 503);
  api.set([](FakeApi& fake) { fake.metrics_ = std::string(64 * 1024, 'm'); });
  EXPECT_EQ(ask(get("/metrics")).status, 200);
}

TEST_F(LimitsTest, AnAnswerThatDoesNotComeIs503AndALateOneIsDropped) {
  Options options = short_linger();
  options.answer_timeout = milliseconds(50);
  start(options);
  api.set([](FakeApi& fake) { fake.hold_ = true; });
  RawClient client(server->port());
  client.send(post("/v1/events", "application/json", "{}"));
  const auto reply = client.read_reply();
  ASSERT_TRUE(reply);
  EXPECT_EQ(reply->status, 503);
  EXPECT_EQ(reply->header("Retry-After"), "5");
  api.take_held().front()({.accepted = 1, .rejected = {}, .message = {}});
  client.send(get("/livez"));
  const auto next = client.read_reply();
  ASSERT_TRUE(next);
  EXPECT_THAT(next->body, HasSubstr("live"));
}

TEST_F(LimitsTest, ExpectIsAnsweredBeforeTheBodyIsSent) {
  start(short_linger());
  RawClient client(server->port());
  client.send(events_head("Content-Length: 2\r\nExpect: 100-continue"));
  const auto interim = client.read_reply();
  ASSERT_TRUE(interim);
  EXPECT_EQ(interim->status, 100);
  client.send("{}");
  const auto reply = client.read_reply();
  ASSERT_TRUE(reply);
  EXPECT_EQ(reply->status, 202);
}

TEST_F(LimitsTest, ARequestSentByteByByteIsTheSame) {
  start(short_linger());
  RawClient client(server->port());
  const std::string chunked = events_head("Transfer-Encoding: chunked") + "2;x=y\r\n{}\r\n0\r\nA: b\r\n\r\n";
  for (const auto& text : {get("/livez"), post("/v1/events", "application/json", "{}"), chunked}) {
    for (const char c : text) ASSERT_TRUE(client.send(std::string_view(&c, 1)));
    EXPECT_TRUE(client.read_reply());
  }
  ASSERT_EQ(api.submitted().size(), 2U);
  EXPECT_EQ(api.submitted()[1].body, "{}");
}

}  // namespace
}  // namespace kentongan::http
