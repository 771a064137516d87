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

[[nodiscard]] Page page_of(const Told& told, const Words& words);

[[nodiscard]] std::string to_markdown(const Page& page);
/// One self-contained document: no script, nothing that is loaded, printable on A4.
[[nodiscard]] std::string to_html(const Page& page);

}  // namespace kentongan::period
