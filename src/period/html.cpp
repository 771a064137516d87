// SPDX-License-Identifier: Apache-2.0
#include <fmt/format.h>

#include "codec/html.hpp"
#include "period/chart.hpp"
#include "period/page.hpp"

namespace kentongan::period {

using codec::escape_html;

namespace {

constexpr std::string_view kStyle = R"css(
:root { --ink: #1d2a30; --soft: #5b6b73; --rule: #d5dde1; --lead: #134a63; }
* { box-sizing: border-box; }
body { margin: 0 auto; max-width: 190mm; padding: 8mm 6mm; color: var(--ink); background: #fff;
  font: 9pt/1.3 "Noto Sans", "Segoe UI", Roboto, "Liberation Sans", Arial, sans-serif; }
header { border-bottom: 3px solid var(--lead); padding-bottom: 5px; margin-bottom: 10px; }
h1 { font-size: 18pt; margin: 0; color: var(--lead); }
header p, .note, footer { color: var(--soft); margin: 2px 0 0; }
.note { border-left: 3px solid #e9772b; padding-left: 8px; margin: 6px 0; }
.cards { display: grid; grid-template-columns: repeat(6, 1fr); gap: 6px; margin-bottom: 10px; }
.card { border: 1px solid var(--rule); border-radius: 5px; padding: 6px 8px; break-inside: avoid; }
.card b { display: block; font-size: 13pt; line-height: 1.2; color: var(--lead); white-space: nowrap; }
.card span { display: block; font-size: 7.5pt; color: var(--soft); }
main { display: grid; grid-template-columns: 1fr 1fr; gap: 4px 16px; }
section { break-inside: avoid; min-width: 0; }
section.wide { grid-column: 1 / -1; }
section.long, .long table { break-inside: auto; }
h2 { font-size: 11pt; margin: 8px 0 3px; color: var(--lead); border-bottom: 1px solid var(--rule); }
h3 { font-size: 8.5pt; font-weight: 600; margin: 4px 0 2px; color: var(--soft); }
.wide .tables { display: grid; grid-template-columns: 1fr 1fr; gap: 0 16px; align-items: start; }
.tables .broad { grid-column: 1 / -1; }
table { border-collapse: collapse; width: 100%; font-size: 8pt; margin: 3px 0 6px; break-inside: avoid; font-variant-numeric: tabular-nums; }
th, td { text-align: right; padding: 1px 4px; vertical-align: top; }
th { font-weight: 600; color: var(--soft); border-bottom: 1px solid var(--rule); }
th:first-child, td:first-child { text-align: left; padding-left: 0; white-space: pre-wrap; }
tr + tr td { border-top: 1px solid #eef2f4; }
thead { display: table-header-group; } tr { break-inside: avoid; }
p { margin: 3px 0; }
svg { width: 100%; height: auto; display: block; }
svg text { font-size: 8.5px; fill: var(--soft); }
svg line { stroke: #e3e9ec; stroke-width: 1; }
.key { font-size: 7.5pt; color: var(--soft); }
.key i { display: inline-block; width: 9px; height: 9px; margin: 0 4px 0 10px; border-radius: 2px; }
.awas, .siaga, .waspada { border-radius: 3px; padding: 0 4px; }
.awas { background: #b3261e; color: #fff; } .siaga { background: #f3a876; } .waspada { background: #f7e2a0; }
footer { border-top: 1px solid var(--rule); margin-top: 10px; padding-top: 5px; font-size: 7.5pt; }
@page { size: A4; margin: 8mm; }
@media print {
  body { padding: 0; max-width: none; font-size: 7pt; line-height: 1.2; }
  header { padding-bottom: 2px; margin-bottom: 4px; } h1 { font-size: 14pt; display: inline; } header p { display: inline; margin-left: 8px; }
  .cards { gap: 4px; margin-bottom: 2px; } .card { padding: 2px 6px; } .card b { font-size: 11pt; } .card span { font-size: 6.5pt; }
  main { grid-template-columns: repeat(4, 1fr); gap: 0 12px; }
  h2 { font-size: 9pt; margin: 4px 0 1px; } h3 { font-size: 7pt; margin: 1px 0; } p { margin: 1px 0; }
  table { font-size: 6.5pt; margin: 1px 0 3px; } td, th { padding: 0 2px; line-height: 1.18; } .t1 td + td { white-space: nowrap; }
  .wide.paired { grid-column: span 2; } .paired .tables.t4 { grid-template-columns: 1fr 1fr; } .paired svg text { font-size: 13.5px; }
  footer { margin-top: 3px; padding-top: 2px; font-size: 6.5pt; }
  * { -webkit-print-color-adjust: exact; print-color-adjust: exact; }
}
@media (max-width: 700px) { .cards { grid-template-columns: repeat(2, 1fr); } main { grid-template-columns: minmax(0, 1fr); } .wide .tables { grid-template-columns: minmax(0, 1fr); } table { display: block; overflow-x: auto; } }
)css";

constexpr std::size_t kLongTable = 20;

std::string cell_of(const std::string& text) {
  const auto level = level_named(text);
  if (!level || *level == Level::aman) return escape_html(text);
  return fmt::format("<span class=\"{}\">{}</span>", text, text);
}

void append_table(std::string& out, const Table& table) {
  out += table.broad ? "<table class=\"broad\"><thead><tr>" : "<table><thead><tr>";
  for (const std::string& column : table.columns) out += fmt::format("<th>{}</th>", escape_html(column));
  out += "</tr></thead><tbody>\n";
  for (const auto& row : table.rows) {
    out += "<tr>";
    for (std::size_t i = 0; i < row.size(); ++i) {
      out += fmt::format("<td>{}</td>", i == 0 ? escape_html(row[i]) : cell_of(row[i]));
    }
    out += "</tr>\n";
  }
  out += "</tbody></table>\n";
}

void append_bars(std::string& out, const Bars& bars) {
  out += fmt::format("<h3>{}<span class=\"key\">", escape_html(bars.title));
  for (const Bars::Part& part : bars.parts) {
    out += fmt::format("<i style=\"background:{}\"></i>{}", part.colour, escape_html(part.name));
  }
  out += fmt::format("</span></h3>\n{}\n", to_svg(bars));
}

void append_heat(std::string& out, const Heat& heat) {
  out += fmt::format(
      "<h3>{}<span class=\"key\"><i style=\"background:#efbf2d\"></i>waspada<i style=\"background:#e9772b\"></i>siaga"
      "<i style=\"background:#b3261e\"></i>awas</span></h3>\n{}\n",
      escape_html(heat.title), to_svg(heat));
}

bool is_long(const Section& section) {
  for (const Table& table : section.tables) {
    if (table.rows.size() > kLongTable) return true;
  }
  return false;
}

void append_section(std::string& out, const Section& section) {
  out += fmt::format("<section class=\"{}{}{}\">\n<h2>{}</h2>\n", section.wide ? "wide" : "narrow",
                     section.paired ? " paired" : "", is_long(section) ? " long" : "", escape_html(section.title));
  for (const std::string& line : section.lines) out += fmt::format("<p>{}</p>\n", escape_html(line));
  for (const Bars& bars : section.bars) append_bars(out, bars);
  for (const Heat& heat : section.heats) append_heat(out, heat);
  out += fmt::format("<div class=\"tables t{}\">\n", section.tables.size());
  for (const Table& table : section.tables) append_table(out, table);
  out += "</div>\n</section>\n";
}

}  // namespace

std::string to_html(const Page& page) {
  std::string out = fmt::format(
      "<!DOCTYPE html>\n<html lang=\"{}\">\n<head>\n<meta charset=\"utf-8\">\n"
      "<meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n<title>{}</title>\n<style>{}</style>\n"
      "</head>\n<body>\n<header>\n<h1>{}</h1>\n<p>{}</p>\n</header>\n",
      page.indonesian ? "id" : "en", escape_html(page.title), kStyle, escape_html(page.title),
      escape_html(page.subtitle));
  for (const std::string& note : page.notes) out += fmt::format("<p class=\"note\">{}</p>\n", escape_html(note));
  out += "<div class=\"cards\">\n";
  for (const Card& card : page.cards) {
    out += fmt::format("<div class=\"card\"><span>{}</span><b>{}</b><span>{}</span></div>\n", escape_html(card.label),
                       escape_html(card.value), escape_html(card.note));
  }
  out += "</div>\n<main>\n";
  for (const Section& section : page.sections) append_section(out, section);
  return out + fmt::format("</main>\n<footer>{}</footer>\n</body>\n</html>\n", escape_html(page.footer));
}

}  // namespace kentongan::period
