// SPDX-License-Identifier: Apache-2.0
#include "app/demo/play.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cstdio>
#include <utility>

#include "adapters/http/client.hpp"
#include "app/demo/frame_words.hpp"
#include "codec/json_view.hpp"

namespace kentongan::app::demo {
namespace {

using namespace std::chrono_literals;
using Clock = std::chrono::steady_clock;

/// Officers see an alert at most so much later, however fast the story goes.
constexpr Duration kStride = 2h;
constexpr std::size_t kMostLines = 2000;

}  // namespace

Play::Play(ChildService& service, const scenario::Setting& setting, const SignalWait& signals, PlayOptions options)
    : service_(service),
      setting_(setting),
      signals_(signals),
      options_(std::move(options)),
      feed_(setting),
      officers_(options_.seed),
      began_(feed_.clock()),
      reached_(began_) {
  telling_.seed = options_.seed;
  telling_.speed = options_.speed_text;
  telling_.url = "http://" + service.listen();
  telling_.clock = began_;
}

Result<void> Play::send(const std::string& lines) {
  if (lines.empty()) return {};
  const auto answer = http::post(service_.listen(), "/v1/events", "application/x-ndjson", lines, 30s);
  if (!answer) return tl::unexpected(answer.error());
  if (answer->status == 429 || answer->status == 503) {
    if (signals_.wait_for(200ms)) return {};
    return send(lines);
  }
  if (answer->status != 202 && answer->status != 400) {
    return fail(Error::Kind::failed, fmt::format("POST /v1/events answered {}: {}", answer->status, answer->body));
  }
  codec::JsonReader json;
  if (json.read(answer->body, 16)) return fail(Error::Kind::failed, "POST /v1/events answered no JSON");
  telling_.refused += codec::JsonView(json, 0)["rejected"].items().size();
  telling_.sent += static_cast<std::uint64_t>(std::count(lines.begin(), lines.end(), '\n'));
  return {};
}

Result<void> Play::go_on() {
  const auto passed = std::chrono::duration<double>(Clock::now() - started_).count() * options_.speed;
  const TimePoint now = began_ + std::chrono::duration_cast<Duration>(std::chrono::duration<double>(passed));
  reached_ = std::min(now, std::max(reached_, feed_.clock()) + kStride);
  for (std::string lines = feed_.take(reached_, kMostLines); !lines.empty(); lines = feed_.take(reached_, kMostLines)) {
    if (auto sent = send(lines); !sent) return sent;
  }
  telling_.clock = feed_.ended() ? feed_.clock() : reached_;
  telling_.ended = feed_.ended();
  const auto firing = alerts_of(service_.listen(), "firing");
  if (!firing) return tl::unexpected(firing.error());
  return officers_.post(service_.listen(), officers_.due(*firing, reached_));
}

bool Play::time_to_show() const { return Clock::now() - shown_ > (screen_ ? 250ms : 1000ms); }

void Play::say_new_alerts() {
  for (auto alert = city_.alerts.rbegin(); alert != city_.alerts.rend(); ++alert) {
    if (told_.insert(alert->id).second) {
      fmt::print("{}\n", plain_line(*alert, setting_.reference, options_.indonesian));
    }
  }
  const std::string day = format_day(zone_of(setting_.reference).day_of(telling_.clock));
  if (day != told_day_) fmt::print("-- {}\n", plain_state(city_, telling_, setting_.reference, options_.indonesian));
  told_day_ = day;
  if (telling_.ended && !options_.once && !std::exchange(told_end_, true)) {
    fmt::print("{} {}\n",
               options_.indonesian ? "ceritanya selesai; layanan tetap jalan sampai Ctrl-C:"
                                   : "the story has ended; the service goes on until Ctrl-C:",
               telling_.url);
  }
  std::fflush(stdout);
}

Result<void> Play::show() {
  if (!time_to_show()) return {};
  auto city = look_at(service_.listen(), setting_.reference);
  if (!city) return tl::unexpected(city.error());
  city_ = *std::move(city);
  const auto now = Clock::now();
  const double seconds = std::max(0.05, std::chrono::duration<double>(now - shown_).count());
  telling_.rate = static_cast<std::uint64_t>(static_cast<double>(telling_.sent - sent_when_shown_) / seconds);
  sent_when_shown_ = telling_.sent;
  shown_ = now;
  if (!screen_) {
    say_new_alerts();
    return {};
  }
  const Screen::Size size = Screen::size();
  gone_ = !screen_->show(frame_of(city_, telling_, setting_.reference,
                                  {size.width, size.height, options_.colour, options_.unicode, options_.indonesian}));
  return {};
}

Result<void> Play::run() {
  started_ = shown_ = Clock::now();
  if (is_screen()) screen_ = std::make_unique<Screen>();
  shown_ -= 1h;
  Result<void> good;
  while (good && !gone_) {
    if (!telling_.ended) good = go_on();
    if (good) good = show();
    if (good && telling_.ended && options_.once) break;
    const bool behind = !telling_.ended &&
                        telling_.clock + Duration(static_cast<std::int64_t>(options_.speed * 100)) <
                            began_ + std::chrono::duration_cast<Duration>((Clock::now() - started_) * options_.speed);
    if (signals_.wait_for(behind ? 0ms : 100ms)) break;
    if (!service_.running()) good = fail(Error::Kind::failed, "the service ended by itself");
  }
  screen_.reset();
  return good;
}

Result<void> Play::look_at_last() {
  const auto until = Clock::now() + 20s;
  const std::uint64_t expected = telling_.sent - telling_.refused + officers_.answers();
  for (std::uint64_t read = 0; read < expected && Clock::now() < until;) {
    auto city = look_at(service_.listen(), setting_.reference);
    if (!city) return tl::unexpected(city.error());
    city_ = *std::move(city);
    read = 0;
    for (const std::uint64_t count : city_.verdicts) read += count;
    if (read < expected && signals_.wait_for(50ms)) break;
  }
  if (!is_screen()) say_new_alerts();
  return {};
}

}  // namespace kentongan::app::demo
