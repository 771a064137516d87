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

inline char* skip_space(char* p) {
  if (static_cast<unsigned char>(*p) > ' ') return p;
  while (*p == ' ' || *p == '\n' || *p == '\r' || *p == '\t') ++p;
  return p;
}

char* skip_digits(char* p) {
  while (is_digit(*p)) ++p;
  return p;
}

/// Appends digits to a number, which wraps where there are too many.
inline char* read_digits(char* p, std::uint64_t& number) {
  for (; is_digit(*p); ++p) number = number * 10 + static_cast<std::uint64_t>(*p - '0');
  return p;
}

constexpr std::size_t kFitsDouble = 300;  ///< digits that surely fit a double
constexpr std::uint32_t kFitsInteger = 18;
constexpr std::uint32_t kNikDigits = 16;
constexpr std::string_view kTwice = "a key stands twice in one object";

}  // namespace

bool JsonScan::run() {
  nodes_[0] = {};
  char* p = begin_;
  do {
    p = read_value(skip_space(p));
    if (p == nullptr) return false;
    if (opened_) continue;
    p = end_value(p);
    if (p == nullptr) return false;
  } while (depth_ != 0);
  p = skip_space(p);
  return p == end_ || fail(p, "something stands behind the end of the document") != nullptr;
}

[[gnu::always_inline]] inline char* JsonScan::read_value(char* p) {
  Node& node = nodes_[node_count_];
  opened_ = false;
  switch (*p) {
    case '"':
      node.kind = NodeKind::text;
      p = read_text(p + 1, node.text, node.size, node.escaped);
      if (node.size >= kNikDigits) note_long_value();
      break;
    case '{':
    case '[':
      return open(p);
    case 't':
      p = read_literal(p, node, "true", NodeKind::yes);
      break;
    case 'f':
      p = read_literal(p, node, "false", NodeKind::no);
      break;
    case 'n':
      p = read_literal(p, node, "null", NodeKind::null);
      break;
    default:
      p = read_number(p, node);
      break;
  }
  node.next = static_cast<std::uint32_t>(++node_count_);
  return p;
}

/// Behind a complete value: closes what ends here and stops before the next value, or at depth 0.
[[gnu::always_inline]] inline char* JsonScan::end_value(char* p) {
  while (depth_ != 0) {
    p = skip_space(p);
    JsonReader::Frame& frame = *frame_;
    if (*p == ',') {
      ++frame.count;
      if (frame.object) return read_key(p + 1);
      nodes_[node_count_] = {};
      return p + 1;
    }
    if (*p != (frame.object ? '}' : ']')) return fail(p, frame.object ? "expected , or }" : "expected , or ]");
    p = close(p + 1);
    if (p == nullptr) return nullptr;
  }
  return p;
}

char* JsonScan::open(char* p) {
  if (depth_ == max_depth_) return fail(p, "brackets are nested too deeply", JsonFault::Kind::too_deep);
  const bool object = *p == '{';
  nodes_[node_count_].kind = object ? NodeKind::object : NodeKind::array;
  JsonReader::Frame& frame = frames_[depth_];
  frame = {};
  frame.members = members_of_next();
  frame_ = &frame;
  ++depth_;
  frame.node = static_cast<std::uint32_t>(node_count_++);
  frame.object = object;
  p = skip_space(p + 1);
  if (*p == (object ? '}' : ']')) return close(p + 1);
  opened_ = true;
  frame.count = 1;
  if (object) return read_key(p);
  nodes_[node_count_] = {};
  return p;
}

/// Where the known keys of the container that begins here are noted.
inline Members* JsonScan::members_of_next() const {
  if (depth_ == 0) return &reader_.members_;
  return depth_ == 1 && nodes_[node_count_].known == Key::data ? &reader_.data_members_ : &reader_.other_members_;
}

char* JsonScan::close(char* p) {
  const JsonReader::Frame& frame = frames_[--depth_];
  if (depth_ != 0) frame_ = &frames_[depth_ - 1];
  Node& node = nodes_[frame.node];
  node.next = static_cast<std::uint32_t>(node_count_);
  node.size = frame.count;
  frame.members->seen = frame.known_seen;
  if (frame.suspect && !distinct_keys(frame)) return fail(p, kTwice);
  return p;
}

[[gnu::always_inline]] inline char* JsonScan::read_key(char* p) {
  p = skip_space(p);
  Node& node = nodes_[node_count_];
  node = {};
  const KeyGuesses::Guess& guess = *guess_;
  if (!guess.stands_at(p)) return read_unexpected_key(p, node);
  node.key = offset_of(p) + 1;
  node.key_size = guess.size - 3U;
  guess_ = guesses_ + guess.behind.index();
  p += guess.size - 1;
  return note_key(node, guess.match) ? p + 1 : fail(p, kTwice);
}

char* JsonScan::read_unexpected_key(char* p, Node& node) {
  if (*p != '"') return fail(p, "expected a key in quotes");
  const char* const start = p;
  bool escaped = false;
  p = read_text(p + 1, node.key, node.key_size, escaped);
  if (p == nullptr) return nullptr;
  const KeyMatch match = match_key({begin_ + node.key, node.key_size});
  if (!note_key(node, match)) return fail(p, kTwice);
  const KeyGuesses::Place place(match, depth_ > 1);
  if (!escaped && *p == ':') guess_->remember(start, static_cast<std::size_t>(p + 1 - start), match, place);
  guess_ = guesses_ + place.index();
  p = skip_space(p);
  return *p == ':' ? p + 1 : fail(p, "expected : behind a key");
}

