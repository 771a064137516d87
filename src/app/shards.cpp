// SPDX-License-Identifier: Apache-2.0
#include "app/shards.hpp"

#include <atomic>
#include <memory>
#include <mutex>
#include <utility>

namespace kentongan::app {

void Shards::ask_each(std::function<void(Processor*)> question, std::function<void()> done) {
  struct Round {
    std::mutex mutex;
    std::size_t missing;
    std::function<void(Processor*)> question;
    std::function<void()> done;
  };
  auto round = std::make_shared<Round>();
  round->missing = shards_.size();
  round->question = std::move(question);
  round->done = std::move(done);
  for (Shard* shard : shards_) {
    shard->ask([round](Processor* processor) {
      bool last = false;
      {
        const std::lock_guard lock(round->mutex);
        round->question(processor);
        last = --round->missing == 0;
      }
      if (last) round->done();
    });
  }
}

void Shards::renew(std::function<void(bool)> done) {
  struct Round {
    std::atomic<std::size_t> missing;
    std::atomic<bool> all{true};
    std::function<void(bool)> done;
  };
  auto round = std::make_shared<Round>();
  round->missing = shards_.size();
  round->done = std::move(done);
  for (Shard* shard : shards_) {
    shard->renew([round](bool renewed) {
      if (!renewed) round->all = false;
      if (--round->missing == 0) round->done(round->all);
    });
  }
}

std::optional<ShardStall> Shards::stall() const {
  std::optional<ShardStall> longest;
  for (const Shard* shard : shards_) {
    auto found = shard->stall();
    if (found && (!longest || found->since > longest->since)) longest = std::move(found);
  }
  return longest;
}

std::string Shards::trouble() const {
  for (const Shard* shard : shards_) {
    if (std::string trouble = shard->trouble(); !trouble.empty()) return trouble;
  }
  return {};
}

}  // namespace kentongan::app
