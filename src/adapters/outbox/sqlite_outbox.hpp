// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <filesystem>
#include <memory>

#include "ports/outbox.hpp"

namespace kentongan::outbox {

/// The outbox in one SQLite file with a rollback journal, so that the command line may write to it beside the service.
/// A commit is on the disk when it returns.
class SqliteOutbox final : public ports::Outbox {
 public:
  enum class Use : unsigned char {
    serve,  ///< creates the file; one process at a time
    visit,  ///< beside a service or without; the file must be there
  };
  [[nodiscard]] static Result<std::unique_ptr<SqliteOutbox>> open(const std::filesystem::path& path, Use use);
  ~SqliteOutbox() override;

  [[nodiscard]] Result<std::map<std::string, std::int64_t>> positions() override;
  [[nodiscard]] Result<std::string> memory(std::string_view name) override;
  [[nodiscard]] Result<void> remember(std::string_view name, std::string_view value) override;
  [[nodiscard]] Result<void> commit(const ports::PlanCommit& plan, TimePoint now) override;
  [[nodiscard]] Result<std::vector<ports::Delivery>> due(std::string_view channel, TimePoint now,
                                                         std::size_t limit) override;
  [[nodiscard]] Result<std::optional<TimePoint>> next_due(std::string_view channel) override;
  [[nodiscard]] Result<void> settle(const ports::Settlement& settlement) override;
  [[nodiscard]] Result<std::optional<ports::Notice>> notice(std::string_view id) override;
  [[nodiscard]] Result<std::vector<ports::Delivery>> ways_of(std::string_view notice) override;
  [[nodiscard]] Result<std::vector<ports::Notice>> unreachable(std::size_t limit) override;
  [[nodiscard]] Result<std::map<std::string, std::uint64_t>> waiting() override;
  [[nodiscard]] Result<void> list(std::optional<ports::DeliveryState> state,
                                  const std::function<bool(const ports::Delivery&)>& visit) override;
  [[nodiscard]] Result<std::uint64_t> retry(std::string_view key, TimePoint now) override;
  [[nodiscard]] Result<std::uint64_t> forget(TimePoint before) override;
  [[nodiscard]] Result<std::vector<ports::MirroredAlert>> mirrored(TimePoint ended_since) override;

 private:
  class Parts;
  explicit SqliteOutbox(std::unique_ptr<Parts> parts);

  std::unique_ptr<Parts> parts_;
};

}  // namespace kentongan::outbox
