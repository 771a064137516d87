// SPDX-License-Identifier: Apache-2.0
#include "access/brakes.hpp"

#include <arpa/inet.h>
#include <netinet/in.h>

#include <algorithm>
#include <string_view>

namespace kentongan::access {
namespace {

constexpr int kFree = 5;
constexpr int kMostDoublings = 8;
constexpr std::chrono::milliseconds kFirstWait = std::chrono::seconds(1);
constexpr auto kForgotten = std::chrono::minutes(15);

}  // namespace

std::string neighbourhood_of(const std::string& address) {
  in6_addr bytes{};
  if (inet_pton(AF_INET6, address.c_str(), &bytes) != 1 || IN6_IS_ADDR_V4MAPPED(&bytes)) return address;
  return {reinterpret_cast<const char*>(bytes.s6_addr), 8};
}

std::chrono::milliseconds GuessBrake::wait(const std::string& from, SteadyTime now) const {
  const auto at = guesses_.find(neighbourhood_of(from));
  if (at == guesses_.end() || at->second.until <= now) return std::chrono::milliseconds(0);
  return std::chrono::ceil<std::chrono::milliseconds>(at->second.until - now);
}

void GuessBrake::charge(const std::string& from, SteadyTime now) {
  const std::string key = neighbourhood_of(from);
  if (!guesses_.contains(key)) make_room(now);
  Guesses& guesses = guesses_[key];
  if (now - guesses.last > kForgotten) guesses.count = 0;
  ++guesses.count;
  guesses.last = now;
  if (guesses.count > kFree)
    guesses.until = now + kFirstWait * (1 << std::min(guesses.count - kFree - 1, kMostDoublings));
}

void GuessBrake::forgive(const std::string& from) { guesses_.erase(neighbourhood_of(from)); }

/// Where as many guess as are remembered, the one that has been quiet the longest is forgotten.
void GuessBrake::make_room(SteadyTime now) {
  if (guesses_.size() < most_) return;
  std::erase_if(guesses_, [now](const auto& one) { return now - one.second.last > kForgotten; });
  if (guesses_.size() < most_) return;
  guesses_.erase(std::min_element(guesses_.begin(), guesses_.end(),
                                  [](const auto& a, const auto& b) { return a.second.last < b.second.last; }));
}

bool RequestBrake::take(const std::string& token, SteadyTime now) {
  if (buckets_.size() >= most_ && !buckets_.contains(token)) buckets_.clear();
  const double most = 2 * each_second_;
  auto [at, added] = buckets_.try_emplace(token, Bucket{most, now});
  Bucket& bucket = at->second;
  const double passed = std::chrono::duration<double>(now - bucket.last).count();
  bucket.left = std::min(most, bucket.left + std::max(0.0, passed) * each_second_);
  bucket.last = now;
  if (bucket.left < 1) return false;
  bucket.left -= 1;
  return true;
}

}  // namespace kentongan::access
