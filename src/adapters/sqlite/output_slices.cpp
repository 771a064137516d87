// SPDX-License-Identifier: Apache-2.0
#include "adapters/sqlite/output_slices.hpp"

#include <chrono>
#include <thread>

#include "adapters/sqlite/schema.hpp"

namespace kentongan::sqlite {
namespace {

constexpr auto kLookAgain = std::chrono::milliseconds(50);

}  // namespace

OutputSlices::OutputSlices(std::unique_ptr<Database> database, std::string_view select, std::string_view what,
                           const std::atomic<bool>& stop)
    : database_(std::move(database)), what_(what), stopping_(stop), slice_(*database_, select, what_) {}

Result<std::unique_ptr<OutputSlices>> OutputSlices::open(const std::filesystem::path& path, std::string_view select,
                                                         std::string_view what, const std::atomic<bool>& stop) {
  Database::Settings settings;
  settings.path = path;
  settings.access = Database::Access::read_only;
  auto database = Database::open(settings);
  if (!database) return tl::unexpected(database.error());
  if (auto checked = check_schema(**database, path); !checked) return tl::unexpected(checked.error());
  return std::unique_ptr<OutputSlices>(new OutputSlices(*std::move(database), select, what, stop));
}

Result<std::int64_t> OutputSlices::last() {
  return database_->integer("SELECT coalesce(max(sequence), 0) FROM outputs", what_);
}

Result<std::int64_t> OutputSlices::last_behind(std::int64_t after, Duration wait) {
  const auto until = std::chrono::steady_clock::now() + wait;
  for (;;) {
    auto found = last();
    if (!found || *found > after || stopping_ || std::chrono::steady_clock::now() >= until) return found;
    std::this_thread::sleep_for(kLookAgain);
  }
}

Result<void> OutputSlices::read(std::int64_t after, std::int64_t last, std::size_t most,
                                const std::function<bool(const Row&)>& visit) {
  return slice_.each(visit, after, last, static_cast<std::int64_t>(most));
}

}  // namespace kentongan::sqlite
