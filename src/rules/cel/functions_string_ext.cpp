// SPDX-License-Identifier: Apache-2.0
// charAt indexOf lastIndexOf lowerAscii upperAscii replace split substring trim join reverse
// strings.quote. All positions count code points.
#include <algorithm>
#include <array>

#include "rules/cel/standard_functions.hpp"
#include "rules/cel/utf8.hpp"
#include "rules/cel/value_text.hpp"

namespace kentongan::cel {
namespace {

constexpr auto npos = std::string_view::npos;

Value out_of_range() { return Value::error(EvalErrorKind::index_out_of_range); }

Value out_of_steps() { return Value::error(EvalErrorKind::step_limit); }

// Byte offset of a code point index; npos when it is negative or behind the end.
std::size_t offset_of(std::string_view text, std::int64_t index) {
  return index < 0 ? npos : utf8::offset_of(text, static_cast<std::size_t>(index));
}

Value code_points_before(std::string_view text, std::size_t offset) {
  return offset == npos ? Value::integer(-1)
                        : Value::integer(static_cast<std::int64_t>(utf8::count(text.substr(0, offset))));
}

// Of a search whose worst case is the product of both lengths.
bool charge_search(CallContext& context, std::string_view text, std::string_view part) {
  return context.budget.charge_walk(text.size()) && context.budget.charge(text.size() / 64 * part.size() / 64);
}

Value char_at(CallContext& context) {
  const std::string_view text = context.argument(0).as_text();
  if (!context.budget.charge_walk(text.size())) {
    return out_of_steps();
  }
  const std::size_t at = offset_of(text, context.argument(1).as_integer());
  if (at == npos) {
    return out_of_range();
  }
  return Value::string(at == text.size() ? text.substr(at) : text.substr(at, utf8::length_at(text, at)));
}

Value index_of(CallContext& context) {
  const std::string_view text = context.argument(0).as_text();
  const std::string_view part = context.argument(1).as_text();
  if (!charge_search(context, text, part)) {
    return out_of_steps();
  }
  const std::size_t from = context.count() > 2 ? offset_of(text, context.argument(2).as_integer()) : 0;
  return from == npos ? out_of_range() : code_points_before(text, text.find(part, from));
}

Value last_index_of(CallContext& context) {
  const std::string_view text = context.argument(0).as_text();
  const std::string_view part = context.argument(1).as_text();
  if (!charge_search(context, text, part)) {
    return out_of_steps();
  }
  if (context.count() == 2) {
    return code_points_before(text, text.rfind(part));
  }
  const std::size_t from = offset_of(text, context.argument(2).as_integer());
  return from == npos ? out_of_range() : code_points_before(text, text.rfind(part, from));
}

Value map_ascii(CallContext& context, char first, char last, int shift) {
  const std::string_view text = context.argument(0).as_text();
  auto* copy = context.arena.allocate_array<char>(text.size());
  if (copy == nullptr) {
    return context.out_of_memory();
  }
  std::transform(text.begin(), text.end(), copy,
                 [&](char c) { return c >= first && c <= last ? static_cast<char>(c + shift) : c; });
  return context.budget.charge_walk(text.size()) ? Value::string({copy, text.size()}) : out_of_steps();
}

Value lower_ascii(CallContext& context) { return map_ascii(context, 'A', 'Z', 'a' - 'A'); }

Value upper_ascii(CallContext& context) { return map_ascii(context, 'a', 'z', 'A' - 'a'); }

// Collects a text of unknown size; refuses to outgrow what the arena may still give.
class TextBuilder {
 public:
  explicit TextBuilder(CallContext& context) : context_(context) {}

  bool add(std::string_view part) {
    if (!context_.budget.charge_walk(part.size())) {
      return false;
    }
    text_ += part;
    if (text_.size() > context_.arena.left()) {
      context_.budget.run_out_of_memory();
      return false;
    }
    return true;
  }

  Value finish() { return context_.make_string(text_); }

 private:
  CallContext& context_;
  std::string text_;
};

Value replace(CallContext& context) {
  const std::string_view text = context.argument(0).as_text();
  const std::string_view from = context.argument(1).as_text();
  const std::string_view to = context.argument(2).as_text();
  std::int64_t left = context.count() > 3 ? context.argument(3).as_integer() : -1;
  if (!charge_search(context, text, from)) {
    return out_of_steps();
  }
  TextBuilder result(context);
  std::size_t done = 0;
  // An empty pattern stands before every code point and at the end.
  for (std::size_t at = 0; left != 0 && (at = text.find(from, at)) != npos; --left) {
    if (!result.add(text.substr(done, at - done)) || !result.add(to)) {
      return out_of_steps();
    }
    done = at + from.size();
    at = done;
    if (from.empty()) {
      if (at == text.size()) {
        break;
      }
      at += utf8::length_at(text, at);
    }
  }
  return result.add(text.substr(done)) ? result.finish() : out_of_steps();
}

class ListBuilder {
 public:
  explicit ListBuilder(CallContext& context) : context_(context) {}

  bool add(std::string_view text) {
    elements_.push_back(Value::string(text));
    return context_.budget.charge(1) && elements_.size() * sizeof(Value) <= context_.arena.left();
  }

  Value finish() { return context_.make_list(elements_); }

