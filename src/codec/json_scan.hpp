// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "codec/json_reader.hpp"

namespace kentongan::codec {

/// One pass over the buffer of a JsonReader: a loop over values and the commas and brackets between them.
/// The buffer ends in zeros, which are neither digit, space nor bracket, so that only texts look for the end.
class JsonScan {
 public:
  JsonScan(JsonReader& reader, std::size_t size, int max_depth)
      : reader_(reader),
        begin_(reader.buffer_.data()),
        p_(begin_),
        end_(begin_ + size),
        nodes_(reader.nodes_.data()),
        max_depth_(static_cast<std::size_t>(max_depth)) {}

  [[nodiscard]] bool run();
  [[nodiscard]] const JsonFault& fault() const { return fault_; }
  [[nodiscard]] std::size_t node_count() const { return node_count_; }

 private:
  enum class Step : std::uint8_t { fault, opened, complete };

  Step begin_value();
  bool end_value();
  Step open(bool object);
  bool close();
  bool read_key();
  bool read_text(std::uint32_t& offset, std::uint32_t& size, bool& escaped);
  bool unescape(char*& out);
  bool read_hex(std::uint32_t& unit);
  bool read_number(Node& node);
  bool read_literal(Node& node, std::string_view word, NodeKind kind);
  bool distinct_keys(const JsonReader::Frame& frame);
  void skip_space() {
    while (*p_ == ' ' || *p_ == '\n' || *p_ == '\r' || *p_ == '\t') ++p_;
  }
  bool fail(std::string_view what, JsonFault::Kind kind = JsonFault::Kind::malformed);
  [[nodiscard]] std::uint32_t offset_of(const char* p) const { return static_cast<std::uint32_t>(p - begin_); }

  JsonReader& reader_;
  char* begin_;
  char* p_;
  char* end_;
  Node* nodes_;
  std::size_t node_count_ = 0;
  std::size_t depth_ = 0;
  std::size_t max_depth_;
  Node key_;  ///< of the member whose value comes next; empty in arrays
  JsonFault fault_;
};

}  // namespace kentongan::codec
