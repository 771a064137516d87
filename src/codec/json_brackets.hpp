// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstddef>
#include <optional>
#include <string_view>

/// Finding the ends of JSON values by brackets and texts alone, without judging what stands between.
namespace kentongan::codec {

struct ElementEnd {
  enum class Stop : unsigned char {
    comma,
    bracket,        ///< the ] of the array around the element
    another_value,  ///< an object, list or text follows a complete object or list without a comma
    end_of_text,
  };
  Stop stop = Stop::end_of_text;
  std::size_t at = 0;  ///< of the comma or bracket
};

/// The end of the array element at the front of `text`. A closing bracket that fits nothing in the element is
/// passed over; one that fits an outer bracket closes those within, too. So a broken element mostly ends
/// where its author meant it to.
[[nodiscard]] ElementEnd find_element_end(std::string_view text);

/// The place behind the object at the front of `text`; none when it does not end.
[[nodiscard]] std::optional<std::size_t> find_object_end(std::string_view text);

}  // namespace kentongan::codec
