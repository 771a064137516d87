// SPDX-License-Identifier: Apache-2.0
#include "adapters/sqlite/alert_log.hpp"

#include "adapters/sqlite/output_slices.hpp"

namespace kentongan::sqlite {
namespace {

constexpr std::string_view kSelect =
    "SELECT sequence, id, value FROM outputs WHERE sequence > ?1 AND sequence <= ?2 AND topic = 0 "
    "ORDER BY sequence LIMIT ?3";
constexpr std::string_view kPartition = "journal";

}  // namespace

JournalAlertLog::JournalAlertLog(std::unique_ptr<OutputSlices> slices) : slices_(std::move(slices)) {}
JournalAlertLog::~JournalAlertLog() = default;

Result<std::unique_ptr<JournalAlertLog>> JournalAlertLog::open(const std::filesystem::path& path,
                                                               const std::atomic<bool>& stop) {
  auto slices = OutputSlices::open(path, kSelect, "reading the alerts of the journal", stop);
  if (!slices) return tl::unexpected(slices.error());
  return std::unique_ptr<JournalAlertLog>(new JournalAlertLog(*std::move(slices)));
}

Result<ports::AlertLogPart> JournalAlertLog::read(const std::map<std::string, std::int64_t>& after, std::size_t most,
                                                  Duration wait) {
  const auto known = after.find(std::string(kPartition));
  const std::int64_t begin = known == after.end() ? 0 : known->second;
  const auto last = slices_->last_behind(begin, wait);
  if (!last) return tl::unexpected(last.error());
  ports::AlertLogPart part;
  if (*last <= begin) return part;
  std::int64_t position = *last;  // what lies between is of other topics
  std::size_t bytes = 0;
  const auto collect = [&](const Row& row) {
    part.alerts.push_back({std::string(row.text(1)), std::string(row.text(2))});
    bytes += part.alerts.back().value.size();
    const bool full = part.alerts.size() == most || bytes >= OutputSlices::kMostBytes;
    if (full) position = row.integer(0);
    return !full;
  };
  if (auto read = slices_->read(begin, *last, most, collect); !read) return tl::unexpected(read.error());
  part.positions.emplace_back(kPartition, position);
  return part;
}

}  // namespace kentongan::sqlite
