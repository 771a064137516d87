// SPDX-License-Identifier: Apache-2.0
#include "adapters/web/client.hpp"

#include <arpa/inet.h>
#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <netinet/in.h>
#include <sys/socket.h>
#include <unistd.h>

#include <functional>
#include <string>
#include <thread>

namespace kentongan::web {
namespace {

using ::testing::HasSubstr;
using ::testing::Not;

/// A server on loopback that answers each connection with these bytes, and then closes it or waits.
class RawServer {
 public:
  explicit RawServer(std::string bytes, bool waits = false) : bytes_(std::move(bytes)), waits_(waits) {
    listener_ = socket(AF_INET, SOCK_STREAM, 0);
    sockaddr_in address{};
    address.sin_family = AF_INET;
    address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
    socklen_t size = sizeof address;
    EXPECT_EQ(bind(listener_, reinterpret_cast<sockaddr*>(&address), size), 0);
    EXPECT_EQ(listen(listener_, 8), 0);
    EXPECT_EQ(getsockname(listener_, reinterpret_cast<sockaddr*>(&address), &size), 0);
    port_ = ntohs(address.sin_port);
    thread_ = std::thread([this] { serve(); });
  }
  ~RawServer() {
    shutdown(listener_, SHUT_RDWR);
    thread_.join();
    close(listener_);
  }
  [[nodiscard]] std::string url(const std::string& path = "/x") const {
    return "http://127.0.0.1:" + std::to_string(port_) + path;
  }
  [[nodiscard]] int asked() const { return asked_; }
  [[nodiscard]] const std::string& request() const { return request_; }

