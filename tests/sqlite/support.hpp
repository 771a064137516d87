// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <filesystem>
#include <functional>
#include <map>
#include <memory>
#include <string>
#include <string_view>
#include <tuple>
#include <vector>

#include "adapters/sqlite/dump.hpp"
#include "adapters/sqlite/embedded_journal.hpp"

namespace kentongan::sqlite::testing {

/// A folder of its own, removed at the end.
class TempFolder {
 public:
  TempFolder();
  ~TempFolder();
  TempFolder(const TempFolder&) = delete;
  TempFolder& operator=(const TempFolder&) = delete;
  [[nodiscard]] std::filesystem::path operator/(std::string_view name) const { return path_ / name; }
  [[nodiscard]] const std::filesystem::path& path() const { return path_; }

 private:
  std::filesystem::path path_;
};

[[nodiscard]] TimePoint at(std::int64_t seconds);

/// Opens, or fails the test with the message.
[[nodiscard]] std::unique_ptr<EmbeddedJournal> open_journal(const std::filesystem::path& path);
[[nodiscard]] std::unique_ptr<EmbeddedJournal> open_journal(Options options);
/// The message with which opening is refused.
[[nodiscard]] std::string refusal(const std::filesystem::path& path);
[[nodiscard]] std::string refusal(Options options);

/// Appends and waits for the answer.
[[nodiscard]] Result<void> append(EmbeddedJournal& journal, std::vector<std::string> records);
/// As append(), which must succeed.
void must_append(EmbeddedJournal& journal, std::vector<std::string> records);

[[nodiscard]] ports::OutputRecord alert_output(std::string alert, std::string step, std::string state, TimePoint time);
[[nodiscard]] ports::OutputRecord output(ports::OutputTopic topic, std::string id);
[[nodiscard]] ports::StateChange put(std::string city, std::string kind, std::string key, std::string value);
[[nodiscard]] ports::StateChange remove(std::string city, std::string kind, std::string key);

/// All that a journal holds, through its interfaces; compared as a whole.
struct Picture {
  std::int64_t committed = 0;
  std::vector<std::pair<std::int64_t, std::string>> inputs;
  std::vector<std::string> outputs;  ///< "topic id subject value"
  std::vector<std::pair<ports::StateKey, std::string>> state;
  std::vector<std::string> alerts;  ///< "data step,step"
  friend bool operator==(const Picture&, const Picture&) = default;
};
[[nodiscard]] Picture picture_of(EmbeddedJournal& journal, const std::filesystem::path& path);
void PrintTo(const Picture& picture, std::ostream* out);

[[nodiscard]] std::vector<std::string> dumped(const std::filesystem::path& path,
                                              std::vector<ports::OutputTopic> topics = {
                                                  ports::OutputTopic::alerts, ports::OutputTopic::risk,
                                                  ports::OutputTopic::deadletters});

/// Runs `work` while another connection holds the write lock.
void with_write_lock(const std::filesystem::path& path, const std::function<void()>& work);
/// Runs SQL on a database file, past the journal's own code.
void tamper(const std::filesystem::path& path, const std::string& sql);
void overwrite(const std::filesystem::path& path, std::int64_t position, std::string_view bytes);
void write_file(const std::filesystem::path& path, std::string_view bytes);

}  // namespace kentongan::sqlite::testing
