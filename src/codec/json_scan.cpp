// SPDX-License-Identifier: Apache-2.0
#include "codec/json_scan.hpp"

#include <algorithm>
#include <cstring>

#include "codec/bytes.hpp"
#include "codec/json_number.hpp"
#include "codec/utf8.hpp"

namespace kentongan::codec {

namespace {

bool is_digit(char c) { return static_cast<unsigned char>(c - '0') < 10; }

constexpr std::size_t kShortNumber = 300;  ///< digits that surely fit a double

}  // namespace

bool JsonScan::run() {
  for (;;) {
    skip_space();
    const Step step = begin_value();
    if (step == Step::fault) return false;
    if (step == Step::opened) continue;
    if (!end_value()) return false;
    if (depth_ != 0) continue;
    skip_space();
    return p_ == end_ || fail("something stands behind the end of the document");
  }
}

JsonScan::Step JsonScan::begin_value() {
  Node& node = nodes_[node_count_];
  node = key_;
  bool good = false;
  switch (*p_) {
    case '{':
      return open(true);
    case '[':
      return open(false);
    case '"':
      ++p_;
      node.kind = NodeKind::text;
      good = read_text(node.text, node.size, node.escaped);
      break;
    case 't':
      good = read_literal(node, "true", NodeKind::yes);
      break;
    case 'f':
      good = read_literal(node, "false", NodeKind::no);
      break;
    case 'n':
      good = read_literal(node, "null", NodeKind::null);
      break;
    default:
      good = read_number(node);
      break;
  }
  if (!good) return Step::fault;
  node.next = static_cast<std::uint32_t>(++node_count_);
  return Step::complete;
}

/// Behind a complete value: closes what ends here and stops before the next value, or at depth 0.
bool JsonScan::end_value() {
  while (depth_ != 0) {
    skip_space();
    JsonReader::Frame& frame = reader_.frames_[depth_ - 1];
    if (*p_ == ',') {
      ++p_;
      if (frame.object) return read_key();
      ++frame.count;
      return true;
    }
    if (*p_ != (frame.object ? '}' : ']')) return fail(frame.object ? "expected , or }" : "expected , or ]");
    ++p_;
    if (!close()) return false;
  }
  return true;
}

JsonScan::Step JsonScan::open(bool object) {
  if (depth_ == max_depth_) {
    fail("brackets are nested too deeply", JsonFault::Kind::too_deep);
    return Step::fault;
  }
  ++p_;
  nodes_[node_count_].kind = object ? NodeKind::object : NodeKind::array;
  JsonReader::Frame& frame = reader_.frames_[depth_++];
  frame = {};
  frame.node = static_cast<std::uint32_t>(node_count_++);
  frame.object = object;
  skip_space();
  if (*p_ == (object ? '}' : ']')) {
    ++p_;
    return close() ? Step::complete : Step::fault;
  }
  if (!object) {
    frame.count = 1;
    key_ = {};
    return Step::opened;
  }
  return read_key() ? Step::opened : Step::fault;
}

bool JsonScan::close() {
  const JsonReader::Frame& frame = reader_.frames_[--depth_];
  Node& node = nodes_[frame.node];
  node.next = static_cast<std::uint32_t>(node_count_);
  node.size = frame.count;
  if (depth_ != 0 && !reader_.frames_[depth_ - 1].object) key_ = {};
  return !frame.suspect || distinct_keys(frame);
}

bool JsonScan::read_key() {
  skip_space();
  if (*p_ != '"') return fail("expected a key in quotes");
  ++p_;
  key_ = {};
  bool escaped = false;
  if (!read_text(key_.key, key_.key_size, escaped)) return false;
  const KeyMatch match = match_key({begin_ + key_.key, key_.key_size});
  key_.known = match.key;
  JsonReader::Frame& frame = reader_.frames_[depth_ - 1];
  ++frame.count;
  if (match.key != Key::unknown) {
    const std::uint64_t bit = std::uint64_t{1} << static_cast<unsigned>(match.key);
    if ((frame.known_seen & bit) != 0) return fail("a key stands twice in one object");
    frame.known_seen |= bit;
  } else {
    const std::uint64_t bit = std::uint64_t{1} << (match.hash >> 58);
    frame.suspect = frame.suspect || (frame.unknown_seen & bit) != 0;
    frame.unknown_seen |= bit;
  }
  skip_space();
  if (*p_ != ':') return fail("expected : behind a key");
  ++p_;
  return true;
}

/// Exact check of the unknown keys of an object some of which may be equal.
bool JsonScan::distinct_keys(const JsonReader::Frame& frame) {
  auto& keys = reader_.keys_;
  keys.clear();
  const std::uint32_t end = nodes_[frame.node].next;
  for (std::uint32_t i = frame.node + 1; i < end; i = nodes_[i].next) {
    if (nodes_[i].known == Key::unknown) keys.push_back(reader_.key(nodes_[i]));
  }
  std::sort(keys.begin(), keys.end());
  return std::adjacent_find(keys.begin(), keys.end()) == keys.end() || fail("a key stands twice in one object");
}

bool JsonScan::read_literal(Node& node, std::string_view word, NodeKind kind) {
  if (std::memcmp(p_, word.data(), word.size()) != 0) return fail("expected a value");
  p_ += word.size();
  node.kind = kind;
  return true;
}

bool JsonScan::read_number(Node& node) {
  const char* const start = p_;
  const auto digits = [this] {
    if (!is_digit(*p_)) return false;
    while (is_digit(*p_)) ++p_;
    return true;
  };
  if (*p_ == '-') ++p_;
  if (*p_ == '0') {
    ++p_;
  } else if (!digits()) {
    return fail(p_ == end_ ? "the document ends early" : "expected a value");
  }
  if (*p_ == '.') {
    ++p_;
    if (!digits()) return fail("expected a digit behind the point");
  }
  if (*p_ == 'e' || *p_ == 'E') {
    ++p_;
    node.exponent = true;
    if (*p_ == '+' || *p_ == '-') ++p_;
    if (!digits()) return fail("expected a digit in the exponent");
  }
  node.kind = NodeKind::number;
  node.text = offset_of(start);
  node.size = offset_of(p_) - node.text;
  const bool may_exceed = node.exponent || node.size > kShortNumber;
  return !may_exceed || !exceeds_double({start, node.size}) || fail("a number is beyond a double");
}

/// `p_` behind the opening quote; afterwards behind the closing one. The text is decoded in place.
bool JsonScan::read_text(std::uint32_t& offset, std::uint32_t& size, bool& escaped) {
  char* const start = p_;
  offset = offset_of(start);
  p_ = begin_ + (find_text_special(p_) - begin_);
  char* out = p_;
  while (*p_ != '"') {
    if (*p_ != '\\') return fail(p_ >= end_ ? "a text has no end" : "a control character in a text is not escaped");
    escaped = true;
    if (!unescape(out)) return false;
    const char* const stop = find_text_special(p_);
    const auto plain = static_cast<std::size_t>(stop - p_);
    std::memmove(out, p_, plain);
    out += plain;
    p_ += plain;
  }
  size = offset_of(out) - offset;
  ++p_;
  return true;
}

/// `p_` at a backslash; afterwards behind the escape, whose character was put at `out`.
bool JsonScan::unescape(char*& out) {
  ++p_;
  const char kind = *p_++;
  switch (kind) {
    case '"':
    case '\\':
    case '/':
      *out++ = kind;
      return true;
    case 'b':
      *out++ = '\b';
      return true;
    case 'f':
      *out++ = '\f';
      return true;
    case 'n':
      *out++ = '\n';
      return true;
    case 'r':
      *out++ = '\r';
      return true;
    case 't':
      *out++ = '\t';
      return true;
    case 'u':
      break;
    default:
      --p_;
      return fail("an unknown escape in a text");
  }
  std::uint32_t code_point = 0;
  if (!read_hex(code_point)) return false;
  if (code_point == 0) return fail("a text holds NUL");
  if (code_point >= 0xD800 && code_point < 0xE000) {
    if (code_point >= 0xDC00 || p_[0] != '\\' || p_[1] != 'u') return fail("a surrogate stands alone");
    p_ += 2;
    std::uint32_t low = 0;
    if (!read_hex(low)) return false;
    if (low < 0xDC00 || low >= 0xE000) return fail("a surrogate stands alone");
    code_point = 0x10000 + ((code_point - 0xD800) << 10) + (low - 0xDC00);
  }
  out = put_utf8(out, code_point);
  return true;
}

bool JsonScan::read_hex(std::uint32_t& unit) {
  unit = 0;
  for (int i = 0; i < 4; ++i, ++p_) {
    const char c = *p_;
    const char lower = static_cast<char>(c | 0x20);
    if (is_digit(c)) {
      unit = unit * 16 + static_cast<std::uint32_t>(c - '0');
    } else if (lower >= 'a' && lower <= 'f') {
      unit = unit * 16 + static_cast<std::uint32_t>(lower - 'a' + 10);
    } else {
      return fail("expected four hexadecimal digits behind \\u");
    }
  }
  return true;
}

bool JsonScan::fail(std::string_view what, JsonFault::Kind kind) {
  fault_ = {kind, offset_of(std::min(p_, end_)), p_ >= end_ ? std::string_view("the document ends early") : what};
  return false;
}

}  // namespace kentongan::codec
