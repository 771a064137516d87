// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <filesystem>
#include <memory>

#include "adapters/sqlite/database.hpp"

namespace kentongan::outbox {

/// Opens the file; `create`: makes it (0600) and its folder where they are missing. Refuses a file that is no outbox,
/// or one of a newer Kentongan.
[[nodiscard]] Result<std::unique_ptr<sqlite::Database>> open_outbox_file(const std::filesystem::path& path,
                                                                         bool create);

}  // namespace kentongan::outbox
