// SPDX-License-Identifier: Apache-2.0
// Names that comprehensions and cel.bind() bring in, innermost last.
#pragma once

#include <algorithm>
#include <cstdint>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "rules/cel/type.hpp"

namespace kentongan::cel {

class Scope {
 public:
  struct Local {
    std::string name;
    Type type;
    std::uint32_t number = 0;
  };

  // Numbers are given by depth, so that names which do not overlap share one.
  std::uint32_t push(std::string_view name, Type type) {
    const auto number = static_cast<std::uint32_t>(locals_.size());
    locals_.push_back({std::string(name), std::move(type), number});
    most_ = std::max(most_, number + 1);
    return number;
  }
  void pop() { locals_.pop_back(); }

  // nullptr when the name is not local, or lies behind a barrier.
  [[nodiscard]] const Local* find(std::string_view name) const {
    for (std::size_t i = locals_.size(); i > barrier_; --i) {
      if (locals_[i - 1].name == name) {
        return &locals_[i - 1];
      }
    }
    return nullptr;
  }

  // While a macro of the host is looked at, names around its use are hidden.
  [[nodiscard]] std::size_t raise_barrier() { return std::exchange(barrier_, locals_.size()); }
  void lower_barrier(std::size_t previous) { barrier_ = previous; }

  [[nodiscard]] std::vector<std::string> names() const {
    std::vector<std::string> visible;
    for (std::size_t i = barrier_; i < locals_.size(); ++i) {
      visible.push_back(locals_[i].name);
    }
    return visible;
  }
  [[nodiscard]] std::uint32_t most() const { return most_; }

 private:
  std::vector<Local> locals_;
  std::size_t barrier_ = 0;
  std::uint32_t most_ = 0;
};

}  // namespace kentongan::cel
