// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <bit>
#include <cstddef>
#include <cstdint>
#include <cstring>
#include <string_view>

#if defined(__SSE2__)
#include <emmintrin.h>
#endif

/// Sixteen bytes at a time, where the machine can (every x86-64), else one by one.
namespace kentongan::codec {

/// Bytes that must be readable behind whatever is scanned.
inline constexpr std::size_t kScanPadding = 32;

/// The first byte from `p` on that is a quote, a backslash or below 0x20. There must be one, if only the
/// zero padding.
[[nodiscard]] inline char* find_text_special(char* p) {
#if defined(__SSE2__)
  const __m128i quote = _mm_set1_epi8('"');
  const __m128i backslash = _mm_set1_epi8('\\');
  const __m128i control = _mm_set1_epi8(0x1F);
  for (;; p += 16) {
    const __m128i block = _mm_loadu_si128(reinterpret_cast<const __m128i*>(p));
    const __m128i hit = _mm_or_si128(_mm_or_si128(_mm_cmpeq_epi8(block, quote), _mm_cmpeq_epi8(block, backslash)),
                                     _mm_cmpeq_epi8(_mm_min_epu8(block, control), block));
    const auto mask = static_cast<unsigned>(_mm_movemask_epi8(hit));
    if (mask != 0) return p + std::countr_zero(mask);
  }
#else
  while (*p != '"' && *p != '\\' && static_cast<unsigned char>(*p) >= 0x20) ++p;
  return p;
#endif
}

[[nodiscard]] inline bool is_ascii(std::string_view text) {
  const char* p = text.data();
  const char* const end = p + text.size();
  std::uint64_t bits = 0;
#if defined(__SSE2__)
  __m128i all = _mm_setzero_si128();
  for (; end - p >= 16; p += 16) all = _mm_or_si128(all, _mm_loadu_si128(reinterpret_cast<const __m128i*>(p)));
  if (_mm_movemask_epi8(all) != 0) return false;
#endif
  for (; end - p >= 8; p += 8) {
    std::uint64_t word = 0;
    std::memcpy(&word, p, sizeof word);
    bits |= word;
  }
  for (; p != end; ++p) bits |= static_cast<std::uint64_t>(static_cast<unsigned char>(*p));
  return (bits & 0x8080808080808080) == 0;
}

/// Copies the text; whether all of it is ASCII.
[[nodiscard]] inline bool copy_ascii(std::string_view text, char* to) {
#if defined(__SSE2__)
  const auto load = [](const char* p) { return _mm_loadu_si128(reinterpret_cast<const __m128i*>(p)); };
  const auto store = [](char* p, __m128i block) { _mm_storeu_si128(reinterpret_cast<__m128i*>(p), block); };
  if (text.size() >= 16) {
    const char* p = text.data();
    const char* const last = p + text.size() - 16;
    char* const last_to = to + text.size() - 16;
    __m128i all = load(last);  // overlaps with the blocks before it
    store(last_to, all);
    for (; last - p >= 48; p += 64, to += 64) {
      const __m128i a = load(p);
      const __m128i b = load(p + 16);
      const __m128i c = load(p + 32);
      const __m128i d = load(p + 48);
      store(to, a);
      store(to + 16, b);
      store(to + 32, c);
      store(to + 48, d);
      all = _mm_or_si128(all, _mm_or_si128(_mm_or_si128(a, b), _mm_or_si128(c, d)));
    }
    for (; p < last; p += 16, to += 16) {
      const __m128i block = load(p);
      store(to, block);
      all = _mm_or_si128(all, block);
    }
    return _mm_movemask_epi8(all) == 0;
  }
#endif
  if (!text.empty()) std::memcpy(to, text.data(), text.size());
  return is_ascii(text);
}

/// Whether at least `enough` of the bytes are ASCII digits.
[[nodiscard]] inline bool has_digits(std::string_view text, std::size_t enough) {
  std::size_t count = 0;
  const char* p = text.data();
  const char* const end = p + text.size();
#if defined(__SSE2__)
  const __m128i to_bottom = _mm_set1_epi8(static_cast<char>(0x80 - '0'));
  const __m128i above = _mm_set1_epi8(static_cast<char>(0x80 + 10));
  while (end - p >= 16) {
    __m128i sums = _mm_setzero_si128();
    for (int blocks = 0; blocks < 255 && end - p >= 16; ++blocks, p += 16) {
      const __m128i block = _mm_loadu_si128(reinterpret_cast<const __m128i*>(p));
      sums = _mm_sub_epi8(sums, _mm_cmplt_epi8(_mm_add_epi8(block, to_bottom), above));
    }
    const __m128i halves = _mm_sad_epu8(sums, _mm_setzero_si128());
    count +=
        static_cast<std::size_t>(_mm_cvtsi128_si64(halves) + _mm_cvtsi128_si64(_mm_unpackhi_epi64(halves, halves)));
    if (count >= enough) return true;
  }
  if (p != end && text.size() >= 16) {
    // The last sixteen bytes; those that were counted before are masked.
    alignas(16) static constexpr unsigned char kBehind[32] = {0,   0,   0,   0,   0,   0,   0,   0,   0,   0,   0,
                                                              0,   0,   0,   0,   0,   255, 255, 255, 255, 255, 255,
                                                              255, 255, 255, 255, 255, 255, 255, 255, 255, 255};
    const __m128i wanted = _mm_loadu_si128(reinterpret_cast<const __m128i*>(kBehind + (end - p)));
    const __m128i block = _mm_loadu_si128(reinterpret_cast<const __m128i*>(end - 16));
    const __m128i digits = _mm_and_si128(wanted, _mm_cmplt_epi8(_mm_add_epi8(block, to_bottom), above));
    const __m128i halves = _mm_sad_epu8(_mm_sub_epi8(_mm_setzero_si128(), digits), _mm_setzero_si128());
    count +=
        static_cast<std::size_t>(_mm_cvtsi128_si64(halves) + _mm_cvtsi128_si64(_mm_unpackhi_epi64(halves, halves)));
    return count >= enough;
  }
#endif
  for (; p != end; ++p) count += static_cast<std::size_t>(static_cast<unsigned char>(*p - '0') < 10);
  return count >= enough;
}

}  // namespace kentongan::codec
