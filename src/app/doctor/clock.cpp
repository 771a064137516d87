// SPDX-License-Identifier: Apache-2.0
#include <fmt/format.h>
#include <sys/stat.h>
#include <sys/timex.h>
#include <unistd.h>

#include <cstdlib>

#include "app/doctor/checks.hpp"

namespace kentongan::app::doctor {
namespace {

using namespace std::chrono_literals;

/// What a file system of another machine may be off by before times of files confuse.
constexpr auto kOff = 60s;
/// As far ahead as an event may be.
constexpr auto kAhead = 5min;

TimePoint wall_now() { return std::chrono::time_point_cast<Duration>(std::chrono::system_clock::now()); }

bool is_synchronised() {
  timex facts{};
  return adjtimex(&facts) != TIME_ERROR && (facts.status & STA_UNSYNC) == 0;
}

/// The time that the file system gives to a file which is made now.
std::optional<TimePoint> time_of_new_file(const std::filesystem::path& folder) {
  std::string name = (folder / ".kentongan-doctor-XXXXXX").string();
  const int descriptor = mkstemp(name.data());
  if (descriptor < 0) return std::nullopt;
  struct stat facts {};
  const bool known = write(descriptor, "x", 1) == 1 && fstat(descriptor, &facts) == 0;
  close(descriptor);
  unlink(name.c_str());
  if (!known) return std::nullopt;
  return TimePoint{std::chrono::seconds(facts.st_mtim.tv_sec) +
                   std::chrono::milliseconds(facts.st_mtim.tv_nsec / 1000000)};
}

long seconds_between(TimePoint a, TimePoint b) {
  return std::chrono::duration_cast<std::chrono::seconds>(a - b).count();
}

}  // namespace

Finding judge_clock(const ClockFacts& facts) {
  constexpr std::string_view kCheck = "clock";
  const std::string mend = "set it right with a time service (systemd-timesyncd, chrony)";
  if (facts.latest_event && *facts.latest_event > facts.now + kAhead) {
    return bad(kCheck,
               fmt::format("it is {} s behind the journal's last input: it was set back, or was ahead then",
                           seconds_between(*facts.latest_event, facts.now)),
               mend + "; no deadline passes until that time is reached again");
  }
  if (facts.by_file_system && std::chrono::abs(*facts.by_file_system - facts.now) > kOff) {
    return doubtful(kCheck,
                    fmt::format("the file system of the journal is {} s off this machine's clock",
                                seconds_between(*facts.by_file_system, facts.now)),
                    "put the journal on a local disk, or " + mend);
  }
  if (!facts.synchronised) {
    return doubtful(kCheck, "no time service keeps it right, as far as the kernel knows", mend);
  }
  return good(kCheck, "it is kept right by a time service");
}

Finding check_clock(const Config& config, std::optional<TimePoint> latest_event) {
  ClockFacts facts;
  facts.synchronised = is_synchronised();
  facts.latest_event = latest_event;
  if (config.journal == JournalKind::sqlite) {
    facts.by_file_system = time_of_new_file(std::filesystem::absolute(config.journal_path).parent_path());
  }
  facts.now = wall_now();
  return judge_clock(facts);
}

}  // namespace kentongan::app::doctor
