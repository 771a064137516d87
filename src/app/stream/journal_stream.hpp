// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <atomic>
#include <filesystem>

#include "app/stream/output_ring.hpp"

namespace kentongan::app {

/// Feeds the ring with what an embedded journal commits, until `stop` is true. While nobody reads the ring it rests.
void stream_journal(const std::filesystem::path& journal, OutputRing& ring, const std::atomic<bool>& stop);

}  // namespace kentongan::app
