// SPDX-License-Identifier: Apache-2.0
#include <algorithm>
#include <set>
#include <utility>

#include "codec/decoder.hpp"
#include "codec/json_reader.hpp"
#include "codec/nik.hpp"
#include "codec/personal_data.hpp"

namespace kentongan::codec {

namespace {

constexpr int kDeepEnough = 4096;

bool is_digit(char c) { return c >= '0' && c <= '9'; }

std::string digits_of(std::string_view text) {
  std::string digits;
  std::copy_if(text.begin(), text.end(), std::back_inserter(digits), is_digit);
  return digits;
}

/// Replaces the digits of NIKs in the raw bytes of one event.
class RawMask {
 public:
  explicit RawMask(std::string_view raw) : raw_(raw), masked_(raw) {}

  /// False when a NIK's digits are not to be found in the bytes.
  bool run(bool is_action) {
    if (json_.read(raw_, kDeepEnough)) return false;
    const auto data = find_data();
    if (!data) return false;
    const std::uint32_t exempt = exempt_from_nik(json_, *data, is_action);
    const std::uint32_t end = json_.nodes()[*data].next;
    for (std::uint32_t i = *data + 1; i < end; ++i) {
      if (i != exempt && !mask_node(json_.nodes()[i])) return false;
    }
    mask_copies();
    return true;
  }
  std::string take() { return std::move(masked_); }

 private:
  [[nodiscard]] std::optional<std::uint32_t> find_data() const {
    const auto nodes = json_.nodes();
    if (nodes[0].kind != NodeKind::object) return std::nullopt;
    for (std::uint32_t i = 1; i < nodes.size(); i = nodes[i].next) {
      if (nodes[i].known == Key::data) return i;
    }
    return std::nullopt;
  }

  bool mask_node(const Node& node) {
    if (node.kind == NodeKind::number) return mask_number(node);
    if (node.kind != NodeKind::text) return true;
    const std::string_view text = json_.text(node);
    std::size_t from = node.text;  // texts are decoded in place: they begin where they began
    for (const NikSpan span : find_niks(text)) {
      const std::string_view digits = text.substr(span.begin, span.end - span.begin);
      const std::size_t at = node.escaped ? raw_.find(digits, from) : node.text + span.begin;
      if (at >= end_of_text(node) || at + digits.size() > end_of_text(node)) return false;
      mask(at, digits);
      from = at + 1;
    }
    return true;
  }

  bool mask_number(const Node& node) {
    const std::string_view literal = json_.text(node);
    if (!number_is_nik(literal)) return true;
    const auto spans = find_niks(literal);
    for (const NikSpan span : spans) mask(node.text + span.begin, literal.substr(span.begin, span.end - span.begin));
    return !spans.empty();
  }

  /// Offset of the closing quote in the raw bytes.
  [[nodiscard]] std::size_t end_of_text(const Node& node) const {
    std::size_t at = node.text;
    if (!node.escaped) return at + node.size;
    while (raw_[at] != '"') at += raw_[at] == '\\' ? 2 : 1;
    return at;
  }

  void mask(std::size_t at, std::string_view digits) {
    found_.insert(digits_of(digits));
    for (std::size_t i = at; i < at + digits.size(); ++i) {
      if (is_digit(raw_[i])) masked_[i] = 'X';
    }
  }

  /// The same numbers where they are not looked for: in keys and in the envelope.
  void mask_copies() {
    if (found_.empty()) return;
    for (const NikSpan span : find_niks(raw_)) {
      const std::string_view digits = raw_.substr(span.begin, span.end - span.begin);
      if (found_.contains(digits_of(digits))) mask(span.begin, digits);
    }
  }

  std::string_view raw_;
  std::string masked_;
  JsonReader json_;
  std::set<std::string> found_;
};

}  // namespace

DeadLetter dead_letter(Rejection rejection, std::string_view raw) {
  DeadLetter letter{std::move(rejection), {}};
  if (letter.rejection.reason != RejectReason::personal_data) {
    letter.raw = raw;
    return letter;
  }
  RawMask mask(raw);
  if (mask.run(letter.rejection.type == EventType::action)) letter.raw = mask.take();
  return letter;
}

}  // namespace kentongan::codec
