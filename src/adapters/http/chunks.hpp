// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include "adapters/http/reply.hpp"

namespace kentongan::http {

/// Reads a chunked body as it comes:
///
///   body  = *( 1*16HEXDIG [ ";" extension ] CRLF data CRLF ) 1*16"0" [ ";" extension ] CRLF *( field CRLF ) CRLF
///
/// Extensions and trailers are read over and thrown away; together they may take 16 KiB. One object per body.
class ChunkReader {
 public:
  enum class State : unsigned char { reading, whole, refused };

  explicit ChunkReader(std::size_t max_body) : max_body_(max_body) {}

  /// Takes from the front of `bytes` what belongs to the body and appends its data to `body`.
  State read(std::string_view& bytes, std::string& body);
  /// Why, after State::refused: 400, or 413 when the chunks announce more than the limit.
  [[nodiscard]] const Refusal& refusal() const noexcept { return refusal_; }

 private:
  enum class Part : unsigned char { size_line, data, data_end, trailer };

  State refuse(std::string detail, unsigned status = 400);
  /// The next line without CRLF once it is whole; nullopt: not yet, or refused (see `broken_`).
  std::optional<std::string_view> take_line(std::string_view& bytes);
  bool begin_chunk(std::string_view line, std::size_t body_size);
  bool read_size(std::string_view digits, std::size_t body_size);

  std::size_t max_body_;
  Part part_ = Part::size_line;
  std::uint64_t left_ = 0;  ///< bytes of the chunk still to come
  std::size_t overhead_ = 0;
  std::string line_;
  bool line_done_ = false;
  bool broken_ = false;
  Refusal refusal_;
};

}  // namespace kentongan::http
