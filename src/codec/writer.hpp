// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>

#include "domain/output.hpp"
#include "domain/reference.hpp"

namespace kentongan::codec {

/// Appends the CloudEvent (structured JSON, one line, no LF) to `out`. Key order is fixed, so equal
/// outputs are equal bytes. Texts that are not valid UTF-8 cannot occur: the decoder refuses them.
void write_output(std::string& out, const Output& output, const Reference& reference);

/// Only the `data` object of an alert step, as GET /v1/alerts shows it.
void write_alert_data(std::string& out, const AlertStep& step, const Reference& reference);

/// A double in its shortest form that reads back equal; 41.5, 12.0 (JSON keeps a number a number).
void append_number(std::string& out, double value);
/// A JSON string literal with quotes.
void append_string(std::string& out, std::string_view text);

}  // namespace kentongan::codec
