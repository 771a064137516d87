// SPDX-License-Identifier: Apache-2.0
#include "app/service_manager.hpp"

#include <fmt/format.h>
#include <sys/socket.h>
#include <sys/un.h>
#include <unistd.h>

#include <algorithm>
#include <charconv>
#include <cstddef>
#include <cstdlib>
#include <cstring>

namespace kentongan::app {
namespace {

std::string variable(const char* name) {
  const char* value = std::getenv(name);
  return value == nullptr ? "" : value;
}

/// A line break would begin a further variable of the protocol.
std::string one_line(std::string_view text) {
  std::string line(text);
  std::replace_if(
      line.begin(), line.end(), [](unsigned char c) { return c < 0x20 || c == 0x7f; }, ' ');
  return line;
}

}  // namespace

ServiceManager ServiceManager::from_environment() {
  const std::string of_process = variable("WATCHDOG_PID");
  const bool ours = of_process.empty() || of_process == fmt::to_string(getpid());
  return {variable("NOTIFY_SOCKET"), ours ? variable("WATCHDOG_USEC") : ""};
}

ServiceManager::ServiceManager(std::string socket, std::string_view watchdog_usec) : socket_(std::move(socket)) {
  std::int64_t limit = 0;
  std::from_chars(watchdog_usec.data(), watchdog_usec.data() + watchdog_usec.size(), limit);
  if (limit > 0) beat_ = std::chrono::microseconds(limit / 2);
}

void ServiceManager::ready(std::string_view status) const { send("READY=1\nSTATUS=" + one_line(status)); }
void ServiceManager::status(std::string_view text) const { send("STATUS=" + one_line(text)); }
void ServiceManager::stopping() const { send("STOPPING=1\nSTATUS=stopping"); }

void ServiceManager::alive(std::chrono::steady_clock::time_point now) {
  if (!beat_ || (last_ && now - *last_ < *beat_)) return;
  last_ = now;
  send("WATCHDOG=1");
}

void ServiceManager::send(const std::string& text) const {
  sockaddr_un address{};
  const bool known = socket_.starts_with('/') || socket_.starts_with('@');
  if (!known || socket_.size() < 2 || socket_.size() >= sizeof address.sun_path) return;
  address.sun_family = AF_UNIX;
  std::memcpy(address.sun_path, socket_.data(), socket_.size());
  if (socket_.front() == '@') address.sun_path[0] = 0;
  const int descriptor = ::socket(AF_UNIX, SOCK_DGRAM | SOCK_CLOEXEC | SOCK_NONBLOCK, 0);
  if (descriptor < 0) return;
  const auto length = static_cast<socklen_t>(offsetof(sockaddr_un, sun_path) + socket_.size());
  // A manager that does not listen is no reason to stop serving.
  [[maybe_unused]] const ssize_t sent =
      sendto(descriptor, text.data(), text.size(), MSG_NOSIGNAL, reinterpret_cast<const sockaddr*>(&address), length);
  ::close(descriptor);
}

}  // namespace kentongan::app
