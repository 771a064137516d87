// SPDX-License-Identifier: Apache-2.0
#include "adapters/sqlite/condition.hpp"

#include <unistd.h>

#include "adapters/sqlite/database.hpp"
#include "adapters/sqlite/database_file.hpp"
#include "adapters/sqlite/instance_lock.hpp"
#include "adapters/sqlite/schema.hpp"

namespace kentongan::sqlite {
namespace {

namespace fs = std::filesystem;

std::uintmax_t size_of(const fs::path& path) {
  std::error_code error;
  const auto size = fs::file_size(path, error);
  return error ? 0 : size;
}

Result<void> read(Condition& condition, Database& database, const fs::path& path, bool wholly) {
  auto good = check_schema(database, path);
  if (good && wholly) good = check_integrity(database, path);
  if (!good) return good;
  condition.checked = wholly;
  constexpr std::string_view kDoing = "looking at the journal";
  const auto last = last_input(database);
  const auto committed = committed_offset(database);
  const auto schema = database.integer("PRAGMA user_version", kDoing);
  const auto received = database.integer("SELECT coalesce(max(received), 0) FROM inputs", kDoing);
  for (const auto* value : {&last, &committed, &schema, &received}) {
    if (!*value) return tl::unexpected(value->error());
  }
  condition.waiting = *last - *committed;
  condition.schema = *schema;
  condition.last_received = *received;
  return {};
}

}  // namespace

Result<Condition> condition_of(const fs::path& path, std::uintmax_t check_up_to) {
  std::error_code ignored;
  const fs::path absolute = fs::weakly_canonical(fs::absolute(path, ignored), ignored);
  Condition condition;
  condition.exists = fs::exists(absolute, ignored);
  if (!condition.exists) return condition;
  if (const auto holder = InstanceLock::holder(absolute)) {
    condition.in_use = true;
    condition.holder = *holder;
  }
  if (auto inspected = inspect_journal_file(absolute); !inspected) return tl::unexpected(inspected.error());
  condition.bytes = size_of(absolute);
  condition.log_bytes = size_of(absolute.string() + "-wal");
  const bool writable = ::access(absolute.parent_path().c_str(), W_OK) == 0;
  const auto access = writable || has_log(absolute) ? Database::Access::read_only : Database::Access::immutable;
  auto database = Database::open({.path = absolute, .access = access, .vfs = {}});
  if (!database) return tl::unexpected(database.error());
  return read(condition, **database, absolute, condition.bytes <= check_up_to).map([&] { return condition; });
}

}  // namespace kentongan::sqlite
