// SPDX-License-Identifier: Apache-2.0
#include "codec/nik.hpp"

#include <algorithm>
#include <array>

#include "codec/bytes.hpp"
#include "codec/json_number.hpp"

namespace kentongan::codec {

namespace {

constexpr std::size_t kDigits = 16;

bool is_digit(char c) { return static_cast<unsigned char>(c - '0') < 10; }
bool is_separator(char c) { return c == ' ' || c == '.' || c == '-'; }

bool has_birthday(int day, int month) {
  const bool day_good = (day >= 1 && day <= 31) || (day >= 41 && day <= 71);
  return day_good && month >= 1 && month <= 12;
}

/// The places of the last 16 digits of a row.
class DigitRow {
 public:
  void clear() { count_ = 0; }
  void add(std::size_t at) { places_[count_++ % kDigits] = at; }
  [[nodiscard]] bool full() const { return count_ >= kDigits; }
  [[nodiscard]] std::size_t place(std::size_t i) const { return places_[(count_ + i) % kDigits]; }

 private:
  std::array<std::size_t, kDigits> places_{};
  std::size_t count_ = 0;
};

bool is_nik(std::string_view text, const DigitRow& row) {
  const std::size_t begin = row.place(0);
  const std::size_t end = row.place(kDigits - 1) + 1;
  if (begin > 0 && is_digit(text[begin - 1])) return false;
  if (end < text.size() && is_digit(text[end])) return false;
  const auto pair = [&](std::size_t i) { return (text[row.place(i)] - '0') * 10 + (text[row.place(i + 1)] - '0'); };
  return has_birthday(pair(6), pair(8));
}

/// Calls `visit` with each NIK until it returns false. Linear in the text.
template <class Visit>
void visit_niks(std::string_view text, Visit visit) {
  if (!has_digits(text, kDigits)) return;
  DigitRow row;
  for (std::size_t i = 0; i < text.size(); ++i) {
    if (!is_digit(text[i])) {
      if (!is_separator(text[i])) row.clear();
      continue;
    }
    row.add(i);
    if (row.full() && is_nik(text, row) && !visit(NikSpan{row.place(0), i + 1})) return;
  }
}

}  // namespace

bool holds_nik(std::string_view text) {
  bool found = false;
  visit_niks(text, [&found](NikSpan) { return !(found = true); });
  return found;
}

std::vector<NikSpan> find_niks(std::string_view text) {
  std::vector<NikSpan> spans;
  visit_niks(text, [&spans](NikSpan span) {
    spans.push_back(span);
    return true;
  });
  return spans;
}

bool number_is_nik(std::string_view literal) {
  const auto number = whole_number(literal);
  return number && number->text().size() == kDigits && holds_nik(number->text());
}

std::string mask_niks(std::string_view text) {
  std::string masked(text);
  std::size_t done = 0;  // spans overlap; each byte is looked at once
  visit_niks(text, [&](NikSpan span) {
    for (std::size_t i = std::max(done, span.begin); i < span.end; ++i) {
      if (is_digit(text[i])) masked[i] = 'X';
    }
    done = span.end;
    return true;
  });
  return masked;
}

}  // namespace kentongan::codec
