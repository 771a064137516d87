// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>

#include "ports/notifier.hpp"

namespace kentongan::notify {

/// A notice for machines: what webhooks and the file carry. A JSON object, described in
/// docs/operations/channels/webhook.md.
void write_notice_body(std::string& out, const ports::Notice& notice, const std::string& key, bool free_text);

}  // namespace kentongan::notify
