// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <functional>
#include <optional>
#include <string>
#include <vector>

#include "app/shard.hpp"

namespace kentongan::app {

/// All shards of this process. Thread-safe.
class Shards {
 public:
  /// They outlive it.
  explicit Shards(std::vector<Shard*> shards) : shards_(std::move(shards)) {}

  /// Runs `question` once per shard, with its processor or null as Shard::ask() does, one at a time; then `done`, once,
  /// on whatever thread was last.
  void ask_each(std::function<void(Processor*)> question, std::function<void()> done);
  /// Shard::renew() of all of them; then `done`, once: whether all of them were.
  void renew(std::function<void(bool)> done);
  /// Empty: all of them work. Else why one does not.
  [[nodiscard]] std::string trouble() const;
  /// The longest of theirs.
  [[nodiscard]] std::optional<ShardStall> stall() const;

 private:
  std::vector<Shard*> shards_;
};

}  // namespace kentongan::app
