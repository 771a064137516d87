// SPDX-License-Identifier: Apache-2.0
// A client of POST /v1/events that is not slower than the service: one thread, some connections, on each one request in
// flight. Sends the events of a file, so many a request, and prints one JSON object. benchmarks/run uses it.
#include <arpa/inet.h>
#include <fcntl.h>
#include <fmt/format.h>
#include <netinet/tcp.h>
#include <poll.h>
#include <sys/socket.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <chrono>
#include <cstdint>
#include <cstdlib>
#include <cstring>
#include <fstream>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace {

using Clock = std::chrono::steady_clock;

[[noreturn]] void die(const std::string& what) {
  fmt::print(stderr, "http_bench: {}\n", what);
  std::exit(3);
}

double seconds_since(Clock::time_point start) { return std::chrono::duration<double>(Clock::now() - start).count(); }

struct Request {
  std::string bytes;
  std::size_t events = 0;
};

std::string as_request(std::string_view kind, std::string_view body) {
  return fmt::format("POST /v1/events HTTP/1.1\r\nHost: 127.0.0.1\r\nContent-Type: {}\r\nContent-Length: {}\r\n\r\n{}",
                     kind, body.size(), body);
}

std::vector<Request> requests_of(const std::string& path, std::size_t batch) {
  std::ifstream file(path);
  if (!file) die(path + " cannot be read");
  std::vector<Request> requests;
  std::string body;
  std::size_t held = 0;
  const auto flush = [&] {
    if (held == 0) return;
    requests.push_back({as_request(batch == 1 ? "application/cloudevents+json" : "application/x-ndjson", body), held});
    body.clear();
    held = 0;
  };
  for (std::string line; std::getline(file, line);) {
    body += line;
    if (batch > 1) body += '\n';
    if (++held == batch) flush();
  }
  flush();
  return requests;
}

/// One connection: nothing, or one request that is on its way.
class Connection {
 public:
  explicit Connection(std::uint16_t port) {
    socket_ = socket(AF_INET, SOCK_STREAM, 0);
    sockaddr_in address{};
    address.sin_family = AF_INET;
    address.sin_port = htons(port);
    address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
    if (connect(socket_, reinterpret_cast<sockaddr*>(&address), sizeof address) != 0) die(std::strerror(errno));
    const int on = 1;
    setsockopt(socket_, IPPROTO_TCP, TCP_NODELAY, &on, sizeof on);
    fcntl(socket_, F_SETFL, fcntl(socket_, F_GETFL) | O_NONBLOCK);
  }
  Connection(Connection&& other) noexcept : socket_(other.socket_) { other.socket_ = -1; }
  Connection& operator=(Connection&&) = delete;
  ~Connection() {
    if (socket_ >= 0) close(socket_);
  }

  void begin(const Request& request) {
    request_ = &request;
    sent_ = 0;
    reply_.clear();
    began_ = Clock::now();
    send_more();
  }
  /// Sends what is left, as far as the socket takes it.
  void send_more() {
    while (sent_ < request_->bytes.size()) {
      const ssize_t took =
          ::send(socket_, request_->bytes.data() + sent_, request_->bytes.size() - sent_, MSG_NOSIGNAL);
      if (took < 0 && (errno == EAGAIN || errno == EINTR)) return;
      if (took <= 0) die("a connection has ended while it was written to");
      sent_ += static_cast<std::size_t>(took);
    }
  }
  /// The status once the whole reply has come, else 0.
  int receive_more() {
    char buffer[16384];
    const ssize_t got = recv(socket_, buffer, sizeof buffer, 0);
    if (got < 0 && (errno == EAGAIN || errno == EINTR)) return 0;
    if (got <= 0) die("a connection has ended before its reply");
    reply_.append(buffer, static_cast<std::size_t>(got));
    const std::size_t end = reply_.find("\r\n\r\n");
    if (end == std::string::npos) return 0;
    const std::size_t length = reply_.find("Content-Length: ");
    const std::size_t body = length < end ? std::strtoul(reply_.c_str() + length + 16, nullptr, 10) : std::size_t{0};
    if (reply_.size() < end + 4 + body) return 0;
    return static_cast<int>(std::strtol(reply_.c_str() + 9, nullptr, 10));
  }

