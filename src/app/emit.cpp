// SPDX-License-Identifier: Apache-2.0
#include "app/emit.hpp"

#include <fmt/format.h>
#include <unistd.h>

#include <cerrno>

namespace kentongan::app {

namespace {

std::string_view trimmed(std::string_view word) {
  const std::size_t first = word.find_first_not_of(" \t");
  if (first == std::string_view::npos) return {};
  return word.substr(first, word.find_last_not_of(" \t") - first + 1);
}

}  // namespace

ports::OutputTopic topic_of(const Output& output) {
  if (std::holds_alternative<AlertStep>(output.data)) return ports::OutputTopic::alerts;
  if (std::holds_alternative<RiskChange>(output.data)) return ports::OutputTopic::risk;
  return ports::OutputTopic::deadletters;
}

Result<std::vector<ports::OutputTopic>> parse_emit(std::string_view text) {
  std::vector<ports::OutputTopic> topics;
  for (bool more = true; more;) {
    const std::size_t comma = text.find(',');
    const std::string_view word = trimmed(text.substr(0, comma));
    more = comma != std::string_view::npos;
    if (more) text.remove_prefix(comma + 1);
    if (word == "alerts") {
      topics.push_back(ports::OutputTopic::alerts);
    } else if (word == "risk") {
      topics.push_back(ports::OutputTopic::risk);
    } else if (word == "deadletters") {
      topics.push_back(ports::OutputTopic::deadletters);
    } else {
      return fail(Error::Kind::usage,
                  fmt::format("--emit: \"{}\" is none of alerts, risk and deadletters; separate them by commas", word));
    }
  }
  return topics;
}

void LineWriter::write(std::string_view line) {
  buffer_ += line;
  buffer_ += '\n';
  flush_if_large();
}

void LineWriter::flush_if_large() {
  if (buffer_.size() >= std::size_t{1} << 18) (void)flush();
}

bool LineWriter::flush() {
  std::string_view rest = buffer_;
  while (!rest.empty() && !failed_) {
    const ssize_t written = ::write(file_, rest.data(), rest.size());
    if (written < 0 && errno == EINTR) continue;
    if (written < 0) {
      failed_ = true;
    } else {
      rest.remove_prefix(static_cast<std::size_t>(written));
    }
  }
  buffer_.clear();
  return !failed_;
}

}  // namespace kentongan::app
