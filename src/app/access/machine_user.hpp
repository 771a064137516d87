// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>

namespace kentongan::app {

/// Who runs this process, for the record: "user root", "user root for ani" behind sudo.
[[nodiscard]] std::string machine_user();

}  // namespace kentongan::app
