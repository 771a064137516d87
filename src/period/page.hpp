// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>
#include <vector>

#include "period/json.hpp"
#include "period/words.hpp"

/// A report as people read it, before it is Markdown or HTML. All texts are plain: whoever writes them down escapes
/// them.
namespace kentongan::period {

struct Table {
  std::vector<std::string> columns;
  std::vector<std::vector<std::string>> rows;  ///< the first cell is a text, the others are numbers
  bool broad = false;                          ///< needs the whole width
};

/// Bars, one for each day or week, with parts on one another.
struct Bars {
  struct Part {
    std::string name;
    std::string colour;  ///< of CSS
    std::vector<Count> values;
  };
  std::string title;
  std::vector<std::string> labels;
  std::vector<Part> parts;
};

/// The level of places, day by day.
struct Heat {
  struct Row {
    std::string name;
    std::vector<Level> levels;
  };
  std::string title;
  std::vector<std::string> labels;
  std::vector<Row> rows;
};

struct Section {
  std::string title;
  std::vector<std::string> lines;
  std::vector<Table> tables;
  std::vector<Bars> bars;
  std::vector<Heat> heats;
  bool wide = false;
  bool paired = false;  ///< on paper two wide ones stand beside each other
};

struct Card {
  std::string label, value, note;
};

struct Page {
  bool indonesian = true;
  std::string title, subtitle;
  std::vector<std::string> notes;
  std::vector<Card> cards;
  std::vector<Section> sections;
  std::string footer;
};

/// How many rows the long lists of a page have: the largest ones. What is left is counted in one more row.
struct Lengths {
  std::size_t families = 100, categories = 10, roles = 10, reasons = 100, areas = 120, levels = 16, silent = 30;
};
/// So that all of it stands on one sheet of A4.
inline constexpr Lengths kOneSheet{
    .families = 8, .categories = 6, .roles = 6, .reasons = 3, .areas = 12, .levels = 10, .silent = 12};

[[nodiscard]] Page page_of(const Told& told, const Words& words, const Lengths& lengths = {});

[[nodiscard]] std::string to_markdown(const Page& page);
/// One self-contained document: no script, nothing that is loaded, printable on A4.
[[nodiscard]] std::string to_html(const Page& page);

}  // namespace kentongan::period
