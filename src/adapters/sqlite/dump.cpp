// SPDX-License-Identifier: Apache-2.0
#include "adapters/sqlite/dump.hpp"

#include <unistd.h>

#include <utility>
#include <vector>

#include "adapters/sqlite/database.hpp"
#include "adapters/sqlite/database_file.hpp"
#include "adapters/sqlite/schema.hpp"
#include "adapters/sqlite/statement.hpp"

namespace kentongan::sqlite {
namespace {

constexpr std::string_view kReading = "reading the journal";
constexpr std::int64_t kSliceRows = 256;
constexpr std::size_t kSliceBytes = 4 << 20;

struct Output {
  std::int64_t sequence;
  ports::OutputTopic topic;
  std::string id;
  std::string subject;
  std::string value;
};

struct Input {
  std::int64_t offset;
  std::int64_t received;
  std::string value;
};

std::int64_t mask_of(std::span<const ports::OutputTopic> topics) {
  std::int64_t mask = 0;
  for (const ports::OutputTopic topic : topics) mask |= std::int64_t{1} << static_cast<int>(topic);
  return mask;
}

/// Beside a journal in a folder that cannot be written to, SQLite cannot put its index of the log. Where there
/// is no log and no service, the file is read as it is.
Database::Access access_to(const std::filesystem::path& path) {
  const bool writable = access(path.parent_path().c_str(), W_OK) == 0;
  return writable || has_log(path) ? Database::Access::read_only : Database::Access::immutable;
}

}  // namespace

class Dump::Reader {
 public:
  explicit Reader(std::unique_ptr<Database> database)
      : database_(std::move(database)),
        slice_(*database_,
               "SELECT sequence, topic, id, subject, value FROM outputs "
               "WHERE sequence > ?1 AND sequence <= ?2 AND (?3 >> topic) & 1 ORDER BY sequence LIMIT ?4",
               kReading),
        inputs_(*database_, "SELECT count(*) FROM inputs WHERE value = ?1", kReading),
        input_slice_(*database_,
                     "SELECT offset, received, value FROM inputs WHERE offset > ?1 AND offset <= ?2 "
                     "ORDER BY offset LIMIT ?3",
                     kReading) {}

  [[nodiscard]] Result<std::int64_t> count_inputs(std::string_view value) {
    std::int64_t count = 0;
    const auto take = [&](const Row& row) {
      count = row.integer(0);
      return true;
    };
    return inputs_.each(take, Blob{value}).map([&] { return count; });
  }

  [[nodiscard]] Result<std::int64_t> last() {
    return database_->integer("SELECT coalesce(max(sequence), 0) FROM outputs", kReading);
  }

  [[nodiscard]] Result<std::int64_t> last_applied() { return committed_offset(*database_); }

  /// Inputs behind `after`, copied as slice() does.
  [[nodiscard]] Result<std::vector<Input>> inputs(std::int64_t after, std::int64_t last) {
    std::vector<Input> inputs;
    std::size_t bytes = 0;
    const auto collect = [&](const Row& row) {
      inputs.push_back(Input{row.integer(0), row.integer(1), std::string(row.text(2))});
      bytes += inputs.back().value.size();
      return bytes < kSliceBytes;
    };
    return input_slice_.each(collect, after, last, kSliceRows).map([&] { return std::move(inputs); });
  }

  /// Outputs behind `after`, copied, so that no lock is held while they are visited.
  [[nodiscard]] Result<std::vector<Output>> slice(std::int64_t after, std::int64_t last, std::int64_t mask) {
    std::vector<Output> outputs;
    std::size_t bytes = 0;
    const auto collect = [&](const Row& row) {
      outputs.push_back(Output{row.integer(0), static_cast<ports::OutputTopic>(row.integer(1)),
                               std::string(row.text(2)), std::string(row.text(3)), std::string(row.text(4))});
      bytes += outputs.back().value.size();
      return bytes < kSliceBytes;
    };
    return slice_.each(collect, after, last, mask, kSliceRows).map([&] { return std::move(outputs); });
  }

 private:
  std::unique_ptr<Database> database_;
  Statement slice_;
  Statement inputs_;
  Statement input_slice_;
};

Dump::Dump(std::unique_ptr<Reader> reader) : reader_(std::move(reader)) {}
Dump::Dump(Dump&&) noexcept = default;
Dump& Dump::operator=(Dump&&) noexcept = default;
Dump::~Dump() = default;

Result<Dump> Dump::open(const std::filesystem::path& path) {
  std::error_code ignored;
  const std::filesystem::path absolute = std::filesystem::weakly_canonical(std::filesystem::absolute(path), ignored);
  if (auto inspected = inspect_journal_file(absolute); !inspected) return tl::unexpected(inspected.error());
  auto database = Database::open({.path = absolute, .access = access_to(absolute), .vfs = {}});
  if (!database) return tl::unexpected(database.error());
  return check_schema(**database, absolute).map([&] { return Dump(std::make_unique<Reader>(std::move(*database))); });
}

Result<std::int64_t> Dump::count_inputs(std::string_view value) { return reader_->count_inputs(value); }

Result<void> Dump::visit_inputs(const std::function<bool(const KeptInput&)>& visit) {
  const auto last = reader_->last_applied();
  if (!last) return tl::unexpected(last.error());
  for (std::int64_t after = 0;;) {
    const auto inputs = reader_->inputs(after, *last);
    if (!inputs) return tl::unexpected(inputs.error());
    if (inputs->empty()) return {};
    for (const Input& input : *inputs) {
      if (!visit({Offset{input.offset}, TimePoint{Duration{input.received}}, input.value})) return {};
    }
    after = inputs->back().offset;
  }
}

Result<void> Dump::visit(std::span<const ports::OutputTopic> topics,
                         const std::function<bool(const DumpedOutput&)>& visit) {
  const auto last = reader_->last();
  if (!last) return tl::unexpected(last.error());
  for (std::int64_t after = 0;;) {
    const auto outputs = reader_->slice(after, *last, mask_of(topics));
    if (!outputs) return tl::unexpected(outputs.error());
    if (outputs->empty()) return {};
    for (const Output& output : *outputs) {
      if (!visit({output.sequence, output.topic, output.id, output.subject, output.value})) return {};
    }
    after = outputs->back().sequence;
  }
}

}  // namespace kentongan::sqlite
