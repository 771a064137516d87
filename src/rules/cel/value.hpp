// SPDX-License-Identifier: Apache-2.0
// What an expression is about: a small, trivially copyable view of a CEL value.
#pragma once

#include <cstdint>
#include <span>
#include <string_view>

#include "rules/cel/eval_error.hpp"

namespace kentongan::cel {

enum class Kind : std::uint8_t {
  null,
  boolean,
  integer,
  unsigned_integer,
  real,
  string,
  bytes,
  list,
  map,
  timestamp,
  duration,
  type,
  optional,
  error,    // the outcome of a part that failed; never an element of a list or map
  missing,  // what an Activation says of a slot that is not set
};

// The name CEL has for it: int, uint, double, google.protobuf.Timestamp, ..
[[nodiscard]] std::string_view type_name(Kind kind);

class MapValue;

// Seconds since 1970-01-01T00:00:00Z, and 0 to 999,999,999 nanoseconds.
struct Timestamp {
  std::int64_t seconds = 0;
  std::uint32_t nanoseconds = 0;

  friend auto operator<=>(const Timestamp&, const Timestamp&) = default;
};

// A value owns nothing: strings, bytes, lists, maps and optionals are views of memory
// that somebody else keeps alive (the host's event, a Program, a Scratch, an Arena).
// Accessors are to be called only on the kind they are named for.
class Value {
 public:
  constexpr Value() noexcept : kind_(Kind::null), integer_(0) {}

  static constexpr Value null() noexcept { return {}; }
  static constexpr Value missing() noexcept { return Value(Kind::missing); }
  static constexpr Value boolean(bool value) noexcept {
    Value result(Kind::boolean);
    result.boolean_ = value;
    return result;
  }
  static constexpr Value integer(std::int64_t value) noexcept {
    Value result(Kind::integer);
    result.integer_ = value;
    return result;
  }
  static constexpr Value unsigned_integer(std::uint64_t value) noexcept {
    Value result(Kind::unsigned_integer);
    result.unsigned_ = value;
    return result;
  }
  static constexpr Value real(double value) noexcept {
    Value result(Kind::real);
    result.real_ = value;
    return result;
  }
  // Valid UTF-8, at most 4 GiB - 1.
  static constexpr Value string(std::string_view text) noexcept { return characters(Kind::string, text); }
  static constexpr Value bytes(std::string_view octets) noexcept { return characters(Kind::bytes, octets); }
  static constexpr Value list(std::span<const Value> elements) noexcept {
    Value result(Kind::list, static_cast<std::uint32_t>(elements.size()));
    result.elements_ = elements.data();
    return result;
  }
  static constexpr Value map(const MapValue& entries) noexcept {
    Value result(Kind::map);
    result.map_ = &entries;
    return result;
  }
  static constexpr Value timestamp(Timestamp time) noexcept {
    Value result(Kind::timestamp, time.nanoseconds);
    result.integer_ = time.seconds;
    return result;
  }
  static constexpr Value duration(std::int64_t nanoseconds) noexcept {
    Value result(Kind::duration);
    result.integer_ = nanoseconds;
    return result;
  }
  static constexpr Value type(Kind kind) noexcept {
    Value result(Kind::type);
    result.integer_ = static_cast<std::int64_t>(kind);
    return result;
  }
  // nullptr is optional.none().
  static constexpr Value optional(const Value* content) noexcept {
    Value result(Kind::optional);
    result.elements_ = content;
    return result;
  }
  // `detail` may be nullptr; it is what the message names, in memory that outlives this.
  static constexpr Value error(EvalErrorKind kind, const std::string_view* detail = nullptr) noexcept {
    Value result(Kind::error, static_cast<std::uint32_t>(kind));
    result.detail_ = detail;
    return result;
  }

  [[nodiscard]] constexpr Kind kind() const noexcept { return kind_; }
  [[nodiscard]] constexpr bool is(Kind kind) const noexcept { return kind_ == kind; }
  [[nodiscard]] constexpr bool is_error() const noexcept { return kind_ == Kind::error; }
  [[nodiscard]] constexpr bool is_missing() const noexcept { return kind_ == Kind::missing; }
  [[nodiscard]] constexpr bool is_true() const noexcept { return kind_ == Kind::boolean && boolean_; }
  [[nodiscard]] constexpr bool is_false() const noexcept { return kind_ == Kind::boolean && !boolean_; }
  [[nodiscard]] constexpr bool is_number() const noexcept {
    return kind_ == Kind::integer || kind_ == Kind::unsigned_integer || kind_ == Kind::real;
  }

  [[nodiscard]] constexpr bool as_boolean() const noexcept { return boolean_; }
  [[nodiscard]] constexpr std::int64_t as_integer() const noexcept { return integer_; }
  [[nodiscard]] constexpr std::uint64_t as_unsigned() const noexcept { return unsigned_; }
  [[nodiscard]] constexpr double as_real() const noexcept { return real_; }
  // Of strings and bytes.
  [[nodiscard]] constexpr std::string_view as_text() const noexcept { return {characters_, extra_}; }
  [[nodiscard]] constexpr std::span<const Value> as_list() const noexcept { return {elements_, extra_}; }
  [[nodiscard]] constexpr const MapValue& as_map() const noexcept { return *map_; }
  [[nodiscard]] constexpr Timestamp as_timestamp() const noexcept { return {integer_, extra_}; }
  // In nanoseconds.
  [[nodiscard]] constexpr std::int64_t as_duration() const noexcept { return integer_; }
  [[nodiscard]] constexpr Kind as_type() const noexcept { return static_cast<Kind>(integer_); }
  [[nodiscard]] constexpr const Value* as_optional() const noexcept { return elements_; }
  [[nodiscard]] constexpr EvalErrorKind error_kind() const noexcept {
    return static_cast<EvalErrorKind>(extra_ & 0xFFU);
  }
  [[nodiscard]] constexpr std::string_view error_detail() const noexcept {
    return detail_ == nullptr ? std::string_view() : *detail_;
  }

  // The instruction at which an error arose, put in by the evaluator. 0: not yet known.
  [[nodiscard]] constexpr std::uint32_t error_place() const noexcept { return extra_ >> 8U; }
  [[nodiscard]] constexpr Value with_error_place(std::uint32_t place) const noexcept {
    Value result = *this;
    result.extra_ = (extra_ & 0xFFU) | (place << 8U);
    return result;
  }

 private:
  explicit constexpr Value(Kind kind, std::uint32_t extra = 0) noexcept : kind_(kind), extra_(extra), integer_(0) {}

  static constexpr Value characters(Kind kind, std::string_view text) noexcept {
    Value result(kind, static_cast<std::uint32_t>(text.size()));
    result.characters_ = text.data();
    return result;
  }

  Kind kind_;
  std::uint32_t extra_ = 0;  // a length, nanoseconds, or error kind and place
  union {
    bool boolean_;
    std::int64_t integer_;
    std::uint64_t unsigned_;
    double real_;
    const char* characters_;
    const Value* elements_;
    const MapValue* map_;
    const std::string_view* detail_;
  };
};

static_assert(sizeof(Value) == 16);

}  // namespace kentongan::cel
