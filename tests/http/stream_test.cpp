// SPDX-License-Identifier: Apache-2.0
// GET /v1/stream: server-sent events over a socket.
#include <gmock/gmock.h>

#include <atomic>
#include <mutex>

#include "adapters/http/event_text.hpp"
#include "server_fixture.hpp"

namespace kentongan::http {
namespace {

using ::testing::HasSubstr;

ports::StreamedEvent event(int number, ports::OutputTopic topic, std::string area) {
  return {"j." + std::to_string(number), topic, std::move(area),
          std::make_shared<const std::string>("{\"n\":" + std::to_string(number) + "}")};
}

/// A stream in memory.
class FakeStream : public ports::EventStream {
 public:
  std::optional<Start> begin(std::string_view last) override {
    const std::lock_guard lock(mutex_);
    last_ = last;
    if (waits_ > 0 && waits_-- > 0) return std::nullopt;
    return Start{{0, {}}, last == "gone"};
  }
  bool read(Cursor& cursor, std::size_t most, std::vector<ports::StreamedEvent>& events) override {
    const std::lock_guard lock(mutex_);
    if (slow_) return false;
    while (cursor.next < events_.size() && events.size() < most) events.push_back(events_[cursor.next++]);
    return true;
  }
  void add(ports::StreamedEvent one) {
    const std::lock_guard lock(mutex_);
    events_.push_back(std::move(one));
  }
  [[nodiscard]] std::string last() const {
    const std::lock_guard lock(mutex_);
    return last_;
  }

  std::atomic<bool> slow_{false};
  std::atomic<int> waits_{0};

 private:
  mutable std::mutex mutex_;
  std::string last_;
  std::vector<ports::StreamedEvent> events_;
};

/// Somebody who reads a stream.
class Reader {
 public:
  Reader(std::uint16_t port, const std::string& path, const std::string& more = "") : client_(port) {
    EXPECT_TRUE(client_.send("GET " + path + " HTTP/1.1\r\nHost: localhost\r\n" + more + "\r\n"));
  }
  [[nodiscard]] std::string until(std::string_view text) { return client_.read_until(text); }
  [[nodiscard]] std::string to_the_end() { return client_.read_to_end(); }

