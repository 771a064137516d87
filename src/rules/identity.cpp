// SPDX-License-Identifier: Apache-2.0
#include "rules/identity.hpp"

#include <algorithm>
#include <array>
#include <vector>

#include <fmt/format.h>

#include "rules/said/say.hpp"

namespace kentongan::rules {

namespace {

// clang-format off
/// Words that name a religion, an ethnic group, a party or a person whatever stands beside them. Sorted.
constexpr auto kTerms = std::to_array<std::string_view>({
    "ahmadi", "ahmadiyah", "ahmadiyya", "ahok", "anies", "ateis", "atheist", "atheists", "batak", "betawi", "budha",
    "buddha", "buddhis", "buddhism", "buddhist", "buddhists", "bugis", "catholic", "catholicism", "catholics",
    "christian", "christianity", "christians", "confucian", "confucianism", "dayak", "demokrat", "ganjar", "gerindra",
    "gibran", "golkar", "hanura", "hindu", "hinduism", "hindus", "islam", "islami", "islamic", "islamist", "islamists",
    "javanese", "jew", "jewish", "jews", "jokowi", "judaism", "katholik", "katolik", "kejawen", "khonghucu",
    "konghucu", "kristen", "kristiani", "madurese", "mahfud", "megawati", "melayu", "minahasa", "minang",
    "minangkabau", "moslem", "moslems", "muslim", "muslimah", "muslims", "nasdem", "nasrani", "papuan", "papuans",
    "pdip", "perindo", "pkb", "pks", "ppp", "prabowo", "protestan", "protestant", "protestants", "psi", "shia",
    "shiite", "sundanese", "sunni", "syiah", "tionghoa", "tionghua", "toraja", "yahudi"});

/// Words that also name a place, a language or something harmless: refused only behind one of kGroups.
constexpr auto kAmbiguous = std::to_array<std::string_view>({
    "aceh", "ambon", "arab", "arabs", "bali", "banjar", "berkarya", "buruh", "china", "chinese", "cina", "flores",
    "garuda", "gelora", "india", "indian", "jawa", "madura", "osing", "pan", "papua", "pbb", "pdi", "pkn", "sasak",
    "sunda", "tengger", "timor", "ummat"});
constexpr auto kGroups = std::to_array<std::string_view>({
    "agama", "etnik", "etnis", "ethnic", "kaum", "keturunan", "orang", "partai", "party", "ras", "suku", "umat"});
// clang-format on

bool is_word_byte(char c) {
  return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') ||
         (static_cast<unsigned char>(c) & 0x80U) != 0;
}

std::string lowered(std::string_view word) {
  std::string text(word);
  std::transform(text.begin(), text.end(), text.begin(),
                 [](char c) { return c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c; });
  return text;
}

std::vector<std::string_view> words_of(std::string_view text) {
  std::vector<std::string_view> words;
  for (std::size_t at = 0; at < text.size();) {
    std::size_t end = at;
    while (end < text.size() && is_word_byte(text[end])) ++end;
    if (end > at) words.push_back(text.substr(at, end - at));
    at = end + 1;
  }
  return words;
}

template <class List>
bool contains(const List& list, const std::string& word) {
  return std::find(list.begin(), list.end(), word) != list.end();
}

}  // namespace

std::optional<std::string> identity_term(std::string_view text) {
  std::string before;
  for (const std::string_view word : words_of(text)) {
    const std::string low = lowered(word);
    if (contains(kTerms, low)) return std::string(word);
    if (contains(kAmbiguous, low) && contains(kGroups, before)) return before + ' ' + std::string(word);
    before = low;
  }
  return std::nullopt;
}

bool check_identity(Findings& findings, std::size_t offset, TextView what, std::string_view text) {
  const auto term = identity_term(text);
  if (!term) return true;
  findings.error(
      offset, "identity-term",
      say("{} names \"{}\": areas are scored, never people, parties, religions or ethnic groups", what, *term),
      "describe what happens, not who somebody is");
  return false;
}

}  // namespace kentongan::rules
