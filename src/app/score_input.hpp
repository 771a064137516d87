// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "codec/json_reader.hpp"
#include "domain/error.hpp"
#include "scenario/scorer.hpp"

namespace kentongan::app {

/// Reads the lines that `kentongan score` compares. Keeps the memory of its JSON reader. Not thread-safe.
class ScoreInput {
 public:
  /// A labels file: a line that tells of the scenario, then one a label. Error::usage: it cannot be opened;
  /// Error::invalid names the line.
  [[nodiscard]] Result<std::pair<scenario::LabelHead, std::vector<scenario::Label>>> labels(const std::string& path);
  /// A line of replay's output; none where it is no step of an alert. The error is one clause about the line.
  [[nodiscard]] Result<std::optional<scenario::AlertSeen>> alert(std::string_view line);

 private:
  [[nodiscard]] Result<void> read(std::string_view line);
  [[nodiscard]] const codec::Node* member(const codec::Node* object, std::string_view key) const;
  [[nodiscard]] std::string text(const codec::Node* object, std::string_view key) const;
  [[nodiscard]] std::optional<std::uint64_t> number(const codec::Node* object, std::string_view key) const;
  [[nodiscard]] std::vector<std::string> texts(const codec::Node* object, std::string_view key) const;
  [[nodiscard]] Result<scenario::LabelHead> head(std::string_view line);
  [[nodiscard]] Result<scenario::Label> label(std::string_view line);

  codec::JsonReader json_;
};

}  // namespace kentongan::app
