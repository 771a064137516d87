// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

/// The CloudEvents binding for Kafka: structured mode (the value is the whole event as JSON) and binary mode (the
/// value is `data`, each other attribute a header ce_NAME).
namespace kentongan::kafka {

using Headers = std::vector<std::pair<std::string, std::string>>;

/// Marks a record that was put back under its city's key.
inline constexpr std::string_view kRekeyedHeader = "kentongan-rekeyed";
/// Of a dead letter: its raw bytes were cut, as its topic takes no larger record.
inline constexpr std::string_view kCutHeader = "kentongan-cut";
/// Of a record without a value beside the dead letters: the one with this id was put back.
inline constexpr std::string_view kRetriedHeader = "kentongan-retried";
/// Of an output: its place in the order of all outputs that were made from one partition of the inputs.
inline constexpr std::string_view kSequenceHeader = "kentongan-sequence";

[[nodiscard]] std::optional<std::string_view> find_header(const Headers& headers, std::string_view name);

/// The structured event of a binary record. None: the value is the event already, or cannot be read, and the codec says
/// why.
[[nodiscard]] std::optional<std::string> to_structured(std::string_view value, const Headers& headers);

/// An event of ours, structured, as headers and value of a binary record.
struct BinaryEvent {
  Headers headers;
  std::string_view data;  ///< points into the structured event
};
/// `structured` is JSON without blanks between its members, with `data` last and texts before it, as the codec writes
/// it.
[[nodiscard]] BinaryEvent to_binary(std::string_view structured);

/// The data of a dead letter, its raw bytes cut so that the whole has at most about `most` bytes.
[[nodiscard]] std::string fit_dead_letter(std::string_view data, std::size_t most);

/// The structured event of a binary record of ours: `data` last.
[[nodiscard]] std::string from_binary(std::string_view data, const Headers& headers);

}  // namespace kentongan::kafka
