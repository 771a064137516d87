// SPDX-License-Identifier: Apache-2.0
//
//   sqlite_crash_child DATABASE PREFIX APPENDERS APPENDS [FAULT STEP]
//
// A small service that can be killed: APPENDERS threads append values "PREFIX/thread/number", one shard
// applies them. On stdout, after the journal has said so: "A value" for each durable value, "C offset" for
// each commit. With FAULT (before, torn, after) the process kills itself at that step to the disk.
// Each input makes one risk output with the input's value; the state record "applied" holds the number of
// inputs applied; one alert gets a step per commit.
#include <fmt/format.h>
#include <unistd.h>

#include <atomic>
#include <cstdlib>
#include <cstring>
#include <future>
#include <thread>

#include "adapters/sqlite/embedded_journal.hpp"
#include "fault_vfs.hpp"

namespace {

using namespace kentongan;
using namespace std::chrono_literals;

void say(const std::string& line) {
  if (write(STDOUT_FILENO, line.data(), line.size()) < 0) std::_Exit(4);
}

/// Ends the process with the reason on stderr.
template <class Value>
void must(const Result<Value>& done) {
  if (done) return;
  fmt::print(stderr, "{}\n", done.error().message);
  std::_Exit(5);
}

void append_all(ports::Inbox& inbox, const std::string& prefix, int appends) {
  for (int i = 0; i < appends; ++i) {
    const std::string value = fmt::format("{}/{}", prefix, i);
    std::promise<void> answer;
    const bool taken = inbox.append({value + "/x", value + "/y"}, [&](const Result<void>& done) {
      must(done);
      say(fmt::format("A {0}/x\nA {0}/y\n", value));
      answer.set_value();
    });
    if (!taken) std::_Exit(6);
    answer.get_future().get();
  }
}

ports::Commit apply(const std::vector<ports::InputRecord>& records) {
  ports::Commit commit{.next = records.back().offset, .outputs = {}, .state = {}};
  for (const auto& record : records) {
    ports::OutputRecord output;
    output.topic = ports::OutputTopic::risk;
    output.id = record.value.view();
    output.value = "{}";
    commit.outputs.push_back(output);
  }
  ports::OutputRecord alert;
  alert.alert = "35.73-x";
  alert.state = "firing";
  alert.step = std::to_string(commit.next.value());
  alert.id = "alert";
  alert.data = alert.step;
  commit.outputs.push_back(alert);
  commit.state.push_back({{"35.73", "count", "applied"}, std::to_string(commit.next.value())});
  return commit;
}

void run_shard(ports::Journal& journal, const std::atomic<bool>& appended) {
  auto committed = journal.restore([](const ports::StateKey&, std::string_view) {});
  must(committed);
  for (Offset at = *committed;;) {
    const bool last_look = appended;
    const auto records = journal.poll(at, 5, 5ms);
    must(records);
    if (records->empty() && last_look) return;
    if (records->empty()) continue;
    must(journal.commit(apply(*records)));
    at = records->back().offset;
    say(fmt::format("C {}\n", at.value()));
  }
}

void arm(const std::string& fault, std::int64_t step) {
  namespace vfs = sqlite::testing::fault_vfs;
  vfs::arm(fault == "before" ? vfs::Fault::kill_before
           : fault == "torn" ? vfs::Fault::kill_torn
                             : vfs::Fault::kill_after,
           step);
}

}  // namespace

int main(int count, char** arguments) {
  if (count != 5 && count != 7) return 2;
  sqlite::Options options{.path = arguments[1], .log_pages = 20};
  const std::string prefix = arguments[2];
  if (count == 7) {
    sqlite::testing::fault_vfs::install();
    options.vfs = sqlite::testing::fault_vfs::kName;
    arm(arguments[5], std::atoll(arguments[6]));
  }
  auto journal = sqlite::EmbeddedJournal::open(options);
  must(journal);
  std::atomic<bool> appended = false;
  std::jthread shard([&] { run_shard((*journal)->journal(), appended); });
  {
    std::vector<std::jthread> appenders;
    for (int i = 0; i < std::atoi(arguments[3]); ++i) {
      appenders.emplace_back(
          [&, i] { append_all((*journal)->inbox(), fmt::format("{}/{}", prefix, i), std::atoi(arguments[4])); });
    }
  }
  appended = true;
  shard.join();
  must((*journal)->stop(5s));
  say("END\n");
  return 0;
}
