// SPDX-License-Identifier: Apache-2.0
// What systemd is told, by a socket that plays it; and the clock that is set.
#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <signal.h>
#include <sys/socket.h>
#include <sys/un.h>
#include <unistd.h>

#include <cstring>

#include "app/clock_jumps.hpp"
#include "app/service_manager.hpp"
#include "process.hpp"

namespace kentongan::app {
namespace {

using namespace std::chrono_literals;
using ::testing::Contains;
using ::testing::HasSubstr;
using testing::ServiceProcess;
using testing::TemporaryFolder;

class FakeManager {
 public:
  explicit FakeManager(const std::string& path) {
    socket_ = socket(AF_UNIX, SOCK_DGRAM | SOCK_CLOEXEC, 0);
    sockaddr_un address{};
    address.sun_family = AF_UNIX;
    std::memcpy(address.sun_path, path.data(), path.size());
    if (bind(socket_, reinterpret_cast<const sockaddr*>(&address), sizeof address) != 0) ADD_FAILURE() << path;
    const timeval patience{20, 0};
    setsockopt(socket_, SOL_SOCKET, SO_RCVTIMEO, &patience, sizeof patience);
  }
  ~FakeManager() { close(socket_); }
  /// The next message; empty: none came.
  std::string receive() const {
    std::string text(1024, 0);
    const ssize_t size = recv(socket_, text.data(), text.size(), 0);
    text.resize(size < 0 ? 0 : static_cast<std::size_t>(size));
    return text;
  }

 private:
  int socket_ = -1;
};

TEST(ServiceManager, SaysWhatHappensInTheProtocolOfSystemd) {
  const TemporaryFolder folder;
  const FakeManager systemd(folder / "notify");
  const ServiceManager manager(folder / "notify", "");
  manager.ready("listening on [::1]:1\nMAINPID=1");
  EXPECT_EQ(systemd.receive(), "READY=1\nSTATUS=listening on [::1]:1 MAINPID=1") << "a line break would be a command";
  manager.stopping();
  EXPECT_EQ(systemd.receive(), "STOPPING=1\nSTATUS=stopping");
}

TEST(ServiceManager, BeatsAsOftenAsItIsAskedTo) {
  const TemporaryFolder folder;
  const FakeManager systemd(folder / "notify");
  ServiceManager manager(folder / "notify", "10000000");
  EXPECT_EQ(manager.beat(), 5s);
  const std::chrono::steady_clock::time_point start{};
  for (int second = 0; second < 11; ++second) manager.alive(start + std::chrono::seconds(second));
  manager.status("done");
  EXPECT_EQ(systemd.receive(), "WATCHDOG=1");
  EXPECT_EQ(systemd.receive(), "WATCHDOG=1");
  EXPECT_EQ(systemd.receive(), "WATCHDOG=1");
  EXPECT_EQ(systemd.receive(), "STATUS=done");
}

TEST(ServiceManager, WithoutASocketNothingHappens) {
  for (const std::string& socket : {std::string(), std::string("/nowhere/at/all"), std::string("relative"),
                                    std::string("@"), "/" + std::string(300, 'x')}) {
    ServiceManager manager(socket, "1000000");
    manager.ready("x");
    manager.alive({});
    manager.stopping();
  }
  EXPECT_FALSE(ServiceManager("", "soon").beat());
}

TEST(ServiceManager, TheServiceSaysReadyThenLivesThenStops) {
  const TemporaryFolder folder;
  const FakeManager systemd(folder / "notify");
  testing::write_file(folder / "kentongan.yaml", "journal: {path: \"" + (folder / "data/k.db") +
                                                     "\"}\nrules: " KENTONGAN_SOURCE_DIR
                                                     "/rules\nhttp: {listen: \"127.0.0.1:0\"}\nclock: event\n");
  ServiceProcess service(folder / "kentongan.yaml", folder / "log",
                         {{"NOTIFY_SOCKET", folder / "notify"}, {"WATCHDOG_USEC", "2000000"}});
  EXPECT_THAT(systemd.receive(), HasSubstr("READY=1\nSTATUS=listening on 127.0.0.1:0")) << service.log();
  EXPECT_EQ(systemd.receive(), "WATCHDOG=1");
  service.send_signal(SIGTERM);
  std::string told;
  while ((told = systemd.receive()) == "WATCHDOG=1") {
  }
  EXPECT_THAT(told, HasSubstr("STOPPING=1"));
  const auto ended = service.wait_end(10s);
  ASSERT_TRUE(ended);
  EXPECT_EQ(ended->code, 0);
}

TEST(ClockJumps, AreTheDifferenceOfTwoClocks) {
  ClockJumps jumps;
  const ClockJumps::Wall wall{1'000'000s};
  const ClockJumps::Steady steady{500s};
  EXPECT_FALSE(jumps.look(wall, steady));
  EXPECT_FALSE(jumps.look(wall + 1s, steady + 1s));
  EXPECT_FALSE(jumps.look(wall + 31s, steady + 21s)) << "a second look came late, or the clock is steered";
  EXPECT_EQ(jumps.look(wall + 1h, steady + 22s), 1h - 32s);
  EXPECT_FALSE(jumps.look(wall + 1h + 1s, steady + 23s)) << "told once";
  EXPECT_EQ(jumps.look(wall - 24h, steady + 23s), -25h - 1s);
}

TEST(ClockJumps, TheLineSaysWhatToDo) {
  EXPECT_THAT(jump_line(2h, true), HasSubstr("put back a backup of before"));
  EXPECT_THAT(jump_line(-2h, true), HasSubstr("no deadline passes"));
  EXPECT_THAT(jump_line(-2h, true), HasSubstr("seconds=-7200"));
  EXPECT_THAT(jump_line(2h, false), HasSubstr("judged by their own time"));
}

}  // namespace
}  // namespace kentongan::app
