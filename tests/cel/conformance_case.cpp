// SPDX-License-Identifier: Apache-2.0
#include "conformance_case.hpp"

#include <bit>
#include <cmath>
#include <cstdlib>
#include <optional>

#include <rapidjson/document.h>

#include "rules/cel/map_value.hpp"

namespace kentongan::cel::conformance {
namespace {

using Json = rapidjson::Value;

std::string_view text_of(const Json& json) { return {json.GetString(), json.GetStringLength()}; }

std::string decode_base64(std::string_view text) {
  constexpr std::string_view alphabet = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
  std::string octets;
  std::uint32_t bits = 0;
  int count = 0;
  for (const char c : text) {
    const std::size_t digit = alphabet.find(c);
    if (digit == std::string_view::npos) {
      break;
    }
    bits = (bits << 6U) | static_cast<std::uint32_t>(digit);
    count += 6;
    if (count >= 8) {
      count -= 8;
      octets.push_back(static_cast<char>((bits >> static_cast<unsigned>(count)) & 0xFFU));
    }
  }
  return octets;
}

Value type_named(std::string_view name) {
  for (int kind = 0; kind < static_cast<int>(Kind::error); ++kind) {
    if (type_name(static_cast<Kind>(kind)) == name) {
      return Value::type(static_cast<Kind>(kind));
    }
  }
  return Value::missing();
}

double read_double(const std::string& text) { return std::strtod(text.c_str(), nullptr); }

class Reader {
 public:
  explicit Reader(Arena& arena) : arena_(arena) {}

  // Missing when it is no such value.
  Value read(const Json& json) {
    if (!json.IsObject() || json.MemberCount() != 1) {
      return Value::missing();
    }
    const auto member = json.MemberBegin();
    const std::string_view kind = text_of(member->name);
    const Json& content = member->value;
    if (content.IsString()) {
      return scalar(kind, text_of(content));
    }
    if (kind == "bool") {
      return Value::boolean(content.GetBool());
    }
    if (kind == "null") {
      return Value::null();
    }
    if (!content.IsArray()) {
      return Value::missing();
    }
    return kind == "list" ? list(content) : kind == "map" ? map(content) : time(kind, content);
  }

 private:
  Value scalar(std::string_view kind, std::string_view text) {
    const std::string copy(text);
    if (kind == "int") {
      return Value::integer(std::strtoll(copy.c_str(), nullptr, 10));
    }
    if (kind == "uint") {
      return Value::unsigned_integer(std::strtoull(copy.c_str(), nullptr, 10));
    }
    if (kind == "double") {
      return Value::real(read_double(copy));
    }
    if (kind == "string") {
      return Value::string(arena_.copy(text));
    }
    if (kind == "bytes") {
      return Value::bytes(arena_.copy(decode_base64(text)));
    }
    return kind == "type" ? type_named(text) : Value::missing();
  }

  Value time(std::string_view kind, const Json& json) {
    const std::int64_t seconds = std::strtoll(json[0].GetString(), nullptr, 10);
    if (kind == "duration") {
      return Value::duration(seconds * 1'000'000'000 + json[1].GetInt());
    }
    return kind == "timestamp" ? Value::timestamp({seconds, json[1].GetUint()}) : Value::missing();
  }

  Value list(const Json& json) {
    Value* elements = arena_.allocate_array<Value>(json.Size());
    for (rapidjson::SizeType i = 0; i < json.Size(); ++i) {
      elements[i] = read(json[i]);
    }
    return Value::list({elements, json.Size()});
  }

  Value map(const Json& json) {
    MapBuilder builder(arena_);
    for (const Json& entry : json.GetArray()) {
      (void)builder.insert(read(entry[0]), read(entry[1]));
    }
    return Value::map(*builder.finish());
  }

  Arena& arena_;
};

bool identical_maps(const MapValue& left, const MapValue& right) {
  if (left.size() != right.size()) {
    return false;
  }
  for (std::uint32_t i = 0; i < left.size(); ++i) {
    const Value* other = right.find(left.keys()[i]);
    if (other == nullptr || !identical(left.values()[i], *other)) {
      return false;
    }
  }
  return true;
}

}  // namespace

bool read(std::string_view line, Case& test) {
  rapidjson::Document json;
  json.Parse(line.data(), line.size());
  if (json.HasParseError() || !json.IsObject() || !json.HasMember("expr") || !json.HasMember("expect")) {
    return false;
  }
  Reader reader(test.arena);
  test.id = json.HasMember("id") ? std::string(text_of(json["id"])) : "";
  test.expression = text_of(json["expr"]);
  if (json.HasMember("bindings")) {
    for (const auto& member : json["bindings"].GetObject()) {
      test.bindings.emplace_back(text_of(member.name), reader.read(member.value));
    }
  }
  const Json& expect = json["expect"];
  test.expects_error = expect.HasMember("error");
  if (!test.expects_error) {
    test.expected = reader.read(expect["value"]);
  }
  return !test.expected.is_missing();
}

bool identical(const Value& left, const Value& right) {
  if (left.kind() != right.kind()) {
    return false;
  }
  switch (left.kind()) {
    case Kind::null:
      return true;
    case Kind::boolean:
      return left.as_boolean() == right.as_boolean();
    case Kind::real:
      return (std::isnan(left.as_real()) && std::isnan(right.as_real())) ||
             std::bit_cast<std::uint64_t>(left.as_real()) == std::bit_cast<std::uint64_t>(right.as_real());
    case Kind::string:
    case Kind::bytes:
      return left.as_text() == right.as_text();
    case Kind::timestamp:
      return left.as_timestamp() == right.as_timestamp();
    case Kind::list: {
      const auto these = left.as_list();
      const auto those = right.as_list();
      return these.size() == those.size() && std::equal(these.begin(), these.end(), those.begin(), identical);
    }
    case Kind::map:
      return identical_maps(left.as_map(), right.as_map());
    default:
      return left.as_integer() == right.as_integer();
  }
}

}  // namespace kentongan::cel::conformance
