// SPDX-License-Identifier: Apache-2.0
#include "app/demo/child_service.hpp"

#include <fcntl.h>
#include <fmt/format.h>
#include <sys/prctl.h>
#include <sys/wait.h>
#include <unistd.h>

#include <cerrno>
#include <csignal>
#include <cstdlib>
#include <fstream>
#include <sstream>
#include <thread>

#include "app/config.hpp"

namespace kentongan::app::demo {
namespace {

using namespace std::chrono_literals;

/// In the child, behind the fork: becomes the service.
[[noreturn]] void become_service(const char* config, const char* log, pid_t parent) {
  ::prctl(PR_SET_PDEATHSIG, SIGTERM);
  if (::getppid() != parent) std::_Exit(3);
  ::setsid();
  sigset_t none;
  sigemptyset(&none);
  ::sigprocmask(SIG_SETMASK, &none, nullptr);
  const int file = ::open(log, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0600);
  const int nothing = ::open("/dev/null", O_RDONLY | O_CLOEXEC);
  if (file < 0 || nothing < 0) std::_Exit(3);
  ::dup2(nothing, STDIN_FILENO);
  ::dup2(file, STDOUT_FILENO);
  ::dup2(file, STDERR_FILENO);
  ::execl("/proc/self/exe", "kentongan", "run", "--config", config, static_cast<char*>(nullptr));
  std::_Exit(3);
}

std::string text_of(const std::filesystem::path& path) {
  std::ostringstream text;
  const std::ifstream file(path, std::ios::binary);
  if (file) text << file.rdbuf();
  return text.str();
}

}  // namespace

Result<std::unique_ptr<ChildService>> ChildService::start(const std::filesystem::path& config,
                                                          const std::filesystem::path& log) {
  // The configuration that was written for it is all that counts.
  for (const std::string& name : environment_names()) ::unsetenv(name.c_str());
  const pid_t parent = ::getpid();
  const std::string config_text = config.string();
  const std::string log_text = log.string();
  const pid_t process = ::fork();
  if (process < 0) return fail(Error::Kind::failed, "cannot start the service: no more processes");
  if (process == 0) become_service(config_text.c_str(), log_text.c_str(), parent);
  std::unique_ptr<ChildService> service(new ChildService(process, log));
  if (!service->wait_until_ready(60s)) {
    return fail(Error::Kind::failed, fmt::format("the service did not start; its log:\n{}", service->end_of_log()));
  }
  return service;
}

ChildService::~ChildService() {
  if (process_ < 0) return;
  ::kill(process_, SIGKILL);
  (void)wait_end(5s);
}

bool ChildService::running() { return process_ >= 0 && !wait_end(0ms); }

bool ChildService::wait_end(std::chrono::milliseconds longest) {
  const auto until = std::chrono::steady_clock::now() + longest;
  while (process_ >= 0) {
    const pid_t ended = ::waitpid(process_, &status_, WNOHANG);
    if (ended == process_ || (ended < 0 && errno != EINTR)) process_ = -1;
    if (process_ < 0 || std::chrono::steady_clock::now() >= until) break;
    std::this_thread::sleep_for(10ms);
  }
  return process_ < 0;
}

bool ChildService::wait_until_ready(std::chrono::milliseconds longest) {
  constexpr std::string_view kReady = "msg=ready ";
  constexpr std::string_view kPort = " port=";
  const auto until = std::chrono::steady_clock::now() + longest;
  while (std::chrono::steady_clock::now() < until) {
    const std::string log = text_of(log_);
    const std::size_t ready = log.find(kReady);
    if (ready != std::string::npos && log.find('\n', ready) != std::string::npos) {
      const std::size_t port = log.find(kPort, ready);
      listen_ = fmt::format("127.0.0.1:{}", std::strtoul(log.c_str() + port + kPort.size(), nullptr, 10));
      return true;
    }
    if (!running()) return false;
    std::this_thread::sleep_for(20ms);
  }
  return false;
}

std::string ChildService::end_of_log() const {
  constexpr std::size_t kMost = 2000;
  std::string log = text_of(log_);
  return log.size() > kMost ? log.substr(log.size() - kMost) : log;
}

Result<void> ChildService::stop() {
  if (process_ >= 0) ::kill(process_, SIGTERM);
  const bool ended = wait_end(12s);
  if (ended && WIFEXITED(status_) && WEXITSTATUS(status_) == 0) return {};
  return fail(Error::Kind::failed, fmt::format("the service did not end cleanly; its log is {}", log_.string()));
}

}  // namespace kentongan::app::demo
