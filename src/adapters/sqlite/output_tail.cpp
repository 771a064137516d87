// SPDX-License-Identifier: Apache-2.0
#include "adapters/sqlite/output_tail.hpp"

#include "adapters/sqlite/output_slices.hpp"

namespace kentongan::sqlite {
namespace {

constexpr std::string_view kSelect =
    "SELECT sequence, topic, value FROM outputs WHERE sequence > ?1 AND sequence <= ?2 AND topic < 2 "
    "ORDER BY sequence LIMIT ?3";

}  // namespace

OutputTail::OutputTail(std::unique_ptr<OutputSlices> slices) : slices_(std::move(slices)) {}
OutputTail::~OutputTail() = default;

Result<std::unique_ptr<OutputTail>> OutputTail::open(const std::filesystem::path& path, const std::atomic<bool>& stop) {
  auto slices = OutputSlices::open(path, kSelect, "following the outputs of the journal", stop);
  if (!slices) return tl::unexpected(slices.error());
  return std::unique_ptr<OutputTail>(new OutputTail(*std::move(slices)));
}

Result<std::int64_t> OutputTail::last() { return slices_->last(); }

Result<std::vector<TailedOutput>> OutputTail::read(std::int64_t& after, std::size_t most, Duration wait) {
  const auto newest = slices_->last_behind(after, wait);
  if (!newest) return tl::unexpected(newest.error());
  std::vector<TailedOutput> found;
  if (*newest <= after) return found;
  std::size_t bytes = 0;
  const auto collect = [&](const Row& row) {
    found.push_back({row.integer(0), static_cast<ports::OutputTopic>(row.integer(1)), std::string(row.text(2))});
    bytes += found.back().value.size();
    return bytes < OutputSlices::kMostBytes;
  };
  if (auto read = slices_->read(after, *newest, most, collect); !read) return tl::unexpected(read.error());
  const bool whole = found.size() < most && bytes < OutputSlices::kMostBytes;
  after = whole ? *newest : found.back().sequence;
  return found;
}

}  // namespace kentongan::sqlite
