// SPDX-License-Identifier: Apache-2.0
#include "notify/rate_limit.hpp"

#include <algorithm>
#include <cmath>

namespace kentongan::notify {

using namespace std::chrono_literals;

ChannelRates rates_of(std::string_view channel) {
  if (channel == "telegram") return {{30, 1s}, {1, 1s}, {20, 1min}};
  if (channel == "whatsapp") return {{80, 1s}, {1, 6s}, {}};
  if (channel == "email") return {{5, 1s}, {30, 1min}, {}};
  if (channel == "ntfy") return {{60, 5min}, {}, {}};
  if (channel == "webhook") return {{50, 1s}, {10, 1s}, {}};
  return {};
}

const Rate& RateLimit::rate_to(const std::string& to) const {
  return rates_.group.many > 0 && to.starts_with('-') ? rates_.group : rates_.recipient;
}

void RateLimit::fill(Bucket& bucket, const Rate& rate, TimePoint now) {
  if (rate.many == 0) return;
  const double fresh =
      static_cast<double>((now - bucket.when).count()) * rate.many / static_cast<double>(rate.in.count());
  bucket.left = bucket.left < 0 ? rate.many : std::min<double>(rate.many, bucket.left + std::max(0.0, fresh));
  bucket.when = now;
}

TimePoint RateLimit::ready(const Bucket& bucket, const Rate& rate, TimePoint now) {
  if (rate.many == 0 || bucket.left >= 1) return now;
  const double wait = (1 - bucket.left) * static_cast<double>(rate.in.count()) / rate.many;
  return now + Duration(static_cast<std::int64_t>(std::ceil(wait)));
}

RateLimit::Bucket& RateLimit::bucket_of(const std::string& to, TimePoint now) {
  if (recipients_.size() >= kMostRemembered && !recipients_.contains(to)) recipients_.clear();
  Bucket& bucket = recipients_.try_emplace(to, Bucket{-1, now}).first->second;
  fill(bucket, rate_to(to), now);
  return bucket;
}

TimePoint RateLimit::allowed(const std::string& to, TimePoint now) {
  fill(all_, rates_.all, now);
  const Bucket& recipient = bucket_of(to, now);
  return std::max(ready(all_, rates_.all, now), ready(recipient, rate_to(to), now));
}

void RateLimit::take(const std::string& to, TimePoint now) {
  fill(all_, rates_.all, now);
  all_.left -= 1;
  bucket_of(to, now).left -= 1;
}

}  // namespace kentongan::notify