  [[nodiscard]] pollfd wanted() const {
    const bool writing = busy() && sent_ < request_->bytes.size();
    return {socket_, static_cast<short>(writing ? POLLIN | POLLOUT : POLLIN), 0};
  }
  [[nodiscard]] bool busy() const { return request_ != nullptr; }
  const Request& finish() { return *std::exchange(request_, nullptr); }
  [[nodiscard]] double seconds() const { return seconds_since(began_); }
  [[nodiscard]] const std::string& reply() const { return reply_; }

 private:
  int socket_ = -1;
  const Request* request_ = nullptr;
  std::size_t sent_ = 0;
  std::string reply_;
  Clock::time_point began_;
};

struct Told {
  std::size_t events = 0, requests = 0, held_back = 0;
  std::vector<double> milliseconds;
  double seconds = 0;
};

class Client {
 public:
  Client(const std::vector<Request>& requests, std::uint16_t port, std::size_t connections) : requests_(requests) {
    for (std::size_t i = 0; i < connections; ++i) connections_.emplace_back(port);
  }

  Told run() {
    const auto start = Clock::now();
    std::vector<pollfd> wanted(connections_.size());
    while (told_.requests < requests_.size()) {
      for (std::size_t i = 0; i < connections_.size(); ++i) {
        if (!connections_[i].busy()) begin_next(connections_[i]);
        wanted[i] = connections_[i].wanted();
      }
      if (poll(wanted.data(), wanted.size(), 100) < 0 && errno != EINTR) die(std::strerror(errno));
      for (std::size_t i = 0; i < connections_.size(); ++i) {
        if (!connections_[i].busy()) continue;
        if ((wanted[i].revents & POLLOUT) != 0) connections_[i].send_more();
        if ((wanted[i].revents & (POLLIN | POLLHUP | POLLERR)) != 0) replied(connections_[i]);
      }
    }
    told_.seconds = seconds_since(start);
    return std::move(told_);
  }

 private:
  void begin_next(Connection& connection) {
    if (Clock::now() < not_before_) return;
    if (!again_.empty()) {
      connection.begin(*again_.back());
      again_.pop_back();
    } else if (next_ < requests_.size()) {
      connection.begin(requests_[next_++]);
    }
  }
  void replied(Connection& connection) {
    const int status = connection.receive_more();
    if (status == 0) return;
    const double took = connection.seconds();
    const Request& request = connection.finish();
    if (status == 429) {
      // As a good sender does: later, the same again.
      ++told_.held_back;
      again_.push_back(&request);
      not_before_ = Clock::now() + std::chrono::milliseconds(50);
      return;
    }
    if (status != 202) die("an unexpected reply: " + connection.reply().substr(0, 500));
    told_.events += request.events;
    ++told_.requests;
    told_.milliseconds.push_back(took * 1000);
  }

  const std::vector<Request>& requests_;
  std::vector<Connection> connections_;
  std::vector<const Request*> again_;
  std::size_t next_ = 0;
  Clock::time_point not_before_;
  Told told_;
};

}  // namespace

int main(int argc, char** argv) {
  if (argc != 5) {
    fmt::print(stderr, "usage: http_bench PORT FILE EVENTS-A-REQUEST CONNECTIONS\n");
    return 2;
  }
  const std::vector<Request> requests = requests_of(argv[2], std::strtoul(argv[3], nullptr, 10));
  if (requests.empty()) die("no event to send");
  const auto port = static_cast<std::uint16_t>(std::strtoul(argv[1], nullptr, 10));
  Told told = Client(requests, port, std::strtoul(argv[4], nullptr, 10)).run();
  std::sort(told.milliseconds.begin(), told.milliseconds.end());
  const auto at = [&](double share) {
    const auto index = static_cast<std::size_t>(share * static_cast<double>(told.milliseconds.size()));
    return told.milliseconds[std::min(index, told.milliseconds.size() - 1)];
  };
  fmt::print(R"({{"events":{},"requests":{},"held_back":{},"seconds":{:.3f},"p50_ms":{:.2f},"p99_ms":{:.2f},)"
             R"("max_ms":{:.2f}}})"
             "\n",
             told.events, told.requests, told.held_back, told.seconds, at(0.5), at(0.99), at(1));
  return 0;
}
