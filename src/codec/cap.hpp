// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "domain/error.hpp"
#include "domain/output.hpp"
#include "domain/reference.hpp"

/// Alerts as documents of the Common Alerting Protocol 1.2 (OASIS). What is mapped to what: docs/reference/cap.md.
namespace kentongan::codec {

enum class CapScope : std::uint8_t { open, restricted, closed };

/// Who sends. Texts are as they are; they are escaped here.
struct CapSender {
  std::string id;                  ///< no blank, comma, `<`, `>` or `&`: references are made of it
  std::string name, web, contact;  ///< empty: left out
  std::string status = "Actual";   ///< Actual, Exercise, System or Test
  CapScope scope = CapScope::restricted;
};
/// Error::usage: the id cannot stand in a reference.
[[nodiscard]] Result<void> check_cap_sender(const CapSender& sender);

/// An earlier document about the same alert.
struct CapReference {
  std::string identifier;
  std::string sent;
};

/// One document.
struct CapDocument {
  std::string identifier;  ///< the id of the alert event
  std::string sent;
  std::string xml;  ///< one line, UTF-8, without an end of line
};

/// The document of one step; none where the step changes nothing for those who read it (an escalation, an answer) and
/// of a rule in shadow. `earlier`: those about this alert, in their order; without any, a step is the first that is
/// heard of it.
[[nodiscard]] std::optional<CapDocument> cap_document(const AlertStep& step, std::string_view id, TimePoint time,
                                                      const std::vector<CapReference>& earlier,
                                                      const Reference& reference, const CapSender& sender);

}  // namespace kentongan::codec
