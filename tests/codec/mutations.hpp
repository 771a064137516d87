// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <algorithm>
#include <array>
#include <random>
#include <string>
#include <string_view>
#include <utility>

#include "documents.hpp"

/// Events of every type with some things changed, by chance but the same each time.
namespace kentongan::codec {

class Mutations {
 public:
  explicit Mutations(std::uint32_t seed) : random_(seed) {}

  [[nodiscard]] std::string next() {
    static constexpr std::array<std::pair<std::string_view, std::string_view>, 5> kDocuments{
        {{"report", kFullReport},
         {"campaign", kFullCampaign},
         {"consignment", kFullConsignment},
         {"readiness", kFullReadiness},
         {"action", kFullAction}}};
    const auto& [type, data] = kDocuments[below(10) < 6 ? 0 : below(kDocuments.size())];
    std::string text = envelope(type, data);
    for (std::size_t changes = below(4); changes > 0; --changes) change(text);
    return text;
  }

 private:
  std::size_t below(std::size_t limit) { return random_() % limit; }

  template <std::size_t Count>
  std::string_view one_of(const std::array<std::string_view, Count>& pieces) {
    return pieces[below(Count)];
  }

  void change(std::string& text) {
    const std::size_t at = below(text.size());
    switch (below(8)) {
      case 0:
        text[at] = static_cast<char>(below(256));
        return;
      case 1:
        text.erase(at, 1 + below(12));
        return;
      case 2:
        text.insert(at, one_of(kPieces));
        return;
      case 3:
        text.insert(behind(text, ',', at), one_of(kMembers));
        return;
      case 4:
        text.insert(behind(text, ':', at), one_of(kSpaces));
        return;
      case 5:
        text.insert(behind(text, ',', at), one_of(kSpaces));
        return;
      case 6:
        replace_value(text, behind(text, ':', at));
        return;
      default:
        escape(text, behind(text, '"', at));
        return;
    }
  }

  /// Behind the next such byte from `at` on, or at the end.
  static std::size_t behind(const std::string& text, char wanted, std::size_t at) {
    const std::size_t found = text.find(wanted, at);
    return found == std::string::npos ? text.size() : found + 1;
  }
  void replace_value(std::string& text, std::size_t at) {
    const std::size_t end = std::min(text.find_first_of(",}", at), text.size());
    text.replace(at, end - at, one_of(kValues));
  }
  /// Writes a character by its number.
  static void escape(std::string& text, std::size_t at) {
    constexpr std::string_view kHex = "0123456789abcdef";
    if (at >= text.size()) return;
    const auto byte = static_cast<unsigned char>(text[at]);
    if (byte >= 0x80) return;
    text.replace(at, 1, std::string("\\u00") + kHex[byte / 16] + kHex[byte % 16]);
  }

  static constexpr std::array<std::string_view, 12> kPieces{
      "\"", "\\", "{", "}", "[", "]", ",", ":", "\xC3\xA9", "\xE2\x9C\x93", "\xED\xA0\x80", "3573010101900001"};
  static constexpr std::array<std::string_view, 12> kMembers{R"("subject":"x",)",
                                                             R"("unknown":[1,{"area":"y"}],)",
                                                             R"("data":{"area":"z"},)",
                                                             R"("a key of many, many bytes":0,)",
                                                             R"("source":"s",)",
                                                             R"("text":null,)",
                                                             R"("area":"35.07.01.2001",)",
                                                             R"("household":"h",)",
                                                             R"("traceparent":"x",)",
                                                             R"("no":{"data":{"id":1}},)",
                                                             R"("":"",)",
                                                             R"("status":"refuted",)"};
  static constexpr std::array<std::string_view, 4> kSpaces{" ", "\n", "\t ", "\x0C"};
  static constexpr std::array<std::string_view, 24> kValues{"null",
                                                            "true",
                                                            "{}",
                                                            "[]",
                                                            "0",
                                                            "-0",
                                                            "-0.0",
                                                            "3.0",
                                                            "0.3e1",
                                                            "5",
                                                            "-7.98",
                                                            "89.999999999999999999",
                                                            "123456789012345678",
                                                            "1234567890123456789",
                                                            "9223372036854775807",
                                                            "9223372036854775808",
                                                            "1e400",
                                                            "3573010101900001",
                                                            "3.573010101900001e15",
                                                            R"("")",
                                                            R"("3573 0101 0190 0001")",
                                                            R"("a longer text without any digits")",
                                                            R"("2024-11-10T08:00:00.5Z")",
                                                            R"("2024-02-30T08:00:00+07:00")"};

  std::mt19937 random_;
};

}  // namespace kentongan::codec
