// SPDX-License-Identifier: Apache-2.0
#include "adapters/http/chunks.hpp"

#include <algorithm>
#include <charconv>
#include <utility>

#include "adapters/http/framing.hpp"

namespace kentongan::http {
namespace {

constexpr std::size_t kMaxOverhead = 16 * 1024;
constexpr std::size_t kMaxSizeDigits = 16;

bool is_hex(char c) { return (c >= '0' && c <= '9') || (c >= 'a' && c <= 'f') || (c >= 'A' && c <= 'F'); }

bool is_extension_char(char c) {
  const auto byte = static_cast<unsigned char>(c);
  return c == '\t' || (byte >= 0x20 && byte < 0x7F);
}

}  // namespace

ChunkReader::State ChunkReader::refuse(std::string detail, unsigned status) {
  broken_ = true;
  refusal_ = Refusal{status, std::move(detail)};
  return State::refused;
}

std::optional<std::string_view> ChunkReader::take_line(std::string_view& bytes) {
  if (std::exchange(line_done_, false)) line_.clear();
  while (!bytes.empty()) {
    const char c = bytes.front();
    bytes.remove_prefix(1);
    const bool after_cr = !line_.empty() && line_.back() == '\r';
    if (after_cr != (c == '\n')) {
      refuse("A line of the chunked body does not end in CRLF.");
      return std::nullopt;
    }
    if (after_cr) {
      line_.pop_back();
      line_done_ = true;
      return line_;
    }
    line_ += c;
    if (line_.size() > kMaxOverhead) {
      refuse("A line of the chunked body is longer than 16 KiB.");
      return std::nullopt;
    }
  }
  return std::nullopt;
}

bool ChunkReader::read_size(std::string_view digits, std::size_t body_size) {
  if (digits.empty() || digits.size() > kMaxSizeDigits || !std::all_of(digits.begin(), digits.end(), is_hex)) {
    refuse("A chunk size is not 1 to 16 hexadecimal digits.");
    return false;
  }
  std::from_chars(digits.data(), digits.data() + digits.size(), left_, 16);
  if (left_ > max_body_ - body_size) {
    refuse("The body is longer than " + std::to_string(max_body_) + " bytes; send it in parts.", 413);
    return false;
  }
  return true;
}

bool ChunkReader::begin_chunk(std::string_view line, std::size_t body_size) {
  const auto semicolon = line.find(';');
  if (!read_size(line.substr(0, semicolon), body_size)) return false;
  const auto extension = semicolon == std::string_view::npos ? std::string_view{} : line.substr(semicolon);
  if (!std::all_of(extension.begin(), extension.end(), is_extension_char)) {
    refuse("A chunk extension holds a control character.");
    return false;
  }
  overhead_ += extension.size();
  if (overhead_ > kMaxOverhead) {
    refuse("The chunk extensions take more than 16 KiB.");
    return false;
  }
  part_ = left_ == 0 ? Part::trailer : Part::data;
  return true;
}

ChunkReader::State ChunkReader::read(std::string_view& bytes, std::string& body) {
  while (!broken_) {
    if (part_ == Part::data) {
      const auto piece = bytes.substr(0, static_cast<std::size_t>(std::min<std::uint64_t>(left_, bytes.size())));
      body += piece;
      bytes.remove_prefix(piece.size());
      left_ -= piece.size();
      if (left_ > 0) return State::reading;
      part_ = Part::data_end;
    }
    const auto line = take_line(bytes);
    if (!line) break;
    if (part_ == Part::data_end) {
      if (!line->empty()) return refuse("A chunk is longer than its size.");
      part_ = Part::size_line;
    } else if (part_ == Part::size_line) {
      if (!begin_chunk(*line, body.size())) break;
    } else {
      if (line->empty()) return State::whole;
      if (!is_field_line(*line)) return refuse("A trailer line is not `Name: value`.");
      overhead_ += line->size();
      if (overhead_ > kMaxOverhead) return refuse("The trailers take more than 16 KiB.");
    }
  }
  return broken_ ? State::refused : State::reading;
}

}  // namespace kentongan::http
