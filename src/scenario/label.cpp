// SPDX-License-Identifier: Apache-2.0
#include "scenario/label.hpp"

#include "codec/json_append.hpp"

namespace kentongan::scenario {

using codec::ObjectWriter;

std::string to_line(const LabelHead& head) {
  std::string line;
  {
    ObjectWriter json(line);
    json.text("scenario", head.scenario);
    json.integer("seed", static_cast<std::int64_t>(head.seed));
    json.integer("cities", static_cast<std::int64_t>(head.cities));
    json.integer("areas", static_cast<std::int64_t>(head.areas));
    json.integer("days", head.days);
  }
  return line;
}

std::string to_line(const Label& label, const Timetable& timetable) {
  std::string line;
  {
    ObjectWriter json(line);
    const auto time = [&](std::string_view name, TimePoint value) {
      std::string& out = json.key(name);
      out += '"';
      timetable.append_time(out, value);
      out += '"';
    };
    json.text("story", label.story);
    json.text("kind", label.kind);
    json.texts("areas", label.areas);
    if (!label.keys.empty()) json.texts("keys", label.keys);
    json.texts("rules", label.rules);
    time("from", label.from);
    time("expected_by", label.expected_by);
    if (label.taken_back_by) time("taken_back_by", *label.taken_back_by);
    json.text("must", label.must_alert ? "alert" : "silence");
  }
  return line;
}

}  // namespace kentongan::scenario
