// SPDX-License-Identifier: Apache-2.0
//
// Loaded into the service by LD_PRELOAD: kills it at the n-th step to the disk, before the step or after it.
//
//   CRASH_AT=17 CRASH_WHEN=before|after CRASH_FILES=.db CRASH_CALL=connect|send|recv CRASH_PORT=8080
//
// Steps are those by which SQLite changes files: write, pwrite, fsync, fdatasync, ftruncate, unlink, where the file is
// a database or a log of one: its name holds CRASH_FILES. With CRASH_CALL each call of that name on a connection to
// CRASH_PORT of this machine is one too; a recv counts when something came.
#include <arpa/inet.h>
#include <dlfcn.h>
#include <fcntl.h>
#include <netinet/in.h>
#include <signal.h>
#include <sys/socket.h>
#include <sys/types.h>
#include <unistd.h>

#include <atomic>
#include <cstdio>
#include <cstdlib>
#include <cstring>

namespace {

std::atomic<long> steps{0};

long wanted() {
  static const long at = [] {
    const char* text = std::getenv("CRASH_AT");
    return text == nullptr ? -1 : std::atol(text);
  }();
  return at;
}

bool before() {
  static const bool answer = [] {
    const char* text = std::getenv("CRASH_WHEN");
    return text == nullptr || std::strcmp(text, "before") == 0;
  }();
  return answer;
}

bool is_database(const char* path) {
  static const char* const part = [] {
    const char* text = std::getenv("CRASH_FILES");
    return text == nullptr ? ".db" : text;
  }();
  return std::strstr(path, part) != nullptr;
}

bool is_database(int file) {
  char link[64];
  char path[1024];
  std::snprintf(link, sizeof link, "/proc/self/fd/%d", file);
  const ssize_t size = readlink(link, path, sizeof path - 1);
  if (size <= 0) return false;
  path[size] = '\0';
  return is_database(path);
}

bool is_receiver(const sockaddr* address, socklen_t size) {
  static const int port = [] {
    const char* text = std::getenv("CRASH_PORT");
    return text == nullptr ? -1 : std::atoi(text);
  }();
  if (size < sizeof(sockaddr_in) || address->sa_family != AF_INET) return false;
  return ntohs(reinterpret_cast<const sockaddr_in*>(address)->sin_port) == port;
}

bool is_receiver(int socket) {
  sockaddr_in address{};
  socklen_t size = sizeof address;
  return getpeername(socket, reinterpret_cast<sockaddr*>(&address), &size) == 0 &&
         is_receiver(reinterpret_cast<const sockaddr*>(&address), size);
}

bool calls(const char* name) {
  static const char* const wanted_call = std::getenv("CRASH_CALL");
  return wanted_call != nullptr && std::strcmp(wanted_call, name) == 0;
}

template <class Function>
Function next(const char* name) {
  return reinterpret_cast<Function>(dlsym(RTLD_NEXT, name));
}

/// Does the step, or kills the process before or after it.
template <class Do>
auto step(bool counts, Do perform) {
  if (!counts || wanted() < 0) return perform();
  const long number = ++steps;
  if (number == wanted() && before()) kill(getpid(), SIGKILL);
  const auto result = perform();
  if (number == wanted()) kill(getpid(), SIGKILL);
  return result;
}

}  // namespace

extern "C" {

ssize_t pwrite64(int file, const void* data, size_t size, off64_t at) {
  static const auto real = next<ssize_t (*)(int, const void*, size_t, off64_t)>("pwrite64");
  return step(is_database(file), [&] { return real(file, data, size, at); });
}

ssize_t pwrite(int file, const void* data, size_t size, off_t at) {
  static const auto real = next<ssize_t (*)(int, const void*, size_t, off_t)>("pwrite");
  return step(is_database(file), [&] { return real(file, data, size, at); });
}

ssize_t write(int file, const void* data, size_t size) {
  static const auto real = next<ssize_t (*)(int, const void*, size_t)>("write");
  return step(is_database(file), [&] { return real(file, data, size); });
}

int fsync(int file) {
  static const auto real = next<int (*)(int)>("fsync");
  return step(is_database(file), [&] { return real(file); });
}

int fdatasync(int file) {
  static const auto real = next<int (*)(int)>("fdatasync");
  return step(is_database(file), [&] { return real(file); });
}

int ftruncate64(int file, off64_t size) noexcept {
  static const auto real = next<int (*)(int, off64_t)>("ftruncate64");
  return step(is_database(file), [&] { return real(file, size); });
}

int connect(int socket, const sockaddr* address, socklen_t size) {
  static const auto real = next<int (*)(int, const sockaddr*, socklen_t)>("connect");
  return step(calls("connect") && is_receiver(address, size), [&] { return real(socket, address, size); });
}

ssize_t send(int socket, const void* data, size_t size, int flags) {
  static const auto real = next<ssize_t (*)(int, const void*, size_t, int)>("send");
  return step(calls("send") && is_receiver(socket), [&] { return real(socket, data, size, flags); });
}

ssize_t recv(int socket, void* data, size_t size, int flags) {
  static const auto real = next<ssize_t (*)(int, void*, size_t, int)>("recv");
  const ssize_t came = real(socket, data, size, flags);
  return step(came > 0 && calls("recv") && is_receiver(socket), [&] { return came; });
}

int unlink(const char* path) noexcept {
  static const auto real = next<int (*)(const char*)>("unlink");
  return step(is_database(path), [&] { return real(path); });
}

}  // extern "C"
