// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstddef>
#include <initializer_list>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "domain/event.hpp"
#include "rules/csv.hpp"
#include "rules/findings.hpp"

namespace kentongan::rules {

/// A CSV file whose first row names its columns, in any order; columns with other names are ignored.
///
///     ReferenceTable table(findings, {"code", "name"}, {"zone"});
///     while (table.next()) use(table.text("code"));
///
/// Each reading function tells of what is wrong in its cell and returns nothing then.
class ReferenceTable {
 public:
  using Names = std::initializer_list<std::string_view>;

  /// The text is that of findings.source(). A missing required column is told; next() is false then.
  explicit ReferenceTable(Findings& findings, Names required, Names optional = {});

  [[nodiscard]] bool next();
  /// Whether the header names this column of those given to the constructor.
  [[nodiscard]] bool has(std::string_view column) const;
  [[nodiscard]] bool empty(std::string_view column) const { return cell(column).text.empty(); }

  /// The text as it stands; empty where the column is absent. Views live until next().
  [[nodiscard]] std::string_view raw(std::string_view column) const { return cell(column).text; }
  /// A text that must not be empty.
  [[nodiscard]] std::optional<std::string> text(std::string_view column);
  [[nodiscard]] std::optional<double> number(std::string_view column, double least, double greatest);
  [[nodiscard]] std::optional<long> integer(std::string_view column, long least, long greatest);
  [[nodiscard]] std::optional<LocalDay> day(std::string_view column);
  /// Columns lat and lon. Both empty is nothing without a finding when `optional`.
  [[nodiscard]] std::optional<GeoPoint> point(bool optional);

  /// Where this cell stands, for what is found when all rows are read.
  [[nodiscard]] std::size_t place(std::string_view column) const { return cell(column).offset; }

  void error(std::string_view column, std::string_view code, TextView message, TextView hint);
  void warning(std::string_view column, std::string_view code, TextView message, TextView hint);

 private:
  struct Column {
    std::string_view name;
    std::size_t at;
  };
  void read_header(Names required, Names optional);
  void fail_at(std::size_t offset, std::string_view code, TextView message, TextView hint);
  [[nodiscard]] csv::Cell cell(std::string_view column) const;

  csv::Reader reader_;
  Findings& findings_;
  std::vector<Column> columns_;
  std::size_t width_ = 0;
  csv::Row row_;
  bool readable_ = false;
};

}  // namespace kentongan::rules
