// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstddef>
#include <string>
#include <string_view>
#include <unordered_map>

#include "domain/time.hpp"

namespace kentongan::notify {

/// So many in so much time; a bucket of that size is full at first. many 0: no limit.
struct Rate {
  int many = 0;
  Duration in{0};
};

struct ChannelRates {
  Rate all;        ///< of the channel
  Rate recipient;  ///< to one address
  Rate group;      ///< to one address of a group, where the channel tells them apart (Telegram: they begin with a dash)
};

/// What the services behind the channels allow; docs/operations/channels says where it is written.
[[nodiscard]] ChannelRates rates_of(std::string_view channel);

/// When a channel may be used. Used by one thread; time is given; memory is bounded.
class RateLimit {
 public:
  explicit RateLimit(ChannelRates rates) : rates_(rates) {}
  /// The moment from which on it may be sent to this address: `now` or later.
  [[nodiscard]] TimePoint allowed(const std::string& to, TimePoint now);
  /// It is sent.
  void take(const std::string& to, TimePoint now);

 private:
  static constexpr std::size_t kMostRemembered = 10'000;
  struct Bucket {
    double left = 0;
    TimePoint when;
  };
  [[nodiscard]] const Rate& rate_to(const std::string& to) const;
  static void fill(Bucket& bucket, const Rate& rate, TimePoint now);
  [[nodiscard]] static TimePoint ready(const Bucket& bucket, const Rate& rate, TimePoint now);
  Bucket& bucket_of(const std::string& to, TimePoint now);

  ChannelRates rates_;
  Bucket all_{-1, {}};
  std::unordered_map<std::string, Bucket> recipients_;
};

}  // namespace kentongan::notify
