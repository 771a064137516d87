// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <filesystem>
#include <random>

namespace kentongan::sqlite::testing {

/// A VFS around the platform's that counts the steps by which a database reaches the disk (write, sync,
/// truncate, delete, growth of the shared index) and lets one of them go wrong. It also models what the disk
/// holds: bytes count as safe only after a sync. One per process; thread-safe.
namespace fault_vfs {

inline constexpr const char* kName = "kentongan-faults";

enum class Fault : unsigned char {
  io_error,     ///< nothing is written; SQLITE_IOERR_*; of a sync: what was not safe is lost
  full,         ///< nothing is written; SQLITE_FULL (a sync or delete: SQLITE_IOERR_*)
  power_off,    ///< SQLITE_IOERR_*, and what was written before stays as unsure as it was
  torn,         ///< half of a write arrives, then SQLITE_IOERR_WRITE
  kill_before,  ///< the process gets SIGKILL before the step,
  kill_torn,    ///< in the middle of a write (else before the step),
  kill_after,   ///< or after it
};

/// Registers the VFS once.
void install();
/// From the `step`-th step from now on (1 is the next) `fault` happens; `lasting`: to every step from then on.
void arm(Fault fault, std::int64_t step, bool lasting = false);
void disarm();
/// Steps since arm(), whether or not it has struck.
[[nodiscard]] std::int64_t steps();
[[nodiscard]] bool struck();

/// Forgets what the disk holds; files are looked at anew when they are opened.
void forget_disk();
/// Writes into `folder` what a power cut would leave of the files opened since forget_disk(): all that was
/// synced, and of each later write nothing, some sectors, or all, by chance; `chance` 0: nothing, 1: all.
/// The shared index is not written.
void write_remains(const std::filesystem::path& folder, std::mt19937_64& random, double chance);

}  // namespace fault_vfs
}  // namespace kentongan::sqlite::testing
