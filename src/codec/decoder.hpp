// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstddef>
#include <memory>
#include <optional>
#include <string>
#include <string_view>

#include <tl/expected.hpp>

#include "domain/event.hpp"
#include "domain/output.hpp"
#include "domain/reference.hpp"
#include "domain/trace.hpp"

namespace kentongan::codec {

struct DecodeLimits {
  std::size_t max_bytes = 256 * 1024;
  int max_depth = 64;
};

/// Bytes of one CloudEvent (structured JSON) -> Event, with every check of docs/reference/events.md that
/// needs no state: size, JSON, envelope, type, personal data, fields, category and area, in this order.
/// Not thread-safe: one decoder per thread. Reuses its memory; no allocation per event once warm.
class Decoder {
 public:
  explicit Decoder(std::shared_ptr<const Reference> reference, DecodeLimits limits = {});
  ~Decoder();
  Decoder(Decoder&&) noexcept;
  Decoder& operator=(Decoder&&) noexcept;

  /// The Event's texts live in this decoder until the next decode().
  [[nodiscard]] tl::expected<Event, Rejection> decode(std::string_view raw);

  /// The attributes traceparent and tracestate of what was decoded last, whatever became of it. None: it has neither,
  /// or could not be read; an empty one: they are there and not as they must be.
  [[nodiscard]] std::optional<TraceContext> trace() const;

 private:
  class Impl;
  std::unique_ptr<Impl> impl_;
};

/// The dead letter for a rejected input: raw bytes as they came, for personal_data with the digits of
/// each NIK masked by X, or left out where they cannot be found in the bytes.
[[nodiscard]] DeadLetter dead_letter(Rejection rejection, std::string_view raw);

}  // namespace kentongan::codec
