// SPDX-License-Identifier: Apache-2.0
#include <fmt/format.h>

#include "period/page.hpp"

namespace kentongan::period {
namespace {

/// Texts stay texts: what Markdown or HTML would read as something else is escaped.
std::string plain(std::string_view text) {
  std::string out;
  for (const char c : text) {
    if (c == '\n' || c == '\r') {
      out += ' ';
      continue;
    }
    if (std::string_view("\\`*_[]<>|#!&~").find(c) != std::string_view::npos) out += '\\';
    out += c;
  }
  return out;
}

/// Within a block of code nothing is read, but its end.
std::string in_fence(std::string text) {
  for (char& c : text) {
    if (c == '\n' || c == '\r' || c == '`') c = ' ';
  }
  return text;
}

void append_table(std::string& out, const Table& table) {
  std::string rule;
  for (std::size_t i = 0; i < table.columns.size(); ++i) {
    out += fmt::format("| {} ", plain(table.columns[i]));
    rule += i == 0 ? "| --- " : "| ---: ";
  }
  out += fmt::format("|\n{}|\n", rule);
  for (const auto& row : table.rows) {
    for (const std::string& cell : row) out += fmt::format("| {} ", plain(cell));
    out += "|\n";
  }
  out += '\n';
}

/// A chart as a table: what its bars sum to.
void append_bars(std::string& out, const Bars& bars) {
  Table table{{bars.title}, {}};
  for (const Bars::Part& part : bars.parts) table.columns.push_back(part.name);
  for (std::size_t i = 0; i < bars.labels.size(); ++i) {
    table.rows.push_back({bars.labels[i]});
    for (const Bars::Part& part : bars.parts) table.rows.back().push_back(fmt::format("{}", part.values[i]));
  }
  append_table(out, table);
}

void append_heat(std::string& out, const Heat& heat) {
  constexpr std::array<char, kLevels> kLetters{'.', 'w', 's', 'A'};
  out += fmt::format("{} (w waspada, s siaga, A awas):\n\n```\n", plain(heat.title));
  for (const Heat::Row& row : heat.rows) {
    out += fmt::format("{:<20} ", in_fence(row.name));
    for (const Level level : row.levels) out += kLetters[static_cast<std::size_t>(level)];
    out += '\n';
  }
  out += "```\n\n";
}

}  // namespace

std::string to_markdown(const Page& page) {
  std::string out = fmt::format("# {}\n\n{}\n\n", plain(page.title), plain(page.subtitle));
  for (const std::string& note : page.notes) out += fmt::format("> {}\n\n", plain(note));
  Table cards{{page.indonesian ? "Ringkasan" : "In short", "", ""}, {}};
  for (const Card& card : page.cards) cards.rows.push_back({card.label, card.value, card.note});
  append_table(out, cards);
  for (const Section& section : page.sections) {
    out += fmt::format("## {}\n\n", plain(section.title));
    for (const std::string& line : section.lines) out += fmt::format("{}\n\n", plain(line));
    for (const Bars& bars : section.bars) append_bars(out, bars);
    for (const Heat& heat : section.heats) append_heat(out, heat);
    for (const Table& table : section.tables) append_table(out, table);
  }
  return out + plain(page.footer) + "\n";
}

}  // namespace kentongan::period
