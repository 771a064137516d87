// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <limits>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "codec/json_reader.hpp"
#include "codec/node_number.hpp"
#include "domain/event.hpp"
#include "domain/output.hpp"

namespace kentongan::codec {

/// The first thing wrong with the fields of an event.
struct Fault {
  RejectReason reason = RejectReason::invalid_event;
  std::string pointer;
  std::string message;
};

/// A JSON Pointer (RFC 6901) extended by one key or index.
[[nodiscard]] std::string child_pointer(std::string_view parent, std::string_view key);
[[nodiscard]] std::string child_pointer(std::string_view parent, std::size_t index);

/// `"text"` for a message: NIKs masked, cut to a few words.
[[nodiscard]] std::string quoted(std::string_view text);

/// Reads the members of one object of a document by name and type. A null is a missing member. The first
/// fault is kept and what is read afterwards is of no use; so callers read on and ask once, at the end.
/// The faults of nested readers go to the same place.
class FieldsReader {
 public:
  /// `object` is the index of its node, `pointer` (a literal) that of the object around it, `self` its key there.
  /// Members are searched for one by one.
  FieldsReader(const JsonReader& json, std::uint32_t object, std::string_view pointer, Key self,
               std::optional<Fault>& fault)
      : json_(json), object_(object), pointer_(pointer), self_(self), fault_(fault) {}
  /// The same for an object whose members the reader of the document has noted.
  FieldsReader(const JsonReader& json, std::uint32_t object, std::string_view pointer, const Members& members,
               std::optional<Fault>& fault)
      : json_(json), object_(object), pointer_(pointer), fault_(fault), members_(&members) {}

  [[nodiscard]] bool has(Key key) const { return find(key) != nullptr; }
  /// The member's node, or none when it is missing or null.
  [[nodiscard]] const Node* find(Key key) const {
    if (members_ == nullptr) return search(key);
    const std::uint32_t index = members_->find(key);
    if (index == 0) return nullptr;
    const Node& node = json_.nodes()[index];
    return node.kind == NodeKind::null ? nullptr : &node;
  }

  /// The value of a text; empty for any other kind.
  [[nodiscard]] std::string_view text_of(const Node& node) const {
    return node.kind == NodeKind::text ? json_.text(node) : std::string_view();
  }

  [[nodiscard]] std::optional<std::string_view> text(Key key) {
    const Node* const node = find(key);
    if (node == nullptr) return std::nullopt;
    if (node->kind == NodeKind::text) return json_.text(*node);
    wrong(key, "a text");
    return std::nullopt;
  }
  /// Present and not empty.
  [[nodiscard]] std::string_view identifier(Key key) {
    const std::string_view value = required_text(key);
    if (value.empty()) wrong(key, "a text that is not empty");
    return value;
  }
  /// A member that no Key names: not empty where it is given.
  [[nodiscard]] std::optional<std::string_view> rare_identifier(std::string_view name);
  /// Present; may be empty.
  [[nodiscard]] std::string_view required_text(Key key) {
    if (const auto value = text(key)) return *value;
    require(key);
    return {};
  }
  [[nodiscard]] std::optional<std::int64_t> integer(Key key, std::int64_t least, std::int64_t most) {
    const Node* const node = find(key);
    if (node == nullptr) return std::nullopt;
    if (node->kind == NodeKind::number) {
      const auto value = to_integer(json_, *node);
      if (value && *value >= least && *value <= most) return value;
    }
    wrong_integer(key, least, most);
    return std::nullopt;
  }
  /// A whole number from 0 on.
  [[nodiscard]] std::optional<std::int64_t> count(Key key) {
    return integer(key, 0, std::numeric_limits<std::int64_t>::max());
  }
  [[nodiscard]] std::optional<double> number(Key key, double least, double most) {
    const Node* const node = find(key);
    if (node == nullptr) return std::nullopt;
    if (node->kind == NodeKind::number) {
      const double value = to_double(json_, *node);
      if (value >= least && value <= most) return value;
    }
    wrong_number(key, least, most);
    return std::nullopt;
  }
  [[nodiscard]] std::optional<bool> boolean(Key key);
  [[nodiscard]] std::optional<TimePoint> time(Key key);
  [[nodiscard]] std::optional<LocalDay> day(Key key);
  [[nodiscard]] std::optional<GeoPoint> location(Key key);
  void route(Key key, std::vector<GeoPoint>& points);
  /// A list of at least one text; required.
  void texts(Key key, std::vector<std::string_view>& values);
  /// A reader for a nested object; none when it is missing. Objects nest once at most.
  [[nodiscard]] std::optional<FieldsReader> object(Key key);

  template <class Enum>
  [[nodiscard]] std::optional<Enum> word(Key key) {
    const auto written = text(key);
    if (!written) return std::nullopt;
    const auto value = from_word<Enum>(*written);
    if (!value) unknown_word(key, *written, Words<Enum>::list);
    return value;
  }

  void require(Key key) {
    if (!has(key)) missing(key);
  }
  void missing(Key key);
  void wrong(Key key, std::string_view expected);
  void wrong_at(std::string pointer, std::string_view expected);
  [[nodiscard]] std::string pointer_of(Key key) const;
  [[nodiscard]] bool failed() const { return fault_.has_value(); }

 private:
  void wrong_integer(Key key, std::int64_t least, std::int64_t most);
  void wrong_number(Key key, double least, double most);
  /// Does nothing where `fault` is empty.
  void wrong_moment(Key key, std::string_view written, std::string_view fault);
  void unknown_word(Key key, std::string_view written, std::span<const std::string_view> words);
  void set(RejectReason reason, std::string pointer, std::string message);
  [[nodiscard]] double coordinate(const Node& node, double limit, const std::string& list, std::size_t at, int axis);

  [[nodiscard]] const Node* search(Key key) const;
  [[nodiscard]] std::uint32_t index_of(const Node& node) const {
    return static_cast<std::uint32_t>(&node - json_.nodes().data());
  }

  const JsonReader& json_;
  std::uint32_t object_;
  std::string_view pointer_;
  Key self_ = Key::unknown;
  std::optional<Fault>& fault_;
  const Members* members_ = nullptr;
};

}  // namespace kentongan::codec
