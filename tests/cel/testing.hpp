// SPDX-License-Identifier: Apache-2.0
// What the tests share: an environment like that of the rules, values for it, and results
// as text.
#pragma once

#include <map>
#include <string>
#include <string_view>
#include <vector>

#include "rules/cel/program.hpp"
#include "rules/cel/value_text.hpp"

namespace kentongan::cel::testing {

// Values by slot; the others are missing.
class Slots : public Activation {
 public:
  void set(std::uint32_t slot, const Value& value) { values_[slot] = value; }
  [[nodiscard]] Value load(SlotId slot) const override {
    const auto found = values_.find(slot.value);
    return found == values_.end() ? Value::missing() : found->second;
  }

 private:
  std::map<std::uint32_t, Value> values_;
};

// Slots of the environment below.
enum Slot : std::uint32_t {
  severity,
  category,
  source,
  content,
  tps,
  role,
  ref,
  power,
  latitude,
  areas,
  moment,
  area_code,
  area_risk,
  anything
};

// An event `report` whose fields also stand alone, an object beside a field of the same
// name (`area`), a list `pressure`, and the macro `credible`.
[[nodiscard]] Environment report_environment();

// severity 3, category "provocation", source "B", content 2, reporter.ref "a1", areas
// ["35.73.02.1004"], area "35.73.02.1004", area.risk 12.5; tps, reporter.role, power and
// location.lat are missing.
[[nodiscard]] Slots report_values();

// "3:14 unknown_field severty" for each error, in macros with their name before it.
[[nodiscard]] std::vector<std::string> error_lines(const std::vector<Error>& errors);

// The value as a literal, "error KIND" or "does not compile: LINE".
[[nodiscard]] std::string evaluate(std::string_view text, const Environment& environment, const Activation& activation);

[[nodiscard]] std::string show(const Result& result);

}  // namespace kentongan::cel::testing
