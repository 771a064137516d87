// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <atomic>
#include <cstdint>
#include <mutex>
#include <set>
#include <string>
#include <thread>
#include <vector>

#include "process.hpp"

namespace kentongan::crash {

/// The example day, sent over HTTP by clients that send a batch again until it is acknowledged, to a service
/// that is killed and started again. Everything lies in a folder of its own.
class CityUnderFire {
 public:
  /// `events`: how many of the example day, from its beginning. `batch`: how many a request holds.
  CityUnderFire(std::size_t clients, std::size_t events, std::size_t batch);

  [[nodiscard]] const std::string& config() const noexcept { return config_; }
  [[nodiscard]] std::string log() const { return folder_ / "log"; }

  /// All clients send until all is acknowledged or the service is gone. Returns when no client sends any more.
  /// `acknowledged` is counted up with each answer.
  void send_to(std::uint16_t port, std::atomic<int>& acknowledged);
  [[nodiscard]] bool all_sent() const;
  /// The service has committed all that it acknowledged.
  [[nodiscard]] bool all_applied() const;

  /// What must hold in the end; each sentence says what does not. The service is not running.
  [[nodiscard]] std::vector<std::string> complaints() const;

 private:
  struct Client {
    std::vector<std::vector<std::string>> batches;
    std::size_t next = 0;  ///< first batch that nobody has acknowledged
  };
  void send_all(Client& client, std::uint16_t port, std::atomic<int>& acknowledged);
  /// The first column of what the journal answers.
  [[nodiscard]] std::vector<std::string> query(const char* sql) const;

  app::testing::TemporaryFolder folder_;
  std::string config_;
  std::vector<Client> clients_;
  std::set<std::string> sent_;  ///< every event
  std::mutex mutex_;
  std::set<std::string> acknowledged_;  ///< events in requests that were answered with 202
};

}  // namespace kentongan::crash
