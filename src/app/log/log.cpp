// SPDX-License-Identifier: Apache-2.0
#include "app/log/log.hpp"

#include <fmt/chrono.h>
#include <fmt/format.h>
#include <spdlog/sinks/base_sink.h>
#include <spdlog/spdlog.h>

#include <chrono>
#include <cstdio>
#include <mutex>
#include <utility>

#include "app/log/line.hpp"
#include "app/log/repeat_limit.hpp"

namespace kentongan::app {
namespace {

std::string time_text(spdlog::log_clock::time_point time) {
  const auto milliseconds = std::chrono::floor<std::chrono::milliseconds>(time);
  const auto seconds = std::chrono::floor<std::chrono::seconds>(milliseconds);
  return fmt::format("{:%Y-%m-%dT%H:%M:%S}.{:03}Z", fmt::gmtime(spdlog::log_clock::to_time_t(seconds)),
                     (milliseconds - seconds).count());
}

spdlog::level::level_enum level_of(LogLevel level) {
  switch (level) {
    case LogLevel::debug:
      return spdlog::level::debug;
    case LogLevel::info:
      return spdlog::level::info;
    case LogLevel::warn:
      return spdlog::level::warn;
    case LogLevel::error:
      return spdlog::level::err;
  }
  return spdlog::level::info;
}

std::string_view word_of(spdlog::level::level_enum level) {
  const auto name = spdlog::level::to_string_view(level);
  return {name.data(), name.size()};
}

std::string kind_of(const LogFields& fields) {
  for (const LogField& field : fields) {
    if (field.key == "msg") return field.value;
  }
  return {};
}

class LimitedSink : public spdlog::sinks::base_sink<std::mutex> {
 public:
  LimitedSink(LogFormat format, std::function<void(const std::string&)> write)
      : format_(format), write_(std::move(write)) {}
  ~LimitedSink() override {
    const auto now = spdlog::log_clock::now();
    tell(now, kinds_.rest());
    tell(now, same_.rest());
  }

 private:
  void sink_it_(const spdlog::details::log_msg& message) override {
    tell(message.time, kinds_.over(message.time));
    tell(message.time, same_.over(message.time));
    const std::string_view line(message.payload.data(), message.payload.size());
    const LogFields fields = fields_of(line);
    const bool admitted = same_.admit(line, message.time) && kinds_.admit(kind_of(fields), message.time);
    if (admitted || message.level == spdlog::level::critical) put(message.time, message.level, fields);
  }
  void flush_() override {}

  void tell(spdlog::log_clock::time_point now, const std::vector<LeftOut>& left_out) {
    for (const LeftOut& one : left_out) {
      put(now, spdlog::level::warn,
          {{"msg", "lines left out that repeat"}, {"lines", fmt::to_string(one.lines)}, {"of", one.subject}});
    }
  }

  void put(spdlog::log_clock::time_point time, spdlog::level::level_enum level, const LogFields& fields) {
    LogFields all{{"time", time_text(time)}, {"level", std::string(word_of(level))}};
    all.insert(all.end(), fields.begin(), fields.end());
    write_((format_ == LogFormat::json ? to_json(all) : to_logfmt(all)) + '\n');
  }

  LogFormat format_;
  std::function<void(const std::string&)> write_;
  RepeatLimit same_{kSameLines};
  RepeatLimit kinds_{kLinesOfAKind};
};

}  // namespace

std::shared_ptr<spdlog::logger> make_logger(const LogOptions& options, std::function<void(const std::string&)> write) {
  auto logger =
      std::make_shared<spdlog::logger>("kentongan", std::make_shared<LimitedSink>(options.format, std::move(write)));
  logger->set_level(level_of(options.level));
  return logger;
}

void start_log(const LogOptions& options) {
  // Unbuffered, so each line is one write() that lines of other processes do not cut.
  spdlog::set_default_logger(
      make_logger(options, [](const std::string& line) { std::fwrite(line.data(), 1, line.size(), stderr); }));
}

}  // namespace kentongan::app
