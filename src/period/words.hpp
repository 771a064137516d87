// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "domain/level.hpp"
#include "domain/reference.hpp"
#include "period/figures.hpp"
#include "period/span.hpp"

namespace kentongan::period {

/// How a report speaks: Indonesian or English, with numbers, days and times as that language writes them.
class Words {
 public:
  explicit Words(bool indonesian) : indonesian_(indonesian) {}

  [[nodiscard]] std::string operator()(std::string_view indonesian, std::string_view english) const {
    return std::string(indonesian_ ? indonesian : english);
  }
  [[nodiscard]] const std::string& operator()(const LocalText& text) const {
    return indonesian_ || text.en.empty() ? text.id : text.en;
  }
  [[nodiscard]] bool indonesian() const noexcept { return indonesian_; }

  [[nodiscard]] std::string number(Count value) const;          ///< 12.345
  [[nodiscard]] std::string share(Count part, Count of) const;  ///< 12,3 %
  [[nodiscard]] std::string minutes(std::int64_t value) const;  ///< 1 hari 3 jam
  [[nodiscard]] std::string minutes(const std::optional<std::int64_t>& value) const;
  [[nodiscard]] std::string day(LocalDay day) const;  ///< 27 November 2024
  [[nodiscard]] std::string short_day(LocalDay day) const;
  [[nodiscard]] std::string moment(TimePoint time, const LocalZone& zone) const;

  [[nodiscard]] std::string level(Level level) const { return std::string(name_of(level)); }
  [[nodiscard]] std::string verdict(Verdict verdict) const;
  [[nodiscard]] std::string reason(RejectReason reason) const;
  [[nodiscard]] std::string kind(ReportKind kind) const;
  [[nodiscard]] std::string athg(std::size_t which) const;  ///< behind the last: not said
  [[nodiscard]] std::string role(std::string_view role) const;
  [[nodiscard]] std::string step(ConsignmentStep step) const;
  [[nodiscard]] std::string family(std::string_view name) const;

 private:
  bool indonesian_;
};

}  // namespace kentongan::period
