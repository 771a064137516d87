// SPDX-License-Identifier: Apache-2.0
#include "app/stream/journal_stream.hpp"

#include <spdlog/spdlog.h>

#include <algorithm>
#include <chrono>
#include <memory>
#include <thread>

#include "adapters/sqlite/output_tail.hpp"
#include "app/log/line.hpp"

namespace kentongan::app {
namespace {

using namespace std::chrono_literals;

constexpr const char* kPartition = "j";
constexpr std::int64_t kBefore = 2000;  ///< outputs from before the first reader came, for those that come again
constexpr std::size_t kSlice = 500;
constexpr auto kRest = 100ms;
constexpr auto kAfterFailure = 1s;
constexpr auto kWantedFor = 10min;

/// Until it is not wanted any more. An error: the journal cannot be read just now.
Result<void> follow(const std::filesystem::path& journal, OutputRing& ring, const std::atomic<bool>& stop) {
  auto tail = sqlite::OutputTail::open(journal, stop);
  if (!tail) return tl::unexpected(tail.error());
  const auto last = (*tail)->last();
  if (!last) return tl::unexpected(last.error());
  std::int64_t after = std::max<std::int64_t>(*last - kBefore, 0);
  ring.begin_behind(kPartition, after);
  while (!stop && ring.wanted(kWantedFor)) {
    ring.set_live(after >= *last);
    auto outputs = (*tail)->read(after, kSlice, 1s);
    if (!outputs) return tl::unexpected(outputs.error());
    for (sqlite::TailedOutput& one : *outputs) {
      ring.publish(kPartition, one.sequence, one.topic, std::move(one.value));
    }
  }
  return {};
}

}  // namespace

void stream_journal(const std::filesystem::path& journal, OutputRing& ring, const std::atomic<bool>& stop) {
  while (!stop) {
    std::this_thread::sleep_for(kRest);
    if (!ring.wanted(kWantedFor)) continue;
    const auto followed = follow(journal, ring, stop);
    ring.set_live(false);
    if (followed) continue;
    spdlog::warn("msg=\"the stream does not go on\" error={}", log_text(followed.error().message));
    std::this_thread::sleep_for(kAfterFailure);
  }
}

}  // namespace kentongan::app
