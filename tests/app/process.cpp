// SPDX-License-Identifier: Apache-2.0
#include "process.hpp"

#include <fcntl.h>
#include <signal.h>
#include <sys/wait.h>
#include <unistd.h>

#include <charconv>
#include <cstdlib>
#include <fstream>
#include <iterator>
#include <stdexcept>
#include <thread>

namespace kentongan::app::testing {
namespace {

using Clock = std::chrono::steady_clock;
using namespace std::chrono_literals;

/// In the child: standard streams from and to these files, then the program. Does not return.
[[noreturn]] void become(std::vector<std::string> arguments, const std::string& in, const std::string& out,
                         const std::string& err, const Environment& environment) {
  const int files[3] = {open(in.c_str(), O_RDONLY), open(out.c_str(), O_WRONLY | O_CREAT | O_APPEND, 0600),
                        open(err.c_str(), O_WRONLY | O_CREAT | O_APPEND, 0600)};
  for (int i = 0; i < 3; ++i) {
    if (files[i] < 0 || dup2(files[i], i) < 0) _exit(126);
  }
  // Whoever runs the tests may read another language.
  for (const char* name : {"LC_ALL", "LC_MESSAGES", "LANG"}) unsetenv(name);
  for (const auto& [name, value] : environment) setenv(name.c_str(), value.c_str(), 1);
  arguments.insert(arguments.begin(), KENTONGAN_BINARY);
  std::vector<char*> pointers;
  for (std::string& argument : arguments) pointers.push_back(argument.data());
  pointers.push_back(nullptr);
  execv(pointers[0], pointers.data());
  _exit(127);
}

std::optional<Finished> wait_for(pid_t process, std::chrono::milliseconds longest) {
  const auto until = Clock::now() + longest;
  int status = 0;
  while (waitpid(process, &status, WNOHANG) == 0) {
    if (Clock::now() >= until) return std::nullopt;
    std::this_thread::sleep_for(1ms);
  }
  Finished finished;
  if (WIFEXITED(status)) finished.code = WEXITSTATUS(status);
  if (WIFSIGNALED(status)) finished.signal = WTERMSIG(status);
  return finished;
}

}  // namespace

TemporaryFolder::TemporaryFolder() {
  std::string name = (std::filesystem::temp_directory_path() / "kentongan-test-XXXXXX").string();
  if (mkdtemp(name.data()) == nullptr) throw std::runtime_error("no temporary folder");
  path_ = name;
}

TemporaryFolder::~TemporaryFolder() {
  std::error_code ignored;
  std::filesystem::remove_all(path_, ignored);
}

void write_file(const std::filesystem::path& path, const std::string& text) {
  std::filesystem::create_directories(path.parent_path());
  std::ofstream(path, std::ios::binary) << text;
}

std::string read_file(const std::filesystem::path& path) {
  std::ifstream file(path, std::ios::binary);
  return {std::istreambuf_iterator<char>(file), {}};
}

Finished run_program(std::vector<std::string> arguments, const std::string& input,
                     const std::optional<std::string>& out, const Environment& environment) {
  const TemporaryFolder folder;
  write_file(folder / "in", input);
  const std::string written = out.value_or(folder / "out");
  const pid_t process = fork();
  if (process == 0) become(std::move(arguments), folder / "in", written, folder / "err", environment);
  auto finished = wait_for(process, 60s);
  if (!finished) {
    kill(process, SIGKILL);
    finished = wait_for(process, 10s);
  }
  if (!out) finished->out = read_file(written);
  finished->err = read_file(folder / "err");
  return *finished;
}

ServiceProcess::ServiceProcess(const std::string& config, std::filesystem::path log, const Environment& environment)
    : log_(std::move(log)) {
  std::filesystem::remove(log_);
  process_ = fork();
  if (process_ == 0) become({"run", "--config", config}, "/dev/null", "/dev/null", log_.string(), environment);
}

ServiceProcess::~ServiceProcess() {
  if (finished_) return;
  send_signal(SIGKILL);
  (void)wait_end(10s);
}

void ServiceProcess::send_signal(int signal) const {
  if (!finished_) kill(process_, signal);
}

std::optional<Finished> ServiceProcess::wait_end(std::chrono::milliseconds longest) {
  if (!finished_) finished_ = wait_for(process_, longest);
  if (finished_) finished_->err = log();
  return finished_;
}

std::optional<std::uint16_t> ServiceProcess::wait_ready() {
  const auto until = Clock::now() + 30s;
  while (Clock::now() < until) {
    const bool ended = wait_end(0ms).has_value();
    const std::string text = log();
    const std::size_t ready = text.find("msg=ready");
    const std::size_t port = ready == std::string::npos ? ready : text.find(" port=", ready);
    if (port != std::string::npos && text.find('\n', port) != std::string::npos) {
      std::uint16_t number = 0;
      std::from_chars(text.data() + port + 6, text.data() + text.size(), number);
      return number;
    }
    if (ended) return std::nullopt;
    std::this_thread::sleep_for(2ms);
  }
  return std::nullopt;
}

std::string ServiceProcess::log() const { return read_file(log_); }

}  // namespace kentongan::app::testing
