// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "codec/json_reader.hpp"

namespace kentongan::codec {

/// One pass over the buffer of a JsonReader: a loop over values and the commas and brackets between them.
/// The buffer ends in zeros, which are neither digit, space nor bracket, so that only texts look for the end.
/// The functions take the place to read at and return the place behind what they read, or null after a fault:
/// the place stays in a register, which halves the time.
class JsonScan {
 public:
  JsonScan(JsonReader& reader, std::size_t size, int max_depth)
      : reader_(reader),
        begin_(reader.buffer_.data()),
        end_(begin_ + size),
        nodes_(reader.nodes_.data()),
        frames_(reader.frames_.data()),
        guesses_(reader.guesses_.all()),
        guess_(guesses_),
        max_depth_(static_cast<std::size_t>(max_depth)) {}

  [[nodiscard]] bool run();
  [[nodiscard]] const JsonFault& fault() const { return fault_; }
  [[nodiscard]] std::size_t node_count() const { return node_count_; }

 private:
  char* read_value(char* p);
  char* end_value(char* p);
  char* open(char* p);
  char* close(char* p);
  char* read_key(char* p);
  char* read_unexpected_key(char* p, Node& node);
  bool note_key(Node& node, KeyMatch match);
  void note_long_value();
  [[nodiscard]] Members* members_of_next() const;
  char* read_text(char* p, std::uint32_t& offset, std::uint32_t& size, bool& escaped);
  char* read_escaped_text(char* start, char* p, std::uint32_t& size);
  char* unescape(char* p, char*& out);
  char* read_hex(char* p, std::uint32_t& unit);
  char* read_number(char* p, Node& node);
  char* read_literal(char* p, Node& node, std::string_view word, NodeKind kind);
  bool distinct_keys(const JsonReader::Frame& frame);
  char* fail(const char* p, std::string_view what, JsonFault::Kind kind = JsonFault::Kind::malformed);
  [[nodiscard]] std::uint32_t offset_of(const char* p) const { return static_cast<std::uint32_t>(p - begin_); }

  JsonReader& reader_;
  char* begin_;
  char* end_;
  Node* nodes_;
  JsonReader::Frame* frames_;
  KeyGuesses::Guess* guesses_;
  KeyGuesses::Guess* guess_;    ///< of the next key
  std::size_t node_count_ = 0;  ///< the node at this index is the next: its key is read before its value
  std::size_t depth_ = 0;
  std::size_t max_depth_;
  bool opened_ = false;                 ///< the last value was a bracket with something behind it
  JsonReader::Frame* frame_ = nullptr;  ///< of the innermost open container
  JsonFault fault_;
};

}  // namespace kentongan::codec
