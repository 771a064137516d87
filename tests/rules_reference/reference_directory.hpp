// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <unistd.h>

#include <filesystem>
#include <fstream>
#include <string>
#include <string_view>

#include "rules/reference_loader.hpp"

namespace kentongan::rules::testing {

/// A small good reference directory of two kelurahan, in which a test replaces or adds files.
/// It is removed with the object.
class ReferenceDirectory {
 public:
  ReferenceDirectory() {
    static int count = 0;
    path_ = std::filesystem::temp_directory_path() /
            ("kentongan-reference-" + std::to_string(::getpid()) + "-" + std::to_string(++count));
    std::filesystem::create_directories(path_);
    with("areas.csv",
         "code,name,district_code,district_name,lat,lon\n"
         "35.73.02.1001,Klojen,35.73.02,Klojen,-7.97316,112.63462\n"
         "35.73.02.1004,Kiduldalem,35.73.02,Klojen,-7.98053,112.63431\n");
    with("neighbours.csv", "code_a,code_b\n35.73.02.1001,35.73.02.1004\n");
    with("calendar.csv", "election,stage,first_day,last_day\npilkada2024,voting,2024-11-27,2024-11-27\n");
  }
  ~ReferenceDirectory() {
    std::error_code ignored;
    std::filesystem::remove_all(path_, ignored);
  }
  ReferenceDirectory(const ReferenceDirectory&) = delete;
  ReferenceDirectory& operator=(const ReferenceDirectory&) = delete;

  ReferenceDirectory& with(std::string_view file, std::string_view text) {
    std::ofstream(path_ / file, std::ios::binary) << text;
    return *this;
  }
  ReferenceDirectory& without(std::string_view file) {
    std::filesystem::remove(path_ / file);
    return *this;
  }
  [[nodiscard]] const std::filesystem::path& path() const { return path_; }
  [[nodiscard]] LoadedReference load() const { return load_reference(path_); }

 private:
  std::filesystem::path path_;
};

/// The findings as "file:line:column code" (+ " warning"), one a line, for comparison as a whole.
[[nodiscard]] inline std::string places_of(const Diagnostics& diagnostics) {
  std::string text;
  for (const auto& found : diagnostics.all) {
    text += std::filesystem::path(found.file).filename().string() + ":" + std::to_string(found.line) + ":" +
            std::to_string(found.column) + " " + found.code + (found.severity == Severity::warning ? " warning" : "") +
            "\n";
  }
  return text;
}

}  // namespace kentongan::rules::testing