 private:
  CallContext& context_;
  std::vector<Value> elements_;
};

// The parts are views of the text.
Value split(CallContext& context) {
  const std::string_view text = context.argument(0).as_text();
  const std::string_view separator = context.argument(1).as_text();
  std::int64_t limit = context.count() > 2 ? context.argument(2).as_integer() : -1;
  if (limit == 0) {
    return Value::list({});
  }
  if (!charge_search(context, text, separator)) {
    return out_of_steps();
  }
  ListBuilder parts(context);
  std::size_t begin = 0;
  for (; limit != 1; --limit) {
    std::size_t end = 0;
    if (separator.empty()) {
      end = begin < text.size() ? begin + utf8::length_at(text, begin) : npos;
      end = end == text.size() ? npos : end;
    } else {
      end = text.find(separator, begin);
    }
    if (end == npos) {
      break;
    }
    if (!parts.add(text.substr(begin, end - begin))) {
      return context.out_of_memory();
    }
    begin = end + separator.size();
  }
  if (separator.empty() && text.empty()) {
    return parts.finish();
  }
  return parts.add(text.substr(begin)) ? parts.finish() : context.out_of_memory();
}

Value substring(CallContext& context) {
  const std::string_view text = context.argument(0).as_text();
  if (!context.budget.charge_walk(text.size())) {
    return out_of_steps();
  }
  const std::size_t begin = offset_of(text, context.argument(1).as_integer());
  const std::size_t end = context.count() > 2 ? offset_of(text, context.argument(2).as_integer()) : text.size();
  if (begin == npos || end == npos || begin > end) {
    return out_of_range();
  }
  return Value::string(text.substr(begin, end - begin));
}

// White space as Unicode defines the property.
bool is_space(std::uint32_t code_point) {
  constexpr std::array<std::uint32_t, 9> single = {0x20, 0x85, 0xA0, 0x1680, 0x2028, 0x2029, 0x202F, 0x205F, 0x3000};
  return (code_point >= 0x09 && code_point <= 0x0D) || (code_point >= 0x2000 && code_point <= 0x200A) ||
         std::find(single.begin(), single.end(), code_point) != single.end();
}

Value trim(CallContext& context) {
  std::string_view text = context.argument(0).as_text();
  if (!context.budget.charge_walk(text.size())) {
    return out_of_steps();
  }
  while (!text.empty() && is_space(utf8::decode_at(text, 0))) {
    text.remove_prefix(utf8::length_at(text, 0));
  }
  while (!text.empty()) {
    std::size_t last = text.size() - 1;
    while (last > 0 && utf8::is_continuation(text[last])) {
      --last;
    }
    if (!is_space(utf8::decode_at(text, last))) {
      break;
    }
    text = text.substr(0, last);
  }
  return Value::string(text);
}

Value join(CallContext& context) {
  const std::string_view separator = context.count() > 1 ? context.argument(1).as_text() : std::string_view();
  TextBuilder result(context);
  bool first = true;
  for (const Value& element : context.argument(0).as_list()) {
    if (!element.is(Kind::string)) {
      return context.no_such_overload();
    }
    if ((!first && !result.add(separator)) || !result.add(element.as_text())) {
      return out_of_steps();
    }
    first = false;
  }
  return result.finish();
}

Value reverse(CallContext& context) {
  const std::string_view text = context.argument(0).as_text();
  auto* copy = context.arena.allocate_array<char>(text.size());
  if (copy == nullptr) {
    return context.out_of_memory();
  }
  char* end = copy + text.size();
  for (std::size_t at = 0; at < text.size();) {
    const std::size_t length = utf8::length_at(text, at);
    end -= length;
    std::copy_n(text.data() + at, length, end);
    at += length;
  }
  return context.budget.charge_walk(text.size()) ? Value::string({copy, text.size()}) : out_of_steps();
}

Value quote_string(CallContext& context) {
  const std::string_view text = context.argument(0).as_text();
  if (!context.budget.charge_walk(text.size()) || text.size() > context.arena.left()) {
    return context.out_of_memory();
  }
  return context.make_string(quote(text));
}

}  // namespace

void add_string_extension(FunctionTable& table) {
  using enum TypeKind;
  const auto add = [&](std::string_view name, std::vector<Overload> overloads, Value (*call)(CallContext&)) {
    table.emplace_back(name, standard(std::move(overloads), call));
  };
  const Type strings = Type::list(string);
  add("charAt", {member({string, integer}, string)}, char_at);
  add("indexOf", {member({string, string}, integer), member({string, string, integer}, integer)}, index_of);
  add("lastIndexOf", {member({string, string}, integer), member({string, string, integer}, integer)}, last_index_of);
  add("lowerAscii", {member({string}, string)}, lower_ascii);
  add("upperAscii", {member({string}, string)}, upper_ascii);
  add("replace", {member({string, string, string}, string), member({string, string, string, integer}, string)},
      replace);
  add("split", {member({string, string}, strings), member({string, string, integer}, strings)}, split);
  add("substring", {member({string, integer}, string), member({string, integer, integer}, string)}, substring);
  add("trim", {member({string}, string)}, trim);
  add("join", {member({strings}, string), member({strings, string}, string)}, join);
  add("reverse", {member({string}, string)}, reverse);
  add("strings.quote", {global({string}, string)}, quote_string);
}

}  // namespace kentongan::cel
