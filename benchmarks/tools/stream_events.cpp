// SPDX-License-Identifier: Apache-2.0
// A long run without a large file: writes COUNT events to standard output, those of a file over and over, each with an
// id and a time of its own, EVERY milliseconds of event time apart. Says how many are written after each hundredth.
#include <fmt/chrono.h>
#include <fmt/format.h>

#include <chrono>
#include <cstdio>
#include <cstdlib>
#include <fstream>
#include <string>
#include <string_view>
#include <vector>

namespace {

/// An event of the file, without what is put in.
struct Template {
  std::string head, middle, tail;
};

std::size_t value_of(const std::string& line, std::string_view key) {
  const std::size_t at = line.find(key);
  if (at == std::string::npos) {
    fmt::print(stderr, "stream_events: an event without {}\n", key);
    std::exit(3);
  }
  return at + key.size();
}

/// `id` stands before `time`, as benchmarks/make_j1.py writes them.
Template cut(const std::string& line) {
  const std::size_t id = value_of(line, "\"id\":\""), time = value_of(line, "\"time\":\"");
  const std::size_t id_end = line.find('"', id), time_end = line.find('"', time);
  return {line.substr(0, id), line.substr(id_end, time - id_end), line.substr(time_end)};
}

void stream(const std::vector<Template>& templates, std::int64_t count, std::int64_t every) {
  constexpr std::int64_t kStart = 1'727'740'800'000;  // 2024-10-01T00:00:00Z
  fmt::memory_buffer out;
  for (std::int64_t i = 0; i < count; ++i) {
    const Template& one = templates[static_cast<std::size_t>(i) % templates.size()];
    const std::int64_t millis = kStart + i * every;
    const auto seconds = std::chrono::system_clock::time_point(std::chrono::seconds(millis / 1000));
    fmt::format_to(fmt::appender(out), "{}s-{}{}{:%Y-%m-%dT%H:%M:%S}.{:03}Z{}\n", one.head, i, one.middle,
                   fmt::gmtime(std::chrono::system_clock::to_time_t(seconds)), millis % 1000, one.tail);
    if (out.size() > 1U << 18U || i + 1 == count) {
      std::fwrite(out.data(), 1, out.size(), stdout);
      out.clear();
    }
    if ((i + 1) % (count / 100) == 0) {
      std::fflush(stdout);
      fmt::print(stderr, "{}\n", i + 1);
    }
  }
}

}  // namespace

int main(int argc, char** argv) {
  const std::int64_t count = argc == 4 ? std::strtoll(argv[2], nullptr, 10) : 0;
  const std::int64_t every = argc == 4 ? std::strtoll(argv[3], nullptr, 10) : 0;
  if (count < 100 || every < 1) {
    fmt::print(stderr, "usage: stream_events FILE COUNT EVERY   COUNT from 100, EVERY in milliseconds\n");
    return 2;
  }
  std::ifstream file(argv[1]);
  std::vector<Template> templates;
  for (std::string line; std::getline(file, line);) templates.push_back(cut(line));
  if (templates.empty()) {
    fmt::print(stderr, "stream_events: {} holds no event\n", argv[1]);
    return 3;
  }
  stream(templates, count, every);
  return 0;
}