 private:
  void serve() {
    for (;;) {
      const int connection = accept(listener_, nullptr, nullptr);
      if (connection < 0) return;
      ++asked_;
      char buffer[65536];
      while (request_.find("\r\n\r\n") == std::string::npos) {
        const ssize_t size = read(connection, buffer, sizeof buffer);
        if (size <= 0) break;
        request_.append(buffer, static_cast<std::size_t>(size));
      }
      std::size_t sent = 0;
      while (sent < bytes_.size()) {
        const ssize_t size = ::send(connection, bytes_.data() + sent, bytes_.size() - sent, MSG_NOSIGNAL);
        if (size <= 0) break;
        sent += static_cast<std::size_t>(size);
      }
      if (waits_) [[maybe_unused]]
        const ssize_t end = read(connection, buffer, sizeof buffer);  // until it is given up
      close(connection);
    }
  }
  std::string bytes_;
  bool waits_;
  int listener_ = -1;
  std::uint16_t port_ = 0;
  std::atomic<int> asked_{0};
  std::string request_;
  std::thread thread_;
};

Network own() {
  Network network;
  network.own_networks = true;
  network.whole = std::chrono::seconds(10);
  return network;
}

std::string answer(const std::string& head, const std::string& body) {
  return "HTTP/1.1 " + head + "\r\nContent-Length: " + std::to_string(body.size()) + "\r\nConnection: close\r\n\r\n" +
         body;
}

TEST(WebClient, SendsAndReads) {
  RawServer server(answer("200 OK", "well"));
  const auto said = Client(own()).send(Request{"POST", server.url("/a?b=c"), {{"X-Name", "value"}}, "body"});
  EXPECT_EQ(said.reached, Reached::answered) << said.why;
  EXPECT_EQ(said.status, 200);
  EXPECT_EQ(said.body, "well");
  EXPECT_THAT(server.request(), HasSubstr("POST /a?b=c HTTP/1.1\r\n"));
  EXPECT_THAT(server.request(), HasSubstr("\r\nX-Name: value\r\n"));
}

TEST(WebClient, NoHeaderBeginsAnother) {
  RawServer server(answer("200 OK", ""));
  const auto said = Client(own()).send(Request{"POST", server.url(), {{"X-Name", "value\r\nX-Evil: 1"}}, ""});
  EXPECT_EQ(said.status, 200) << said.why;
  EXPECT_THAT(server.request(), Not(HasSubstr("X-Evil")));
}

TEST(WebClient, ReachesNoOwnNetworkUnlessTold) {
  RawServer server(answer("200 OK", "secret"));
  Network strangers = own();
  strangers.own_networks = false;
  const Client client(strangers);
  std::string url = server.url();
  EXPECT_EQ(client.send(Request{"GET", url}).reached, Reached::forbidden) << "http is for own networks";
  url.replace(0, 4, "https");
  const auto said = client.send(Request{"GET", url});
  EXPECT_EQ(said.reached, Reached::forbidden);
  EXPECT_THAT(said.why, HasSubstr("notify.own_networks"));
  EXPECT_EQ(server.asked(), 0);
}

TEST(WebClient, FollowsNoRedirect) {
  RawServer inner(answer("200 OK", "secret"));
  RawServer outer("HTTP/1.1 302 Found\r\nLocation: " + inner.url() +
                  "\r\nContent-Length: 0\r\nConnection: close\r\n\r\n");
  const auto said = Client(own()).send(Request{"POST", outer.url(), {}, "x"});
  EXPECT_EQ(said.status, 302);
  EXPECT_EQ(inner.asked(), 0);
}

TEST(WebClient, OtherSchemesAreNoURLs) {
  for (const char* url :
       {"file:///etc/passwd", "gopher://127.0.0.1/", "ftp://127.0.0.1/", "smtp://127.0.0.1/", "", "::"}) {
    const auto said = Client(own()).send(Request{"GET", url});
    EXPECT_EQ(said.reached, Reached::wrong_url) << url << ": " << said.why;
  }
}

TEST(WebClient, AnAnswerIsCutAtItsBound) {
  RawServer server("HTTP/1.1 200 OK\r\nConnection: close\r\n\r\n" + std::string(200'000, 'x'));
  Network network = own();
  network.answer_bytes = 1000;
  const auto said = Client(network).send(Request{"GET", server.url()});
  EXPECT_EQ(said.reached, Reached::answered);
  EXPECT_EQ(said.status, 200);
  EXPECT_TRUE(said.cut);
  EXPECT_EQ(said.body.size(), 1000U);
}

TEST(WebClient, WhatIsNotWholeIsNoAnswer) {
  for (const char* bytes :
       {"", "HTTP/1.1 2", "HTTP/1.1 200 OK\r\nContent-Length: 100\r\n\r\nhalf", "garbage\r\n\r\n"}) {
    RawServer server(bytes);
    const auto said = Client(own()).send(Request{"POST", server.url(), {}, "x"});
    EXPECT_EQ(said.reached, Reached::unreachable) << bytes << ": " << said.status;
    EXPECT_FALSE(said.why.empty());
  }
}

TEST(WebClient, GivesUpOnWhoeverHangs) {
  RawServer server("HTTP/1.1 200 OK\r\n", true);
  Network network = own();
  network.whole = std::chrono::milliseconds(300);
  const auto said = Client(network).send(Request{"POST", server.url(), {}, "x"});
  EXPECT_EQ(said.reached, Reached::unreachable);
  EXPECT_THAT(said.why, HasSubstr("127.0.0.1"));
}

TEST(WebClient, StopsWhenAsked) {
  RawServer server("HTTP/1.1 200 OK\r\n", true);
  const std::atomic<bool> stop{true};
  Network network = own();
  network.whole = std::chrono::minutes(5);
  network.stop = &stop;
  EXPECT_EQ(Client(network).send(Request{"GET", server.url()}).reached, Reached::stopped);
}

TEST(WebClient, ReadsHowLongToWait) {
  RawServer server(
      "HTTP/1.1 429 Too Many Requests\r\nRetry-After: 7\r\nContent-Length: 0\r\nConnection: close\r\n\r\n");
  const auto said = Client(own()).send(Request{"POST", server.url(), {}, "x"});
  EXPECT_EQ(said.status, 429);
  EXPECT_EQ(said.retry_after, std::chrono::seconds(7));
}

TEST(WebClient, NeverRepeatsWhatFollowsTheHost) {
  Network network = own();
  network.connect = std::chrono::milliseconds(500);
  const auto said = Client(network).send(Request{"POST", "http://127.0.0.1:1/bot123:SECRET/send?key=SECRET", {}, "x"});
  EXPECT_EQ(said.reached, Reached::unreachable);
  EXPECT_THAT(said.why, Not(HasSubstr("SECRET")));
}

}  // namespace
}  // namespace kentongan::web