 private:
  RawClient client_;
};

class StreamTest : public ServerTest {
 protected:
  void open(Options options = {}) {
    beside.stream = &stream;
    start(std::move(options));
  }
  FakeStream stream;
};

TEST_F(StreamTest, EventsComeAsTheyAreCommitted) {
  open();
  stream.add(event(1, ports::OutputTopic::alerts, "35.73.02.1004"));
  Reader reader(server->port(), "/v1/stream");
  EXPECT_THAT(reader.until("id: j.1\n"), HasSubstr("\r\nContent-Type: text/event-stream; charset=utf-8\r\n"));
  stream.add(event(2, ports::OutputTopic::risk, "35.73.02"));
  const std::string all = reader.until("{\"n\":2}\n\n");
  EXPECT_THAT(
      all,
      HasSubstr("retry: 3000\n\nid: j.1\nevent: alert\ndata: {\"n\":1}\n\nid: j.2\nevent: risk\ndata: {\"n\":2}\n\n"));
  EXPECT_EQ(all.find("Content-Length"), std::string::npos);
  EXPECT_EQ(all.find("reset"), std::string::npos);
}

TEST_F(StreamTest, IsFilteredByTypeAndArea) {
  open();
  stream.add(event(1, ports::OutputTopic::alerts, "35.73.02.1004"));
  stream.add(event(2, ports::OutputTopic::risk, "35.73.02.1004"));
  stream.add(event(3, ports::OutputTopic::alerts, "35.73.01.1001"));
  stream.add(event(4, ports::OutputTopic::alerts, "35.73.02"));
  Reader reader(server->port(), "/v1/stream?type=alerts&area=35.73.02");
  const std::string all = reader.until("id: j.4\n");
  EXPECT_THAT(all, HasSubstr("id: j.1\n"));
  EXPECT_EQ(all.find("id: j.2\n"), std::string::npos);
  EXPECT_EQ(all.find("id: j.3\n"), std::string::npos);
  EXPECT_EQ(ask(get("/v1/stream?type=deadletters")).status, 400);
  EXPECT_EQ(ask(get("/v1/stream?area=malang")).status, 400);
  EXPECT_EQ(ask(post("/v1/stream", "application/json", "{}")).status, 405);
}

/// Every token is a viewer's, of one kecamatan.
class ViewerOfOneDistrict : public ports::Access {
 public:
  void ask(std::string /*authorization*/, std::string from, std::function<void(ports::Admission)> done) override {
    ports::Admission admission;
    admission.verdict = ports::Admission::Verdict::admitted;
    admission.caller.who = "viewer";
    admission.caller.role = ports::Role::viewer;
    admission.caller.areas = {"35.73.02"};
    admission.caller.from = std::move(from);
    done(std::move(admission));
  }
};

TEST_F(StreamTest, KeepsToTheAreasOfTheToken) {
  ViewerOfOneDistrict access;
  Options options;
  options.access = &access;
  open(std::move(options));
  int number = 0;
  for (const char* area :
       {"35.73.03.1001", "35.73.021.1004", "35.73", "", "35.73.02.1004", "35.73.03.1001", "35.73.02"}) {
    stream.add({"j." + std::to_string(++number), ports::OutputTopic::alerts, area,
                std::make_shared<const std::string>(R"({"id":"1","data":{"note":"Pak RT","n":1}})")});
  }
  Reader reader(server->port(), "/v1/stream", "Authorization: Bearer t\r\n");
  const std::string all = reader.until("id: j.7\n");
  EXPECT_THAT(all, HasSubstr("id: j.5\nevent: alert\ndata: {\"id\":\"1\",\"data\":{\"n\":1}}\n"));
  for (const char* other : {"id: j.1\n", "id: j.2\n", "id: j.3\n", "id: j.4\n", "id: j.6\n", "Pak RT"}) {
    EXPECT_EQ(all.find(other), std::string::npos) << other;
  }
}

TEST_F(StreamTest, IsTakenUpAgainBehindTheLastEvent) {
  open();
  stream.add(event(1, ports::OutputTopic::alerts, ""));
  Reader reader(server->port(), "/v1/stream", "Last-Event-ID: j.17\r\n");
  EXPECT_EQ(reader.until("id: j.1\n").find("event: reset"), std::string::npos);
  EXPECT_EQ(stream.last(), "j.17");
  Reader other(server->port(), "/v1/stream?last_event_id=gone");
  EXPECT_THAT(other.until("id: j.1\n"), HasSubstr("event: reset\ndata: {\"why\":"));
}

TEST_F(StreamTest, WaitsUntilTheStreamIsThere) {
  stream.waits_ = 2;
  open();
  stream.add(event(1, ports::OutputTopic::alerts, ""));
  Reader reader(server->port(), "/v1/stream");
  EXPECT_THAT(reader.until("id: j.1\n"), HasSubstr("200 OK"));
}

TEST_F(StreamTest, SomethingComesAlsoWhenNothingHappens) {
  Options options;
  options.heartbeat = std::chrono::milliseconds(50);
  open(std::move(options));
  Reader reader(server->port(), "/v1/stream");
  EXPECT_THAT(reader.until(": still here\n\n"), HasSubstr(": still here\n\n"));
}

TEST_F(StreamTest, WhoIsTooSlowIsDropped) {
  open();
  stream.add(event(1, ports::OutputTopic::alerts, ""));
  Reader reader(server->port(), "/v1/stream");
  EXPECT_THAT(reader.until("id: j.1\n"), HasSubstr("id: j.1\n"));
  stream.slow_ = true;
  EXPECT_THAT(reader.to_the_end(), HasSubstr("id: j.1\n"));
}

TEST_F(StreamTest, OnlySoManyRead) {
  Options options;
  options.max_streams = 1;
  open(std::move(options));
  stream.add(event(1, ports::OutputTopic::alerts, ""));
  Reader reader(server->port(), "/v1/stream");
  EXPECT_THAT(reader.until("id: j.1\n"), HasSubstr("id: j.1\n"));
  EXPECT_EQ(ask(get("/v1/stream")).status, 429);
  EXPECT_EQ(ask(get("/livez")).status, 200);
}

TEST_F(StreamTest, EndsWithTheServer) {
  open();
  stream.add(event(1, ports::OutputTopic::alerts, ""));
  Reader reader(server->port(), "/v1/stream");
  EXPECT_THAT(reader.until("id: j.1\n"), HasSubstr("id: j.1\n"));
  server->stop();
  EXPECT_THAT(reader.to_the_end(), HasSubstr("id: j.1\n"));
}

TEST_F(StreamTest, HeadHasNoEvents) {
  open();
  stream.add(event(1, ports::OutputTopic::alerts, ""));
  RawClient client(server->port());
  ASSERT_TRUE(client.send("HEAD /v1/stream HTTP/1.1\r\nHost: localhost\r\n\r\n"));
  const auto reply = client.read_reply(true);
  ASSERT_TRUE(reply);
  EXPECT_EQ(reply->status, 200);
  EXPECT_TRUE(client.is_at_end());
}

}  // namespace
}  // namespace kentongan::http
