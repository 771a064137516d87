// SPDX-License-Identifier: Apache-2.0
#include "fault_vfs.hpp"

#include <signal.h>
#include <sqlite3.h>

#include <algorithm>
#include <cstring>
#include <fstream>
#include <iterator>
#include <map>
#include <mutex>
#include <string>
#include <vector>

namespace kentongan::sqlite::testing::fault_vfs {
namespace {

// --- what the disk holds ---------------------------------------------------------------------------------

struct Change {
  std::size_t position;  ///< of a truncation: the new size
  std::string bytes;
  bool truncation;
};

struct DiskFile {
  std::string safe;
  std::vector<Change> pending;
};

void apply(std::string& image, const Change& change) {
  if (change.truncation) {
    image.resize(std::min(image.size(), change.position));
    return;
  }
  image.resize(std::max(image.size(), change.position + change.bytes.size()));
  image.replace(change.position, change.bytes.size(), change.bytes);
}

struct Shared {
  std::mutex mutex;
  bool armed = false;
  Fault fault = Fault::io_error;
  std::int64_t strike_at = 0;
  bool lasting = false;
  std::int64_t count = 0;
  bool has_struck = false;
  std::map<std::string, DiskFile> disk;
};

Shared& shared() {
  static Shared instance;
  return instance;
}

/// The fault that this step meets, if any. Called with the mutex held.
bool strikes(Shared& all) {
  if (!all.armed) return false;
  ++all.count;
  const bool now = all.lasting ? all.count >= all.strike_at : all.count == all.strike_at;
  if (now) all.has_struck = true;
  return now;
}

[[noreturn]] void die() {
  kill(getpid(), SIGKILL);
  for (;;) pause();
}

/// Runs a step or its fault. `real` does it; `half` does half of it, `fail` what a failure does; the results are
/// SQLite codes.
template <class Real, class Half, class Fail>
int step(int io_error, bool can_be_full, Real real, Half half, Fail fail) {
  Shared& all = shared();
  const std::lock_guard guard(all.mutex);
  if (!strikes(all)) return real();
  switch (all.fault) {
    case Fault::io_error:
      fail();
      return io_error;
    case Fault::power_off:
      return io_error;
    case Fault::full:
      fail();
      return can_be_full ? SQLITE_FULL : io_error;
    case Fault::torn:
      half();
      return io_error;
    case Fault::kill_before:
      die();
    case Fault::kill_torn:
      half();
      die();
    case Fault::kill_after:
      real();
      die();
  }
  return io_error;
}

void nothing() {}

// --- files -----------------------------------------------------------------------------------------------

struct File {
  sqlite3_file base;
  std::string* name;  ///< null: temporary
  sqlite3_file* real() { return reinterpret_cast<sqlite3_file*>(this + 1); }
};

File* cast(sqlite3_file* file) { return reinterpret_cast<File*>(file); }
sqlite3_file* real(sqlite3_file* file) { return cast(file)->real(); }

DiskFile* disk_file(sqlite3_file* file) {
  return cast(file)->name == nullptr ? nullptr : &shared().disk[*cast(file)->name];
}

int write_now(sqlite3_file* file, const void* bytes, int size, sqlite3_int64 position) {
  const int code = real(file)->pMethods->xWrite(real(file), bytes, size, position);
  if (DiskFile* disk = disk_file(file); disk != nullptr && code == SQLITE_OK) {
    disk->pending.push_back({static_cast<std::size_t>(position),
                             std::string(static_cast<const char*>(bytes), static_cast<std::size_t>(size)), false});
  }
  return code;
}

int file_close(sqlite3_file* file) {
  const int code = real(file)->pMethods->xClose(real(file));
  delete cast(file)->name;
  return code;
}
int file_read(sqlite3_file* file, void* bytes, int size, sqlite3_int64 position) {
  return real(file)->pMethods->xRead(real(file), bytes, size, position);
}
int file_write(sqlite3_file* file, const void* bytes, int size, sqlite3_int64 position) {
  return step(
      SQLITE_IOERR_WRITE, true, [&] { return write_now(file, bytes, size, position); },
      [&] { return write_now(file, bytes, size / 2, position); }, nothing);
}
int file_truncate(sqlite3_file* file, sqlite3_int64 size) {
  const auto truncate_now = [&] {
    if (DiskFile* disk = disk_file(file)) disk->pending.push_back({static_cast<std::size_t>(size), "", true});
    return real(file)->pMethods->xTruncate(real(file), size);
  };
  return step(SQLITE_IOERR_TRUNCATE, false, truncate_now, nothing, nothing);
}
int file_sync(sqlite3_file* file, int flags) {
  const auto sync_now = [&] {
    if (DiskFile* disk = disk_file(file)) {
      for (const Change& change : disk->pending) apply(disk->safe, change);
      disk->pending.clear();
    }
    return real(file)->pMethods->xSync(real(file), flags);
  };
  // As Linux does it: what a failed sync could not write is not written by the next one either.
  const auto lose = [&] {
    if (DiskFile* disk = disk_file(file)) disk->pending.clear();
  };
  return step(SQLITE_IOERR_FSYNC, false, sync_now, lose, lose);
}
int file_size(sqlite3_file* file, sqlite3_int64* size) { return real(file)->pMethods->xFileSize(real(file), size); }
int file_lock(sqlite3_file* file, int level) { return real(file)->pMethods->xLock(real(file), level); }
int file_unlock(sqlite3_file* file, int level) { return real(file)->pMethods->xUnlock(real(file), level); }
int file_check_lock(sqlite3_file* file, int* out) { return real(file)->pMethods->xCheckReservedLock(real(file), out); }
int file_control(sqlite3_file* file, int operation, void* argument) {
  return real(file)->pMethods->xFileControl(real(file), operation, argument);
}
int file_sector_size(sqlite3_file* file) { return real(file)->pMethods->xSectorSize(real(file)); }
/// The platform's promise that a torn write leaves the bytes beside it alone matters: without it SQLite fills
/// sectors with a frame that is synced only with the next commit, which a failed sync would lose.
int file_characteristics(sqlite3_file* file) { return real(file)->pMethods->xDeviceCharacteristics(real(file)); }
int file_shm_map(sqlite3_file* file, int region, int size, int extend, void volatile** out) {
  const auto map_now = [&] { return real(file)->pMethods->xShmMap(real(file), region, size, extend, out); };
  return extend != 0 ? step(SQLITE_IOERR_SHMSIZE, true, map_now, nothing, nothing) : map_now();
}
int file_shm_lock(sqlite3_file* file, int offset, int count, int flags) {
  return real(file)->pMethods->xShmLock(real(file), offset, count, flags);
}
void file_shm_barrier(sqlite3_file* file) { real(file)->pMethods->xShmBarrier(real(file)); }
int file_shm_unmap(sqlite3_file* file, int remove) { return real(file)->pMethods->xShmUnmap(real(file), remove); }

constexpr sqlite3_io_methods kMethods{2,
                                      file_close,
                                      file_read,
                                      file_write,
                                      file_truncate,
                                      file_sync,
                                      file_size,
                                      file_lock,
                                      file_unlock,
                                      file_check_lock,
                                      file_control,
                                      file_sector_size,
                                      file_characteristics,
                                      file_shm_map,
                                      file_shm_lock,
                                      file_shm_barrier,
                                      file_shm_unmap,
                                      nullptr,
                                      nullptr};

// --- the VFS ---------------------------------------------------------------------------------------------

sqlite3_vfs* platform() { return sqlite3_vfs_find("unix"); }

std::string content_of(const std::filesystem::path& path) {
  std::ifstream file(path, std::ios::binary);
  return {std::istreambuf_iterator<char>(file), {}};
}

int vfs_open(sqlite3_vfs*, const char* name, sqlite3_file* file, int flags, int* out_flags) {
  File* mine = cast(file);
  mine->name = nullptr;
  mine->base.pMethods = nullptr;
  const bool existed = name != nullptr && std::filesystem::exists(name);
  const int code = platform()->xOpen(platform(), name, mine->real(), flags, out_flags);
  if (code != SQLITE_OK) return code;
  mine->base.pMethods = &kMethods;
  if (name == nullptr) return code;
  mine->name = new std::string(name);
  const std::lock_guard guard(shared().mutex);
  auto [entry, is_new] = shared().disk.try_emplace(name);
  if (is_new && existed) entry->second.safe = content_of(name);
  return code;
}

int vfs_delete(sqlite3_vfs*, const char* name, int sync_folder) {
  const auto delete_now = [&] {
    shared().disk.erase(name);
    return platform()->xDelete(platform(), name, sync_folder);
  };
  return step(SQLITE_IOERR_DELETE, false, delete_now, nothing, nothing);
}

std::string survive(const DiskFile& file, std::mt19937_64& random, double chance) {
  constexpr std::size_t kSector = 512;
  std::string image = file.safe;
  std::bernoulli_distribution survives(chance);
  for (const Change& change : file.pending) {
    if (change.truncation) {
      if (survives(random)) apply(image, change);
      continue;
    }
    for (std::size_t from = 0; from < change.bytes.size(); from += kSector) {
      if (survives(random)) apply(image, {change.position + from, change.bytes.substr(from, kSector), false});
    }
  }
  return image;
}

}  // namespace

void install() {
  static sqlite3_vfs vfs;
  if (sqlite3_vfs_find(kName) != nullptr) return;
  vfs = *platform();
  vfs.zName = kName;
  vfs.pNext = nullptr;
  vfs.szOsFile = static_cast<int>(sizeof(File)) + platform()->szOsFile;
  vfs.xOpen = vfs_open;
  vfs.xDelete = vfs_delete;
  sqlite3_vfs_register(&vfs, 0);
}

void arm(Fault fault, std::int64_t step, bool lasting) {
  Shared& all = shared();
  const std::lock_guard guard(all.mutex);
  all.armed = true;
  all.fault = fault;
  all.strike_at = step;
  all.lasting = lasting;
  all.count = 0;
  all.has_struck = false;
}

void disarm() {
  const std::lock_guard guard(shared().mutex);
  shared().armed = false;
}

std::int64_t steps() {
  const std::lock_guard guard(shared().mutex);
  return shared().count;
}

bool struck() {
  const std::lock_guard guard(shared().mutex);
  return shared().has_struck;
}

void forget_disk() {
  const std::lock_guard guard(shared().mutex);
  shared().disk.clear();
}

void write_remains(const std::filesystem::path& folder, std::mt19937_64& random, double chance) {
  std::filesystem::create_directories(folder);
  const std::lock_guard guard(shared().mutex);
  for (const auto& [name, file] : shared().disk) {
    const std::string image = survive(file, random, chance);
    std::ofstream out(folder / std::filesystem::path(name).filename(), std::ios::binary);
    out.write(image.data(), static_cast<std::streamsize>(image.size()));
  }
}

}  // namespace kentongan::sqlite::testing::fault_vfs
