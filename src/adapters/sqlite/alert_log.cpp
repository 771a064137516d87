// SPDX-License-Identifier: Apache-2.0
#include "adapters/sqlite/alert_log.hpp"

#include <chrono>
#include <thread>

#include "adapters/sqlite/database.hpp"
#include "adapters/sqlite/schema.hpp"
#include "adapters/sqlite/statement.hpp"

namespace kentongan::sqlite {
namespace {

constexpr std::string_view kReading = "reading the alerts of the journal";
constexpr std::string_view kPartition = "journal";
constexpr auto kLookAgain = std::chrono::milliseconds(50);
constexpr std::size_t kMostBytes = 4 << 20;

}  // namespace

class JournalAlertLog::Parts {
 public:
  Parts(std::unique_ptr<Database> opened, const std::atomic<bool>& stop)
      : database(std::move(opened)),
        stopping(stop),
        slice(*database,
              "SELECT sequence, id, value FROM outputs WHERE sequence > ?1 AND sequence <= ?2 AND topic = 0 "
              "ORDER BY sequence LIMIT ?3",
              kReading) {}

  [[nodiscard]] Result<std::int64_t> last() {
    return database->integer("SELECT coalesce(max(sequence), 0) FROM outputs", kReading);
  }
  /// The last sequence behind `after`, waited for until then.
  [[nodiscard]] Result<std::int64_t> last_behind(std::int64_t after, std::chrono::steady_clock::time_point until) {
    for (;;) {
      auto found = last();
      if (!found || *found > after || stopping || std::chrono::steady_clock::now() >= until) return found;
      std::this_thread::sleep_for(kLookAgain);
    }
  }

  std::unique_ptr<Database> database;
  const std::atomic<bool>& stopping;
  Statement slice;
};

JournalAlertLog::JournalAlertLog(std::unique_ptr<Parts> parts) : parts_(std::move(parts)) {}
JournalAlertLog::~JournalAlertLog() = default;

Result<std::unique_ptr<JournalAlertLog>> JournalAlertLog::open(const std::filesystem::path& path,
                                                               const std::atomic<bool>& stop) {
  Database::Settings settings;
  settings.path = path;
  settings.access = Database::Access::read_only;
  auto database = Database::open(settings);
  if (!database) return tl::unexpected(database.error());
  if (auto checked = check_schema(**database, path); !checked) return tl::unexpected(checked.error());
  return std::unique_ptr<JournalAlertLog>(new JournalAlertLog(std::make_unique<Parts>(*std::move(database), stop)));
}

Result<ports::AlertLogPart> JournalAlertLog::read(const std::map<std::string, std::int64_t>& after, std::size_t most,
                                                  Duration wait) {
  const auto known = after.find(std::string(kPartition));
  const std::int64_t begin = known == after.end() ? 0 : known->second;
  const auto last = parts_->last_behind(begin, std::chrono::steady_clock::now() + wait);
  if (!last) return tl::unexpected(last.error());
  ports::AlertLogPart part;
  if (*last <= begin) return part;
  std::int64_t position = *last;  // what lies between is of other topics
  std::size_t bytes = 0;
  const auto collect = [&](const Row& row) {
    part.alerts.push_back({std::string(row.text(1)), std::string(row.text(2))});
    bytes += part.alerts.back().value.size();
    const bool full = part.alerts.size() == most || bytes >= kMostBytes;
    if (full) position = row.integer(0);
    return !full;
  };
  auto read = parts_->slice.each(collect, begin, *last, static_cast<std::int64_t>(most));
  if (!read) return tl::unexpected(read.error());
  part.positions.emplace_back(kPartition, position);
  return part;
}

}  // namespace kentongan::sqlite
