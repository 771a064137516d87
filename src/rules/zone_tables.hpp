// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <map>
#include <memory>
#include <string>

#include "domain/error.hpp"
#include "domain/time.hpp"

namespace kentongan::rules {

/// IANA zones of the system's tzdata as tables of offsets, from 1970 to 2100. Each zone is read once and
/// shared. Not thread-safe; the zones it hands out are.
class ZoneTables {
 public:
  /// An unknown zone, or a system without tzdata, is Error::usage.
  [[nodiscard]] Result<std::shared_ptr<const LocalZone>> find(const std::string& name);

 private:
  std::map<std::string, std::shared_ptr<const LocalZone>, std::less<>> known_;
};

}  // namespace kentongan::rules
