// SPDX-License-Identifier: Apache-2.0
#include "app/access/open_access.hpp"

#include <spdlog/spdlog.h>

#include <chrono>
#include <span>

#include "access/doorman.hpp"
#include "app/access/machine_user.hpp"
#include "app/log/line.hpp"

namespace kentongan::app {
namespace {

TimePoint wall_now() { return std::chrono::time_point_cast<Duration>(std::chrono::system_clock::now()); }

}  // namespace

Result<std::unique_ptr<ports::Access>> open_access(const Config& config) {
  if (config.access.tokens.empty()) return nullptr;
  access::DoormanOptions options;
  options.tokens = config.access.tokens;
  options.requests_each_second = config.access.requests_per_second;
  options.now = wall_now;
  options.tell = [](bool good, const std::string& line) {
    spdlog::log(good ? spdlog::level::info : spdlog::level::err, "msg={}", log_text(line));
  };
  auto doorman = access::Doorman::open(std::move(options));
  if (!doorman) return tl::unexpected(doorman.error());
  return std::unique_ptr<ports::Access>(*std::move(doorman));
}

Result<std::unique_ptr<audit::AuditWriter>> open_record(const Config& config) {
  const std::filesystem::path path = audit_path(config);
  if (path.empty()) return nullptr;
  audit::WriterOptions options;
  options.path = path;
  options.keep = config.access.keep_audit;
  options.now = wall_now;
  options.tell = [](bool good, const std::string& line) {
    spdlog::log(good ? spdlog::level::info : spdlog::level::err, "msg=record text={}", log_text(line));
  };
  return audit::AuditWriter::open(std::move(options));
}

Result<void> record_command(const Config& config, const std::string& what, const std::string& on,
                            const std::string& detail) {
  const std::filesystem::path path = audit_path(config);
  if (path.empty()) return {};
  auto record = audit::AuditFile::open(path, audit::AuditFile::Open::append);
  if (!record) return tl::unexpected(record.error());
  const ports::Deed deed{machine_user(), what, on, "", detail};
  return (*record)->append(std::span(&deed, 1), wall_now());
}

void note_deed(ports::Record* record, ports::Deed deed) {
  if (record == nullptr) return;
  record->keep(std::move(deed), [](const Result<void>& kept) {
    if (!kept) spdlog::error("msg=\"not on record\" error={}", log_text(kept.error().message));
  });
}

std::filesystem::path audit_path(const Config& config) {
  if (!config.access.audit.empty() || config.access.tokens.empty()) return config.access.audit;
  return config.journal_path.parent_path() / "audit.db";
}

}  // namespace kentongan::app
