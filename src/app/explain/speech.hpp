// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <optional>
#include <span>
#include <string>
#include <string_view>

#include "domain/output.hpp"
#include "domain/reference.hpp"
#include "domain/words.hpp"
#include "rules/said/text.hpp"

namespace kentongan::app::explain {

using said::Language;

/// "id" or "en".
[[nodiscard]] std::optional<Language> language_named(std::string_view code);

/// How explanations speak: their language, the names of places, and local times of one city. Refers to the
/// reference data.
class Speech {
 public:
  Speech(Language language, const Reference& reference, PlaceId city)
      : language_(language), reference_(&reference), city_(city) {}

  [[nodiscard]] Language language() const noexcept { return language_; }
  [[nodiscard]] const Reference& reference() const noexcept { return *reference_; }
  [[nodiscard]] const LocalZone& zone() const { return *reference_->place(city_).zone; }

  /// The text in the language that is spoken.
  [[nodiscard]] std::string_view operator()(std::string_view indonesian, std::string_view english) const {
    return language_ == Language::indonesian ? indonesian : english;
  }
  [[nodiscard]] std::string_view operator()(const LocalText& text) const;

  /// "10 Nov 2024 13:00", seconds only where they are not zero.
  [[nodiscard]] std::string time(TimePoint time) const;
  [[nodiscard]] std::string day(LocalDay day) const;
  /// "24 jam", "90 menit", "3 hari 12 jam".
  [[nodiscard]] std::string span(Duration duration) const;
  /// "Kiduldalem (35.73.02.1004)".
  [[nodiscard]] std::string place(PlaceId place) const;
  [[nodiscard]] std::string place(std::string_view code) const;
  /// Of an alert or a window: "Kiduldalem (35.73.02.1004)", "TPS 012, Kiduldalem (..)", "kiriman k-1".
  [[nodiscard]] std::string scope(const Scope& scope) const;
  /// "laporan", "entri kampanye"; English with its plural.
  [[nodiscard]] std::string_view events(EventType type, bool several) const;
  /// At most ten, the latest, and how many stand before them.
  [[nodiscard]] std::string ids(std::span<const std::string> ids) const;
  /// A number with two digits behind the point, without zeros at its end.
  [[nodiscard]] static std::string number(double value);

 private:
  Language language_;
  const Reference* reference_;
  PlaceId city_;
};

}  // namespace kentongan::app::explain
