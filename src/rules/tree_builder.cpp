// SPDX-License-Identifier: Apache-2.0
#include "rules/tree_builder.hpp"

#include <algorithm>
#include <utility>

#include <fmt/format.h>

#include "domain/fields.hpp"
#include "rules/certain.hpp"
#include "rules/key_tables.hpp"
#include "rules/layout_fixes.hpp"
#include "rules/reader.hpp"
#include "rules/said/say.hpp"
#include "rules/scalar_place.hpp"
#include "rules/slips.hpp"

namespace kentongan::rules {

namespace {

/// The library's marks count bytes.
std::size_t offset_of(const YAML::Mark& mark) { return mark.pos < 0 ? 0 : static_cast<std::size_t>(mark.pos); }

bool is_digit(char c) { return c >= '0' && c <= '9'; }

/// `012`, `-007`, `03.5`: 10, 12 or a text, as the reader pleases.
bool has_leading_zero(std::string_view text) {
  if (!text.empty() && (text[0] == '-' || text[0] == '+')) text.remove_prefix(1);
  if (text.size() < 2 || text[0] != '0' || !is_digit(text[1])) return false;
  const std::size_t dots = static_cast<std::size_t>(std::count(text.begin(), text.end(), '.'));
  return dots <= 1 && std::all_of(text.begin(), text.end(), [](char c) { return is_digit(c) || c == '.' || c == '_'; });
}

Node::Style style_at(std::string_view text, std::size_t offset, bool plain) {
  if (plain || offset >= text.size()) return Node::Style::plain;
  switch (text[offset]) {
    case '\'':
      return Node::Style::single_quoted;
    case '"':
      return Node::Style::double_quoted;
    default:
      return Node::Style::block;
  }
}

bool written_null(std::string_view text, std::size_t offset) {
  const std::string_view rest = text.substr(std::min(offset, text.size()));
  return rest.starts_with('~') || rest.starts_with("null") || rest.starts_with("Null") || rest.starts_with("NULL");
}

/// The dash of an item that holds nothing: the library's mark lies behind it.
std::size_t dash_before(std::string_view text, std::size_t offset) {
  const std::size_t last = text.substr(0, std::min(offset, text.size())).find_last_not_of(" \t\r\n");
  return last != std::string_view::npos && text[last] == '-' ? last : offset;
}

}  // namespace

void TreeBuilder::OnDocumentStart(const YAML::Mark& mark) {
  if (!std::exchange(started_, true)) return;
  findings_.error(offset_of(mark), "several-documents", "a second YAML document begins here",
                  "keep one document in a file: remove the line `---`, or move the rest into another file");
  throw StopReading{};
}

void TreeBuilder::OnAnchor(const YAML::Mark& mark, const std::string& name) {
  findings_.error(offset_of(mark), "anchor", say("the anchor `&{:.60}` cannot be used in a rule file", name),
                  "use `lists` and `macros` for what several rules share");
  findings_.set_aside(offset_of(mark));
}

void TreeBuilder::OnAlias(const YAML::Mark& mark, YAML::anchor_t) {
  findings_.error(offset_of(mark), "anchor", "an alias (`*name`) cannot be used in a rule file",
                  "write the value out, or use a list: `$name`");
  Node node;
  node.offset = offset_of(mark);
  findings_.set_aside(node.offset);
  add(std::move(node));
}

void TreeBuilder::OnNull(const YAML::Mark& mark, YAML::anchor_t) {
  Node node;
  node.offset = offset_of(mark);
  if (!open_.empty() && !written_null(findings_.source().text(), node.offset)) {
    const Open& parent = open_.back();
    node.offset = parent.key ? parent.key->offset : dash_before(findings_.source().text(), node.offset);
  }
  add(std::move(node));
}

void TreeBuilder::OnScalar(const YAML::Mark& mark, const std::string& tag, YAML::anchor_t, const std::string& value) {
  Node node;
  node.kind = Node::Kind::scalar;
  node.offset = offset_of(mark);
  node.text = value;
  check_tag(node.offset, tag);
  node.style = style_at(findings_.source().text(), node.offset, tag == "?");
  const bool quoted = node.style == Node::Style::single_quoted || node.style == Node::Style::double_quoted;
  if (quoted && !end_of_quoted(findings_.source(), node)) {
    findings_.error(node.offset, "syntax", "the quote that opens here is never closed", "close it on the same line");
    throw StopReading{};
  }
  if (node.is_plain() && has_leading_zero(node.text)) {
    findings_.error(node.offset, "ambiguous-number",
                    say("`{:.60}` begins with a zero: some readers of YAML take it for a number in base 8", node.text),
                    say("write \"{:.60}\" for a text, or the number without the zero", node.text),
                    is_number_of_text(node.text) ? with_quotes(findings_.source(), node) : Fix{});
    findings_.set_aside(node.offset);
  }
  add(std::move(node));
}

/// `012` as the number of a polling station is a text; as the value of a key that holds a number, who knows.
bool TreeBuilder::is_number_of_text(std::string_view text) const {
  if (!std::all_of(text.begin(), text.end(), is_digit)) return false;
  std::string_view key;
  for (const Open& open : open_) {
    if (open.key) key = open.key->text;
  }
  const auto& fields = all_fields();
  const bool numeric_field = std::any_of(fields.begin(), fields.end(), [&](const FieldSpec& field) {
    return field.path == key && (field.type == FieldType::integer || field.type == FieldType::number);
  });
  const auto tables = all_key_tables();
  return !numeric_field && std::none_of(tables.begin(), tables.end(), [&](const KeyTable* table) {
    const KeySpec* spec = table->find(key);
    return spec != nullptr && spec->type.en.find("number") != std::string_view::npos;
  });
}

void TreeBuilder::OnSequenceStart(const YAML::Mark& mark, const std::string& tag, YAML::anchor_t,
                                  YAML::EmitterStyle::value) {
  open(Node::Kind::list, mark, tag);
}

void TreeBuilder::OnMapStart(const YAML::Mark& mark, const std::string& tag, YAML::anchor_t,
                             YAML::EmitterStyle::value) {
  open(Node::Kind::map, mark, tag);
}

void TreeBuilder::check_tag(std::size_t offset, const std::string& tag) {
  const std::string_view text = findings_.source().text();
  const bool written = offset < text.size() && text[offset] == '!';
  if (!written && (tag == "?" || tag == "!" || tag.empty())) return;
  findings_.error(offset, "tag", "a YAML tag (`!name`) cannot be used in a rule file",
                  "remove it; put a value that begins with `!` in quotes");
  findings_.set_aside(offset);
}

void TreeBuilder::count_node(std::size_t offset) {
  if (++nodes_ > kMaxNodes) {
    findings_.error(offset, "too-many-values", say("the file holds more than {} values", kMaxNodes),
                    "divide it into several files");
    throw StopReading{};
  }
  if (findings_.full()) throw StopReading{};
}

void TreeBuilder::open(Node::Kind kind, const YAML::Mark& mark, const std::string& tag) {
  Open container;
  container.node.kind = kind;
  container.node.offset = offset_of(mark);
  check_tag(container.node.offset, tag);
  count_node(container.node.offset);
  if (open_.size() >= kMaxDepth) {
    findings_.error(container.node.offset, "too-deep",
                    say("values are nested more than {} levels deep here", kMaxDepth),
                    "no rule needs that; look for a bracket or an indentation too much");
    throw StopReading{};
  }
  open_.push_back(std::move(container));
}

void TreeBuilder::close() {
  Node done = std::move(open_.back().node);
  if (open_.back().broken) {
    done = Node{};
    done.offset = open_.back().node.offset;
    findings_.set_aside(done.offset);
  }
  open_.pop_back();
  add(std::move(done));
}

void TreeBuilder::add(Node node) {
  if (node.is_scalar() || node.is_null()) count_node(node.offset);
  if (open_.empty()) {
    root_ = std::move(node);
    return;
  }
  Open& parent = open_.back();
  if (parent.node.is_list()) {
    parent.node.items.push_back(std::move(node));
  } else if (!parent.key) {
    add_key(parent, std::move(node));
  } else {
    add_entry(parent, std::move(node));
  }
}

void TreeBuilder::add_key(Open& map, Node key) {
  if (!key.is_scalar()) {
    findings_.error(
        key.offset, "bad-key", "a key must be a word",
        key.is_map() ? TextView("put a text that holds `{{ }}` in quotes") : TextView("write `name: value`"),
        key.is_map() ? quotes_around_braces(findings_.source(), key.offset) : Fix{});
    key.kind = Node::Kind::null;
    map.broken = findings_.source().text().substr(map.node.offset).starts_with('{');
  }
  if (auto slip = key.is_plain() ? slip_in_key(key.text, key.offset) : std::nullopt) {
    findings_.error(slip->offset, "syntax", slip->message, slip->hint, std::move(slip->fix));
    findings_.set_aside(slip->offset);  // the reader may stumble over it too
    key.kind = Node::Kind::null;
    map.broken = true;
  }
  if (key.is_plain() && key.text.starts_with("\xC2\xA0")) {
    findings_.error(key.offset, "syntax", "a no-break space stands in the indentation",
                    "it looks like a space and is none: delete it and indent with spaces");
    findings_.set_aside(key.offset);
    key.kind = Node::Kind::null;
    map.broken = true;
  }
  if (key.is_plain() && key.text == "<<") {
    findings_.error(key.offset, "anchor", "the merge key `<<` cannot be used in a rule file", "write the keys out");
    key.kind = Node::Kind::null;
  }
  map.key = std::move(key);
}

void TreeBuilder::add_entry(Open& map, Node value) {
  Node key = std::move(*map.key);
  map.key.reset();
  if (key.is_null()) return;
  if (!map.keys.insert(key.text).second) {
    findings_.error(key.offset, "duplicate-key", say("the key `{:.60}` stands here a second time", key.text),
                    "keep one of them");
    return;
  }
  map.node.entries.push_back({std::move(key), std::move(value)});
}

}  // namespace kentongan::rules
