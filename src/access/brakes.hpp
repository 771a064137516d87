// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <chrono>
#include <cstddef>
#include <string>
#include <unordered_map>

/// What slows those down who try too much. Time comes in; memory is bounded. Not thread-safe.
namespace kentongan::access {

using SteadyTime = std::chrono::steady_clock::time_point;

/// The part of an address by which a guesser is known: all of IPv4, the /64 of IPv6.
[[nodiscard]] std::string neighbourhood_of(const std::string& address);

/// Wrong credentials by where they come from: some are free, then each costs twice the wait of the one before.
class GuessBrake {
 public:
  explicit GuessBrake(std::size_t most = 10'000) : most_(most) {}
  /// How long no more credentials are looked at from there; 0: they are.
  [[nodiscard]] std::chrono::milliseconds wait(const std::string& from, SteadyTime now) const;
  /// A credential is looked at; counted as wrong unless it is taken back.
  void charge(const std::string& from, SteadyTime now);
  /// It was right.
  void forgive(const std::string& from);
  [[nodiscard]] std::size_t size() const noexcept { return guesses_.size(); }

 private:
  struct Guesses {
    int count = 0;
    SteadyTime last, until;
  };
  void make_room(SteadyTime now);

  std::size_t most_;
  std::unordered_map<std::string, Guesses> guesses_;
};

/// Requests of each token: so many a second, and twice that at once.
class RequestBrake {
 public:
  RequestBrake(double each_second, std::size_t most) : each_second_(each_second), most_(most) {}
  /// False: it must wait for a second.
  [[nodiscard]] bool take(const std::string& token, SteadyTime now);

 private:
  struct Bucket {
    double left = 0;
    SteadyTime last;
  };
  double each_second_;
  std::size_t most_;
  std::unordered_map<std::string, Bucket> buckets_;
};

}  // namespace kentongan::access
