// SPDX-License-Identifier: Apache-2.0
//
// Loaded into the service by LD_PRELOAD: does something to it at the n-th request of a kind to a broker, before the
// request is sent or behind it, and moves its wall clock.
//
//   FAULT_AT=26:2  FAULT_WHEN=before|after  FAULT_DO=kill|stop|hang      the second request of API key 26 (EndTxn)
//   FAULT_CLOCK=FILE                                                     a text: milliseconds to add
//
// A request over a plain connection is one sendmsg() that begins with its size, API key and API version.
#include <dlfcn.h>
#include <signal.h>
#include <sys/socket.h>
#include <sys/time.h>
#include <time.h>
#include <unistd.h>

#include <atomic>
#include <cstdio>
#include <cstdlib>
#include <cstring>

namespace {

template <class Function>
Function next(const char* name) {
  return reinterpret_cast<Function>(dlsym(RTLD_NEXT, name));
}

struct Plan {
  int key = -1;
  long number = 0;
  bool before = true;
  enum class Deed { kill, stop, hang } deed = Deed::kill;
};

const Plan& plan() {
  static const Plan made = [] {
    Plan plan;
    const char* at = std::getenv("FAULT_AT");
    const char* when = std::getenv("FAULT_WHEN");
    const char* deed = std::getenv("FAULT_DO");
    if (at == nullptr || std::sscanf(at, "%d:%ld", &plan.key, &plan.number) != 2) plan.key = -1;
    plan.before = when == nullptr || std::strcmp(when, "before") == 0;
    if (deed != nullptr && std::strcmp(deed, "stop") == 0) plan.deed = Plan::Deed::stop;
    if (deed != nullptr && std::strcmp(deed, "hang") == 0) plan.deed = Plan::Deed::hang;
    return plan;
  }();
  return made;
}

/// API key of the request that the message begins with; -1: it begins with none.
int key_of(const msghdr* message) {
  if (message->msg_iovlen == 0 || message->msg_iov[0].iov_len < 8) return -1;
  size_t size = 0;
  for (size_t i = 0; i < message->msg_iovlen; ++i) size += message->msg_iov[i].iov_len;
  const auto* bytes = static_cast<const unsigned char*>(message->msg_iov[0].iov_base);
  const size_t told = (size_t{bytes[0]} << 24) | (size_t{bytes[1]} << 16) | (size_t{bytes[2]} << 8) | bytes[3];
  return told + 4 == size ? (bytes[4] << 8) | bytes[5] : -1;
}

void strike() {
  switch (plan().deed) {
    case Plan::Deed::kill:
      kill(getpid(), SIGKILL);
      break;
    case Plan::Deed::stop:
      kill(getpid(), SIGSTOP);
      break;
    case Plan::Deed::hang:
      for (;;) pause();
  }
}

/// Whether this is the request.
bool counts(const msghdr* message) {
  static std::atomic<long> seen{0};
  return plan().key >= 0 && key_of(message) == plan().key && ++seen == plan().number;
}

/// Nanoseconds to add to the wall clock; the file is read about ten times a second.
long long shift() {
  static const char* const file = std::getenv("FAULT_CLOCK");
  if (file == nullptr) return 0;
  static const auto real = next<int (*)(clockid_t, timespec*)>("clock_gettime");
  static std::atomic<long long> read{0};
  static std::atomic<long long> value{0};
  timespec now{};
  real(CLOCK_MONOTONIC, &now);
  const long long at = now.tv_sec * 10LL + now.tv_nsec / 100'000'000 + 1;
  if (read.exchange(at) == at) return value;
  if (FILE* const stream = std::fopen(file, "r")) {
    long long milliseconds = 0;
    if (std::fscanf(stream, "%lld", &milliseconds) == 1) value = milliseconds * 1'000'000;
    std::fclose(stream);
  }
  return value;
}

void add(long long nanoseconds, timespec* time) {
  long long sum = time->tv_sec * 1'000'000'000LL + time->tv_nsec + nanoseconds;
  time->tv_sec = sum / 1'000'000'000;
  time->tv_nsec = sum % 1'000'000'000;
}

}  // namespace

extern "C" {

ssize_t sendmsg(int socket, const msghdr* message, int flags) {
  static const auto real = next<ssize_t (*)(int, const msghdr*, int)>("sendmsg");
  const bool strikes = counts(message);
  if (strikes && plan().before) strike();
  const ssize_t sent = real(socket, message, flags);
  if (strikes && !plan().before) strike();
  return sent;
}

int clock_gettime(clockid_t clock, timespec* time) noexcept {
  static const auto real = next<int (*)(clockid_t, timespec*)>("clock_gettime");
  const int result = real(clock, time);
  if (result == 0 && clock == CLOCK_REALTIME) add(shift(), time);
  return result;
}

int gettimeofday(timeval* time, void* /*zone*/) noexcept {
  timespec exact{};
  if (clock_gettime(CLOCK_REALTIME, &exact) != 0) return -1;
  *time = {exact.tv_sec, exact.tv_nsec / 1000};
  return 0;
}

}  // extern "C"
