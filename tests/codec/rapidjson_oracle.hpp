// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <rapidjson/error/en.h>
#include <rapidjson/reader.h>

#include <cmath>
#include <set>
#include <string>
#include <string_view>
#include <vector>

#include "codec/json_reader.hpp"

/// The slow way to read a document: RapidJSON, and beside it what it does not refuse by itself. Its verdict is
/// "refused", or everything the document says in one text. Of great exponents it has no opinion: it refuses 0e999.
namespace kentongan::codec {

class RapidJsonOracle : public rapidjson::BaseReaderHandler<rapidjson::UTF8<>, RapidJsonOracle> {
 public:
  bool Null() { return add("null"); }
  bool Bool(bool value) { return add(value ? "true" : "false"); }
  bool RawNumber(const char* text, rapidjson::SizeType size, bool) {
    const std::string number(text, size);
    return std::isfinite(std::strtod(number.c_str(), nullptr)) && add(number);
  }
  bool String(const char* text, rapidjson::SizeType size, bool) {
    const std::string_view value(text, size);
    return good(value) && add("s" + std::to_string(size) + ":" + std::string(value));
  }
  bool Key(const char* text, rapidjson::SizeType size, bool) {
    const std::string value(text, size);
    return good(value) && keys_.back().insert(value).second && add("k" + std::to_string(size) + ":" + value);
  }
  bool StartObject() {
    keys_.emplace_back();
    return add("{");
  }
  bool EndObject(rapidjson::SizeType) {
    keys_.pop_back();
    return add("}");
  }
  bool StartArray() { return add("["); }
  bool EndArray(rapidjson::SizeType) { return add("]"); }
  [[nodiscard]] const std::string& said() const { return said_; }

 private:
  /// No NUL and no encoded surrogate.
  static bool good(std::string_view text) {
    for (std::size_t i = 0; i < text.size(); ++i) {
      if (text[i] == '\0') return false;
      if (text[i] == '\xED' && i + 1 < text.size() && static_cast<unsigned char>(text[i + 1]) >= 0xA0) return false;
    }
    return true;
  }
  bool add(std::string_view piece) {
    said_.append(piece).append(" ");
    return true;
  }
  std::vector<std::set<std::string>> keys_;
  std::string said_;
};

[[nodiscard]] inline std::string verdict_of_rapidjson(const std::string& text) {
  constexpr unsigned kFlags =
      rapidjson::kParseIterativeFlag | rapidjson::kParseValidateEncodingFlag | rapidjson::kParseNumbersAsStringsFlag;
  if (text.find('\0') != std::string::npos) return "refused";  // it would take it for the end
  RapidJsonOracle oracle;
  rapidjson::Reader reader;
  const std::string padded = text + std::string(4, '\0');  // it reads on behind a UTF-8 sequence that is cut off
  rapidjson::StringStream stream(padded.c_str());
  const rapidjson::ParseResult result = reader.Parse<kFlags>(stream, oracle);
  if (result.Code() == rapidjson::kParseErrorNumberTooBig) return "undecided";
  return result.IsError() ? "refused" : oracle.said();
}

namespace detail {

inline void say(const JsonReader& reader, std::uint32_t index, bool member, std::string& said) {
  const Node& node = reader.nodes()[index];
  if (member) {
    said.append("k" + std::to_string(node.key_size) + ":").append(reader.key(node)).append(" ");
  }
  const bool object = node.kind == NodeKind::object;
  switch (node.kind) {
    case NodeKind::null:
      said += "null ";
      return;
    case NodeKind::yes:
      said += "true ";
      return;
    case NodeKind::no:
      said += "false ";
      return;
    case NodeKind::number:
      said.append(reader.text(node)).append(" ");
      return;
    case NodeKind::text:
      said.append("s" + std::to_string(node.size) + ":").append(reader.text(node)).append(" ");
      return;
    case NodeKind::array:
    case NodeKind::object:
      break;
  }
  said += object ? "{ " : "[ ";
  for (std::uint32_t i = index + 1; i < node.next; i = reader.nodes()[i].next) say(reader, i, object, said);
  said += object ? "} " : "] ";
}

}  // namespace detail

/// The same of our reader; "refused" with a limit of depth that is out of the way.
[[nodiscard]] inline std::string verdict_of_reader(const std::string& text) {
  static JsonReader reader;
  if (reader.read(text, 500)) return "refused";
  std::string said;
  detail::say(reader, 0, false, said);
  return said;
}

[[nodiscard]] inline bool agrees_with_rapidjson(const std::string& text) {
  const std::string expected = verdict_of_rapidjson(text);
  return expected == "undecided" || expected == verdict_of_reader(text);
}

}  // namespace kentongan::codec
