// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <compare>
#include <cstddef>
#include <cstdint>
#include <functional>
#include <utility>

namespace kentongan {

/// A value of type Rep that only equals, orders and hashes with values of the same Tag,
/// so that an offset passed where an area is expected does not compile.
template <class Tag, class Rep>
class Strong {
 public:
  using rep = Rep;
  constexpr Strong() = default;
  explicit constexpr Strong(Rep value) : value_(std::move(value)) {}
  [[nodiscard]] constexpr const Rep& value() const noexcept { return value_; }
  friend constexpr auto operator<=>(const Strong&, const Strong&) = default;
  friend constexpr bool operator==(const Strong&, const Strong&) = default;

 private:
  Rep value_{};
};

}  // namespace kentongan

template <class Tag, class Rep>
struct std::hash<kentongan::Strong<Tag, Rep>> {
  std::size_t operator()(const kentongan::Strong<Tag, Rep>& id) const noexcept { return std::hash<Rep>{}(id.value()); }
};
