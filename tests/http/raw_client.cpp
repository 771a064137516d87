// SPDX-License-Identifier: Apache-2.0
#include "raw_client.hpp"

#include <arpa/inet.h>
#include <netinet/in.h>
#include <sys/socket.h>
#include <sys/time.h>
#include <unistd.h>

#include <array>
#include <cstdlib>
#include <utility>

namespace kentongan::http {
namespace {

void give_up_after(int socket, int seconds) {
  const timeval limit{seconds, 0};
  setsockopt(socket, SOL_SOCKET, SO_RCVTIMEO, &limit, sizeof limit);
  setsockopt(socket, SOL_SOCKET, SO_SNDTIMEO, &limit, sizeof limit);
}

}  // namespace

std::string WireReply::header(std::string_view name) const {
  const auto at = head.find("\r\n" + std::string(name) + ": ");
  if (at == std::string::npos) return {};
  const auto begin = at + name.size() + 4;
  return head.substr(begin, head.find("\r\n", begin) - begin);
}

RawClient::RawClient(std::uint16_t port) : socket_(::socket(AF_INET, SOCK_STREAM, 0)) {
  sockaddr_in address{};
  address.sin_family = AF_INET;
  address.sin_port = htons(port);
  address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
  give_up_after(socket_, 20);
  if (::connect(socket_, reinterpret_cast<const sockaddr*>(&address), sizeof address) != 0) {
    ::close(socket_);
    throw NobodyListens("cannot connect");
  }
}

RawClient::RawClient(RawClient&& other) noexcept
    : socket_(std::exchange(other.socket_, -1)), inbox_(std::move(other.inbox_)) {}

RawClient::~RawClient() {
  if (socket_ >= 0) ::close(socket_);
}

bool RawClient::send(std::string_view bytes) {
  while (!bytes.empty()) {
    const auto sent = ::send(socket_, bytes.data(), bytes.size(), MSG_NOSIGNAL);
    if (sent <= 0) return false;
    bytes.remove_prefix(static_cast<std::size_t>(sent));
  }
  return true;
}

const std::string& RawClient::read_until(std::string_view text) {
  while (inbox_.find(text) == std::string::npos && fill()) {
  }
  return inbox_;
}

const std::string& RawClient::read_to_end() {
  while (fill()) {
  }
  return inbox_;
}

bool RawClient::fill() {
  std::array<char, 65536> piece{};
  const auto count = ::recv(socket_, piece.data(), piece.size(), 0);
  if (count <= 0) return false;
  inbox_.append(piece.data(), static_cast<std::size_t>(count));
  return true;
}

std::optional<WireReply> RawClient::read_reply(bool without_body) {
  auto end = inbox_.find("\r\n\r\n");
  while (end == std::string::npos) {
    if (!fill()) return std::nullopt;
    end = inbox_.find("\r\n\r\n");
  }
  WireReply reply;
  reply.head = inbox_.substr(0, end + 2);
  reply.status = std::atoi(reply.head.substr(9, 3).c_str());
  inbox_.erase(0, end + 4);
  if (without_body || reply.status < 200) return reply;
  const auto length = static_cast<std::size_t>(std::strtoull(reply.header("Content-Length").c_str(), nullptr, 10));
  while (inbox_.size() < length) {
    if (!fill()) return std::nullopt;
  }
  reply.body = inbox_.substr(0, length);
  inbox_.erase(0, length);
  return reply;
}

bool RawClient::is_at_end() { return inbox_.empty() && !fill() && inbox_.empty(); }

std::optional<WireReply> exchange(std::uint16_t port, std::string_view bytes, bool without_body) {
  try {
    RawClient client(port);
    client.send(bytes);
    return client.read_reply(without_body);
  } catch (const NobodyListens&) {
    return std::nullopt;
  }
}

std::string get(std::string_view path) { return "GET " + std::string(path) + " HTTP/1.1\r\nHost: localhost\r\n\r\n"; }

std::string post(std::string_view path, std::string_view content_type, std::string_view body) {
  return "POST " + std::string(path) + " HTTP/1.1\r\nHost: localhost\r\nContent-Type: " + std::string(content_type) +
         "\r\nContent-Length: " + std::to_string(body.size()) + "\r\n\r\n" + std::string(body);
}

}  // namespace kentongan::http