/// False when the object has it already.
inline bool JsonScan::note_key(Node& node, KeyMatch match) {
  JsonReader::Frame& frame = *frame_;
  node.known = match.key;
  if (match.key == Key::unknown) {
    const std::uint64_t bit = std::uint64_t{1} << match.hash;
    frame.suspect = frame.suspect || (frame.unknown_seen & bit) != 0;
    frame.unknown_seen |= bit;
    return true;
  }
  const std::uint64_t bit = Members::bit(match.key);
  if ((frame.known_seen & bit) != 0) return false;
  frame.known_seen |= bit;
  frame.members->at[static_cast<std::size_t>(match.key)] = static_cast<std::uint32_t>(node_count_);
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
  return std::adjacent_find(keys.begin(), keys.end()) == keys.end();
}

void JsonScan::note_long_value() { reader_.long_values_.push_back(static_cast<std::uint32_t>(node_count_)); }

char* JsonScan::read_literal(char* p, Node& node, std::string_view word, NodeKind kind) {
  if (std::memcmp(p, word.data(), word.size()) != 0) return fail(p, "expected a value");
  node.kind = kind;
  return p + word.size();
}

char* JsonScan::read_number(char* p, Node& node) {
  char* const start = p;
  if (*p == '-') ++p;
  if (!is_digit(*p)) return fail(p, "expected a value");
  std::uint64_t digits = 0;
  std::size_t behind_point = 0;
  p = *p == '0' ? p + 1 : read_digits(p, digits);
  if (*p == '.') {
    if (!is_digit(*++p)) return fail(p, "expected a digit behind the point");
    char* const point = p;
    p = read_digits(p, digits);
    behind_point = static_cast<std::size_t>(p - point);
  }
  const bool exponent = *p == 'e' || *p == 'E';
  if (exponent) {
    ++p;
    if (*p == '+' || *p == '-') ++p;
    if (!is_digit(*p)) return fail(p, "expected a digit in the exponent");
    p = skip_digits(p);
  }
  node.kind = NodeKind::number;
  node.text = offset_of(start);
  node.size = static_cast<std::uint32_t>(p - start);
  if (!exponent && node.size <= kFitsInteger) {
    node.digits = digits;
    node.behind_point = static_cast<std::uint8_t>(behind_point);
  }
  if (exponent || node.size >= kNikDigits) note_long_value();
  const bool may_exceed = exponent || node.size > kFitsDouble;
  if (may_exceed && exceeds_double({start, node.size})) return fail(start, "a number is beyond a double");
  return p;
}

/// `p` behind the opening quote; returns the place behind the closing one. The text is decoded in place.
inline char* JsonScan::read_text(char* p, std::uint32_t& offset, std::uint32_t& size, bool& escaped) {
  offset = offset_of(p);
  char* const stop = find_text_special(p);
  if (*stop == '"') {
    size = static_cast<std::uint32_t>(stop - p);
    return stop + 1;
  }
  escaped = true;
  return read_escaped_text(p, stop, size);
}

char* JsonScan::read_escaped_text(char* start, char* p, std::uint32_t& size) {
  char* out = p;
  while (*p != '"') {
    if (*p != '\\') return fail(p, "a control character in a text is not escaped");
    p = unescape(p + 1, out);
    if (p == nullptr) return nullptr;
    char* const stop = find_text_special(p);
    const auto plain = static_cast<std::size_t>(stop - p);
    std::memmove(out, p, plain);
    out += plain;
    p = stop;
  }
  size = static_cast<std::uint32_t>(out - start);
  return p + 1;
}

/// `p` behind a backslash; the character is put at `out`.
char* JsonScan::unescape(char* p, char*& out) {
  const char kind = *p;
  switch (kind) {
    case '"':
    case '\\':
    case '/':
      *out++ = kind;
      return p + 1;
    case 'b':
      *out++ = '\b';
      return p + 1;
    case 'f':
      *out++ = '\f';
      return p + 1;
    case 'n':
      *out++ = '\n';
      return p + 1;
    case 'r':
      *out++ = '\r';
      return p + 1;
    case 't':
      *out++ = '\t';
      return p + 1;
    case 'u':
      break;
    default:
      return fail(p, "an unknown escape in a text");
  }
  std::uint32_t code_point = 0;
  p = read_hex(p + 1, code_point);
  if (p == nullptr) return nullptr;
  if (code_point == 0) return fail(p, "a text holds NUL");
  if (code_point >= 0xD800 && code_point < 0xE000) {
    if (code_point >= 0xDC00 || p[0] != '\\' || p[1] != 'u') return fail(p, "a surrogate stands alone");
    std::uint32_t low = 0;
    p = read_hex(p + 2, low);
    if (p == nullptr) return nullptr;
    if (low < 0xDC00 || low >= 0xE000) return fail(p, "a surrogate stands alone");
    code_point = 0x10000 + ((code_point - 0xD800) << 10) + (low - 0xDC00);
  }
  out = put_utf8(out, code_point);
  return p;
}

char* JsonScan::read_hex(char* p, std::uint32_t& unit) {
  unit = 0;
  for (char* const stop = p + 4; p != stop; ++p) {
    const char c = *p;
    const char lower = static_cast<char>(c | 0x20);
    if (is_digit(c)) {
      unit = unit * 16 + static_cast<std::uint32_t>(c - '0');
    } else if (lower >= 'a' && lower <= 'f') {
      unit = unit * 16 + static_cast<std::uint32_t>(lower - 'a' + 10);
    } else {
      return fail(p, "expected four hexadecimal digits behind \\u");
    }
  }
  return p;
}

char* JsonScan::fail(const char* p, std::string_view what, JsonFault::Kind kind) {
  const bool early = p >= end_;
  fault_ = {kind, offset_of(early ? end_ : p), early ? std::string_view("the document ends early") : what};
  return nullptr;
}

}  // namespace kentongan::codec
