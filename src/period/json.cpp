// SPDX-License-Identifier: Apache-2.0
#include "period/json.hpp"

#include <fmt/format.h>

#include "period/facts.hpp"

namespace kentongan::period {
namespace {

std::string quoted(std::string_view text) {
  std::string out = "\"";
  for (const char c : text) {
    const auto byte = static_cast<unsigned char>(c);
    if (c == '"' || c == '\\') {
      out += '\\';
      out += c;
    } else if (byte < 0x20) {
      out += fmt::format("\\u{:04x}", byte);
    } else {
      out += c;
    }
  }
  return out + '"';
}

std::string time_of(const Span& span, TimePoint time) {
  return quoted(format_rfc3339(time, span.zone.offset_at(time)));
}

/// Nests facts as they come: a table of rows of measures.
class Nest {
 public:
  explicit Nest(std::string& out) : out_(out) {}
  void add(const Fact& fact) {
    if (fact.table != table_) {
      out_ += fmt::format("{}\n  {}: {{\n    {}: {{", table_.empty() ? "" : "}\n  },", quoted(fact.table),
                          quoted(fact.key));
    } else if (fact.key != key_) {
      out_ += fmt::format("}},\n    {}: {{", quoted(fact.key));
    } else {
      out_ += ',';
    }
    table_ = fact.table;
    key_ = fact.key;
    out_ += fmt::format("{}:{}", quoted(fact.measure), fact.value);
  }
  void close() {
    if (!table_.empty()) out_ += "}\n  }";
  }

 private:
  std::string& out_;
  std::string_view table_;
  std::string key_;
};

}  // namespace

std::string to_json(const Told& told) {
  std::string cities;
  for (const PlaceId city : told.reference.cities) {
    cities += (cities.empty() ? "" : ",") + quoted(told.reference.place(city).code);
  }
  const Figures& figures = told.figures;
  std::string out =
      fmt::format("{{\"from\":{},\"to\":{},\"cities\":[{}],\"inputs_known\":{},\"inputs_since\":{},\n \"tables\":{{",
                  time_of(told.span, told.span.from), time_of(told.span, told.span.to), cities, figures.inputs_known,
                  figures.inputs_since ? time_of(told.span, *figures.inputs_since) : "null");
  Nest nest(out);
  each_fact(figures, told.span, told.reference, [&](const Fact& fact) { nest.add(fact); });
  nest.close();
  return out + "\n }}\n";
}

}  // namespace kentongan::period
