// SPDX-License-Identifier: Apache-2.0
#include "adapters/sqlite/database_file.hpp"

#include <fcntl.h>
#include <fmt/format.h>
#include <unistd.h>

#include <array>
#include <cerrno>
#include <cstring>
#include <fstream>

#include "adapters/sqlite/database.hpp"
#include "adapters/sqlite/schema.hpp"

namespace kentongan::sqlite {
namespace {

namespace fs = std::filesystem;

tl::unexpected<Error> refuse(const fs::path& path, std::string_view why) {
  return fail(Error::Kind::failed, fmt::format("{}: {}", path.string(), why));
}

// The header, of which SQLite's file format says: bytes 0-15 "SQLite format 3\0", 16-17 page size (1 means
// 65,536), 28-31 size in pages, 68-71 application id; numbers are big-endian.
constexpr std::size_t kHeaderSize = 100;
using Header = std::array<unsigned char, kHeaderSize>;

std::uint32_t number_at(const Header& header, std::size_t position, std::size_t size) {
  std::uint32_t value = 0;
  for (std::size_t i = 0; i < size; ++i) value = value << 8 | header[position + i];
  return value;
}

std::uint64_t size_by_header(const Header& header) {
  const std::uint32_t page = number_at(header, 16, 2);
  return std::uint64_t{page == 1 ? 65'536U : page} * number_at(header, 28, 4);
}

Result<void> sync_folder(const fs::path& folder) {
  const int descriptor = ::open(folder.c_str(), O_RDONLY | O_DIRECTORY | O_CLOEXEC);
  const bool synced = descriptor >= 0 && fsync(descriptor) == 0;
  const int reason = errno;
  if (descriptor >= 0) ::close(descriptor);
  if (!synced) return refuse(folder, fmt::format("the folder cannot be synced ({})", std::strerror(reason)));
  return {};
}

Result<void> create_empty_file(const fs::path& path) {
  const int descriptor = ::open(path.c_str(), O_RDWR | O_CREAT | O_EXCL | O_CLOEXEC | O_NOFOLLOW, 0600);
  if (descriptor < 0) {
    return refuse(path, fmt::format("the journal cannot be created ({}); make the folder writable for the user that "
                                    "runs Kentongan",
                                    std::strerror(errno)));
  }
  ::close(descriptor);
  return {};
}

Result<void> fill(const fs::path& path, const std::string& vfs) {
  auto database = Database::open({.path = path, .access = Database::Access::create, .vfs = vfs});
  if (!database) return tl::unexpected(database.error());
  return create_schema(**database);
}

Result<void> move_into_place(const fs::path& from, const fs::path& to) {
  std::error_code error;
  fs::rename(from, to, error);
  if (error) return refuse(to, fmt::format("the journal cannot be put into its place ({})", error.message()));
  return sync_folder(to.parent_path());
}

fs::path beside(const fs::path& path, std::string_view ending) { return path.string() + std::string(ending); }

}  // namespace

Result<fs::path> locate_for_writing(const fs::path& path) {
  if (path.empty())
    return fail(Error::Kind::usage, "journal.path is empty; name a file, ./kentongan-data/kentongan.db");
  std::error_code error;
  const fs::path absolute = fs::weakly_canonical(fs::absolute(path, error), error);
  if (error) return refuse(path, fmt::format("the path cannot be followed ({})", error.message()));
  if (fs::is_directory(absolute, error)) return refuse(path, "this is a folder; journal.path names a file in it");
  const bool created = fs::create_directories(absolute.parent_path(), error);
  if (created) fs::permissions(absolute.parent_path(), fs::perms::owner_all, error);
  if (error) {
    return refuse(
        absolute.parent_path(),
        fmt::format("the folder of the journal is missing and cannot be created ({}); create it, writable for "
                    "the user that runs Kentongan, or mount its volume",
                    error.message()));
  }
  return absolute;
}

Result<void> create_journal_file(const fs::path& path, const std::string& vfs) {
  // SQLite would take a log that was left behind for the new file's own, and damage it.
  for (const std::string_view ending : {"-wal", "-journal"}) {
    std::error_code ignored;
    if (fs::exists(beside(path, ending), ignored)) {
      return refuse(path,
                    fmt::format("the journal is missing, but its log {} is there; put the journal back beside it, "
                                "or move the log away to begin with an empty journal",
                                beside(path, ending).string()));
    }
  }
  const fs::path draft = beside(path, ".new");
  for (const std::string_view ending : {"", "-journal", "-wal", "-shm"}) {  // of an attempt that was cut short
    std::error_code ignored;
    fs::remove(beside(draft, ending), ignored);
  }
  return create_empty_file(draft).and_then([&] { return fill(draft, vfs); }).and_then([&] {
    return move_into_place(draft, path);
  });
}

Result<void> inspect_journal_file(const fs::path& path) {
  std::error_code error;
  if (!fs::exists(path, error)) return refuse(path, "there is no journal; check journal.path");
  Header header{};
  std::ifstream file(path, std::ios::binary);
  if (!file) {
    return refuse(path, "the journal cannot be read; make it readable and writable for the user that runs Kentongan");
  }
  file.read(reinterpret_cast<char*>(header.data()), kHeaderSize);
  const bool whole = file.gcount() == static_cast<std::streamsize>(kHeaderSize);
  if (!whole || std::memcmp(header.data(), "SQLite format 3", 16) != 0) {
    return refuse(
        path, fmt::format("not a Kentongan journal ({}); check journal.path, put back the latest backup, or move the "
                          "file away to begin with an empty journal",
                          whole ? "not an SQLite database" : "it is shorter than a header"));
  }
  if (number_at(header, 68, 4) != static_cast<std::uint32_t>(kApplicationId)) {
    return refuse(path, "not a Kentongan journal (a database of another program); give journal.path a file of its own");
  }
  // While a log is there, the end of the file may still be in it.
  if (!has_log(path) && fs::file_size(path, error) < size_by_header(header)) {
    return refuse(path,
                  "the journal is damaged (cut off: the file is shorter than its header says); keep this file "
                  "for an examination and put back the latest backup");
  }
  return {};
}

bool has_log(const fs::path& path) {
  std::error_code error;
  const auto size = fs::file_size(beside(path, "-wal"), error);
  return !error && size > 0;
}

}  // namespace kentongan::sqlite
