// SPDX-License-Identifier: Apache-2.0
#include "adapters/sqlite/output_tail.hpp"

#include <chrono>
#include <thread>

#include "adapters/sqlite/database.hpp"
#include "adapters/sqlite/schema.hpp"
#include "adapters/sqlite/statement.hpp"

namespace kentongan::sqlite {
namespace {

constexpr std::string_view kReading = "following the outputs of the journal";
constexpr auto kLookAgain = std::chrono::milliseconds(50);
constexpr std::size_t kMostBytes = 4 << 20;

}  // namespace

class OutputTail::Parts {
 public:
  Parts(std::unique_ptr<Database> opened, const std::atomic<bool>& stop)
      : database(std::move(opened)),
        stopping(stop),
        slice(*database,
              "SELECT sequence, topic, value FROM outputs WHERE sequence > ?1 AND sequence <= ?2 AND topic < 2 "
              "ORDER BY sequence LIMIT ?3",
              kReading) {}

  std::unique_ptr<Database> database;
  const std::atomic<bool>& stopping;
  Statement slice;
};

OutputTail::OutputTail(std::unique_ptr<Parts> parts) : parts_(std::move(parts)) {}
OutputTail::~OutputTail() = default;

Result<std::unique_ptr<OutputTail>> OutputTail::open(const std::filesystem::path& path, const std::atomic<bool>& stop) {
  Database::Settings settings;
  settings.path = path;
  settings.access = Database::Access::read_only;
  auto database = Database::open(settings);
  if (!database) return tl::unexpected(database.error());
  if (auto checked = check_schema(**database, path); !checked) return tl::unexpected(checked.error());
  return std::unique_ptr<OutputTail>(new OutputTail(std::make_unique<Parts>(*std::move(database), stop)));
}

Result<std::int64_t> OutputTail::last() {
  return parts_->database->integer("SELECT coalesce(max(sequence), 0) FROM outputs", kReading);
}

Result<std::vector<TailedOutput>> OutputTail::read(std::int64_t& after, std::size_t most, Duration wait) {
  std::int64_t newest = 0;
  const auto until = std::chrono::steady_clock::now() + wait;
  for (;;) {
    const auto found = last();
    if (!found) return tl::unexpected(found.error());
    newest = *found;
    if (newest > after) break;
    if (parts_->stopping || std::chrono::steady_clock::now() >= until) return std::vector<TailedOutput>();
    std::this_thread::sleep_for(kLookAgain);
  }
  std::vector<TailedOutput> found;
  std::size_t bytes = 0;
  const auto collect = [&](const Row& row) {
    found.push_back({row.integer(0), static_cast<ports::OutputTopic>(row.integer(1)), std::string(row.text(2))});
    bytes += found.back().value.size();
    return bytes < kMostBytes;
  };
  auto read = parts_->slice.each(collect, after, newest, static_cast<std::int64_t>(most));
  if (!read) return tl::unexpected(read.error());
  const bool whole = found.size() < most && bytes < kMostBytes;
  after = whole ? newest : found.back().sequence;
  return found;
}

}  // namespace kentongan::sqlite
