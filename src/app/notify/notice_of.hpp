// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <optional>
#include <set>
#include <string>

#include "domain/reference.hpp"
#include "duty/plan.hpp"
#include "ports/outbox.hpp"

/// What was planned, as it goes into the outbox.
namespace kentongan::app {

/// A step with what a message says of it: the name of its place, its time there.
[[nodiscard]] ports::NoticeItem item_of(const std::string& event, const AlertStep& step, const Reference& reference);

/// `channels`: names of those that there are; a person's other ways are left out.
[[nodiscard]] ports::PlannedNotice notice_of(const duty::Delivery& delivery, const Reference& reference,
                                             const std::set<std::string, std::less<>>& channels);

/// The delivery behind a notice, as far as duty::Planner::unreachable() asks for it. None: there was none.
[[nodiscard]] std::optional<duty::Delivery> delivery_behind(const ports::Notice& notice);

}  // namespace kentongan::app
