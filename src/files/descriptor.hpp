// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <filesystem>
#include <string_view>

/// What is needed to put a file in its place so that it is whole, also after a loss of power.
namespace kentongan::files {

/// An open file; closed at the end. Below 0: it could not be opened, and errno says why.
class Descriptor {
 public:
  explicit Descriptor(int number) : number_(number) {}
  ~Descriptor();
  Descriptor(const Descriptor&) = delete;
  Descriptor& operator=(const Descriptor&) = delete;
  [[nodiscard]] int number() const noexcept { return number_; }

 private:
  int number_;
};

/// All of it, and down to the disk. False: errno says why not.
[[nodiscard]] bool write_durably(int file, std::string_view text);
/// So that a new name in it outlasts a loss of power; on file systems that cannot, it is as good as it gets.
void sync_folder(const std::filesystem::path& folder);

}  // namespace kentongan::files
