// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <sys/types.h>

#include <filesystem>

#include "domain/error.hpp"

namespace kentongan::sqlite {

/// Whether the journal and its log still stand under their names. A file that is deleted or replaced while it
/// is open goes on taking commits without an error, and all of them are lost when it is closed.
/// Immutable; safe to share between threads.
class FilePresence {
 public:
  /// Remembers which files these are. To be called when the log exists, which is after the first write.
  [[nodiscard]] static Result<FilePresence> note(const std::filesystem::path& database);
  /// Costs two stat(). The error says which of them is gone and what to do.
  [[nodiscard]] Result<void> check() const;

 private:
  struct Identity {
    dev_t device = 0;
    ino_t inode = 0;
    friend bool operator==(const Identity&, const Identity&) = default;
  };
  struct File {
    std::filesystem::path path;
    Identity identity;
  };
  [[nodiscard]] static Result<File> look_at(std::filesystem::path path);
  [[nodiscard]] static Result<void> check(const File& file);
  FilePresence(File database, File log) : database_(std::move(database)), log_(std::move(log)) {}

  File database_;
  File log_;
};

}  // namespace kentongan::sqlite
