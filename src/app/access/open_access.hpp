// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <filesystem>
#include <memory>
#include <string>

#include "adapters/audit/audit_writer.hpp"
#include "app/config.hpp"
#include "domain/error.hpp"
#include "ports/access.hpp"

/// Parts of wiring: tokens and the record, as configured.
namespace kentongan::app {

/// Null: nobody is asked for a token. Error::usage: the file is missing or wrong.
[[nodiscard]] Result<std::unique_ptr<ports::Access>> open_access(const Config& config);

/// Writes what is done. Null: no record is kept.
[[nodiscard]] Result<std::unique_ptr<audit::AuditWriter>> open_record(const Config& config);

/// A deed of whoever runs this command, durable when it returns. Nothing where no record is kept.
[[nodiscard]] Result<void> record_command(const Config& config, const std::string& what, const std::string& on,
                                          const std::string& detail = {});

/// A deed of the program itself: nobody waits for it, and a failure is in the log.
void note_deed(ports::Record* record, ports::Deed deed);

/// The file of the record; empty: none is kept.
[[nodiscard]] std::filesystem::path audit_path(const Config& config);

}  // namespace kentongan::app
