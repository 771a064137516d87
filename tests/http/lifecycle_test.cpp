// SPDX-License-Identifier: Apache-2.0
// Start and stop: addresses, ports in use, requests in hand, answers that come when the server is gone.
#include <gmock/gmock.h>

#include <thread>

#include "server_fixture.hpp"

namespace kentongan::http {
namespace {

using std::chrono::milliseconds;
using ::testing::HasSubstr;
const std::string kPost = post("/v1/events", "application/json", "{}");

class LifecycleTest : public ServerTest {
 protected:
  [[nodiscard]] Error start_fails(const std::string& listen) {
    Options options;
    options.listen = listen;
    auto started = Server::start(options, api);
    if (started) ADD_FAILURE() << "it listens on " << listen;
    return started ? Error{} : started.error();
  }
  [[nodiscard]] FakeApi::SubmitDone wait_for_submit() {
    std::vector<FakeApi::SubmitDone> held;
    while (held.empty()) {
      held = api.take_held();
      std::this_thread::sleep_for(milliseconds(1));
    }
    return held.front();
  }
};

TEST_F(LifecycleTest, AddressesBeyondLoopbackAreRefusedWithTheReason) {
  for (const auto* listen : {"0.0.0.0:8080", "[::]:8080", "10.1.2.3:8080", "example.org:80", "128.0.0.1:1"}) {
    const auto error = start_fails(listen);
    EXPECT_EQ(error.kind, Error::Kind::usage) << listen;
    EXPECT_THAT(error.message, HasSubstr("no access token")) << listen;
  }
}

TEST_F(LifecycleTest, AddressesThatAreNoneAreRefusedWithAnExample) {
  for (const auto* listen :
       {"", "8080", "127.0.0.1", "127.0.0.1:", "127.0.0.1:65536", "127.0.0.1:80x", "[::1", "::1:80"}) {
    const auto error = start_fails(listen);
    EXPECT_EQ(error.kind, Error::Kind::usage) << listen;
    EXPECT_THAT(error.message, HasSubstr("127.0.0.1:8080")) << listen;
  }
}

TEST_F(LifecycleTest, APortInUseIsAFailureThatSaysWhatToDo) {
  start();
  const auto error = start_fails("127.0.0.1:" + std::to_string(server->port()));
  EXPECT_EQ(error.kind, Error::Kind::failed);
  EXPECT_THAT(error.message, HasSubstr("choose another port"));
}

TEST_F(LifecycleTest, LocalhostAndIPv6AreLoopback) {
  for (const auto* listen : {"localhost:0", "[::1]:0", "127.0.0.2:0"}) {
    Options options;
    options.listen = listen;
    const auto started = Server::start(options, api);
    ASSERT_TRUE(started) << listen << ": " << started.error().message;
    EXPECT_NE((*started)->port(), 0) << listen;
  }
}

TEST_F(LifecycleTest, AConfiguredHostIsServed) {
  Options options;
  options.allowed_host = "kentongan.example";
  start(options);
  EXPECT_EQ(ask("GET /livez HTTP/1.1\r\nHost: Kentongan.example\r\n\r\n").status, 200);
  EXPECT_EQ(ask("GET /livez HTTP/1.1\r\nHost: other.example\r\n\r\n").status, 421);
}

TEST_F(LifecycleTest, StopClosesRestingConnectionsAndTakesNoMore) {
  start();
  RawClient resting(server->port());
  resting.send(get("/livez"));
  ASSERT_TRUE(resting.read_reply());
  RawClient silent(server->port());
  const auto port = server->port();
  server->stop();
  EXPECT_TRUE(resting.is_at_end());
  EXPECT_TRUE(silent.is_at_end());
  EXPECT_THROW(RawClient again(port), std::runtime_error);
  server->stop();
}

TEST_F(LifecycleTest, ARequestInHandIsFinishedWithClose) {
  start();
  api.set([](FakeApi& fake) { fake.hold_ = true; });
  RawClient client(server->port());
  client.send(kPost + kPost);
  const auto done = wait_for_submit();
  std::thread stopping([this] { server->stop(); });
  bool refused = false;
  while (!refused) {
    try {
      RawClient probe(server->port());
      std::this_thread::sleep_for(milliseconds(1));
    } catch (const std::runtime_error&) {
      refused = true;  // the server has begun to stop
    }
  }
  done({.accepted = 1, .rejected = {}, .message = {}});
  const auto reply = client.read_reply();
  ASSERT_TRUE(reply);
  EXPECT_EQ(reply->status, 202);
  EXPECT_EQ(reply->header("Connection"), "close");
  EXPECT_TRUE(client.is_at_end());
  stopping.join();
  EXPECT_EQ(api.submitted().size(), 1U);
}

TEST_F(LifecycleTest, ARequestThatIsNotAnsweredDoesNotHoldUpStop) {
  Options options;
  options.stop_timeout = milliseconds(50);
  start(options);
  api.set([](FakeApi& fake) { fake.hold_ = true; });
  RawClient client(server->port());
  client.send(kPost);
  const auto done = wait_for_submit();
  server->stop();
  done({.accepted = 1, .rejected = {}, .message = {}});
  server.reset();
  EXPECT_FALSE(client.read_reply());
  done({.accepted = 1, .rejected = {}, .message = {}});
}

TEST_F(LifecycleTest, AnswersFromOtherThreadsWhileManyClientsAskAndTheServerStops) {
  Options options;
  options.threads = 2;
  options.stop_timeout = milliseconds(20);
  start(options);
  api.set([](FakeApi& fake) { fake.hold_ = true; });
  std::atomic<bool> over{false};
  std::thread answering([&] {
    while (!over) {
      for (const auto& done : api.take_held()) done({.accepted = 1, .rejected = {}, .message = {}});
    }
  });
  std::atomic<int> answered{0};
  std::vector<std::thread> clients;
  for (int i = 0; i < 4; ++i) {
    clients.emplace_back([&, port = server->port()] {
      try {
        RawClient client(port);
        while (client.send(kPost + get("/v1/risk"))) {
          if (!client.read_reply() || !client.read_reply()) return;
          ++answered;
        }
      } catch (const std::runtime_error&) {
        // the server was stopped before this client connected
      }
    });
  }
  while (answered < 200) std::this_thread::sleep_for(milliseconds(1));
  server->stop();
  server.reset();
  for (auto& client : clients) client.join();
  over = true;
  answering.join();
}

class CountingObserver : public Observer {
 public:
  void answered(std::string_view route, std::string_view method, unsigned status, std::chrono::nanoseconds) override {
    const std::lock_guard lock(mutex_);
    seen_ += std::string(method) + " " + std::string(route) + " " + std::to_string(status) + "\n";
  }
  void rejected(RejectReason reason) override {
    const std::lock_guard lock(mutex_);
    seen_ += std::string(name_of(reason)) + "\n";
  }
  void connections(std::size_t open) override {
    const std::lock_guard lock(mutex_);
    most_ = std::max(most_, open);
    open_ = open;
  }
  std::mutex mutex_;
  std::string seen_;
  std::size_t most_ = 0;
  std::size_t open_ = 0;
};

TEST_F(LifecycleTest, TheObserverSeesRoutesAndNeverWhatWasSent) {
  CountingObserver observer;
  Options options;
  options.linger_timeout = milliseconds(50);
  start(options, &observer);
  api.set([](FakeApi& fake) {
    fake.intake_ = {.accepted = 1, .rejected = {{0, RejectReason::too_large, "", ""}}, .message = {}};
  });
  EXPECT_EQ(ask(kPost).status, 202);
  EXPECT_EQ(ask(get("/v1/alerts/secret")).status, 404);
  EXPECT_EQ(ask("PUT /secret HTTP/1.1\r\nHost: localhost\r\n\r\n").status, 404);
  EXPECT_EQ(ask("x\r\n\r\n").status, 400);
  server->stop();
  EXPECT_EQ(observer.seen_,
            "too_large\nPOST /v1/events 202\nGET /v1/alerts/{id} 404\nother other 404\nother other 400\n");
  EXPECT_GE(observer.most_, 1U);
}

}  // namespace
}  // namespace kentongan::http
