// SPDX-License-Identifier: Apache-2.0
#include "codec/batch.hpp"

#include <fmt/format.h>

#include <algorithm>

#include "codec/json_brackets.hpp"

namespace kentongan::codec {

namespace {

using Views = std::vector<std::string_view>;

/// More events than a body of the largest size can hold valid ones, so that one of commas or empty lines
/// cannot be made into millions of rejections.
constexpr std::size_t kMostEvents = 65'536;

constexpr std::string_view kSpace = " \t\r\n";

std::string_view trimmed(std::string_view text) {
  const std::size_t first = text.find_first_not_of(kSpace);
  if (first == std::string_view::npos) return {};
  return text.substr(first, text.find_last_not_of(kSpace) - first + 1);
}

tl::unexpected<Rejection> refuse(RejectReason reason, std::string message) {
  Rejection rejection;
  rejection.reason = reason;
  rejection.message = std::move(message);
  return tl::unexpected<Rejection>(std::move(rejection));
}

tl::unexpected<Rejection> too_many() {
  return refuse(RejectReason::too_large, fmt::format("a request holds at most {} events: send several", kMostEvents));
}

tl::expected<Views, Rejection> split_lines(std::string_view body) {
  Views lines;
  while (!body.empty()) {
    const std::size_t end = body.find('\n');
    std::string_view line = body.substr(0, end);
    body = end == std::string_view::npos ? std::string_view() : body.substr(end + 1);
    if (!line.empty() && line.back() == '\r') line.remove_suffix(1);
    if (line.find_first_not_of(kSpace) == std::string_view::npos) continue;
    if (lines.size() == kMostEvents) return too_many();
    lines.push_back(line);
  }
  return lines;
}

tl::expected<Views, Rejection> split_batch(std::string_view body) {
  std::string_view rest = trimmed(body);
  if (rest.empty() || rest.front() != '[') {
    return refuse(RejectReason::malformed_json, "a batch is a JSON array of events");
  }
  rest.remove_prefix(1);
  Views elements;
  for (;;) {
    const ElementEnd end = find_element_end(rest);
    if (end.stop == ElementEnd::Stop::end_of_text) {
      return refuse(RejectReason::malformed_json, "the array of the batch has no end: ] is missing");
    }
    if (end.stop == ElementEnd::Stop::another_value) {
      return refuse(RejectReason::malformed_json, "a comma is missing between two events of the batch");
    }
    const std::string_view element = trimmed(rest.substr(0, end.at));
    const bool last = end.stop == ElementEnd::Stop::bracket;
    rest.remove_prefix(end.at + 1);
    if (!(last && element.empty() && elements.empty())) {
      if (elements.size() == kMostEvents) return too_many();
      elements.push_back(element);
    }
    if (!last) continue;
    if (!rest.empty()) return refuse(RejectReason::malformed_json, "something stands behind the end of the batch");
    return elements;
  }
}

/// Whether a body that begins with an object is several lines of objects.
bool is_ndjson(std::string_view body) {
  const auto end = find_object_end(body);
  if (end) return *end != body.size();
  // The first object has no end: lines that all begin with a brace are events, one of them broken.
  const auto lines = split_lines(body);
  return !lines || (lines->size() > 1 && std::all_of(lines->begin(), lines->end(), [](std::string_view line) {
                      return trimmed(line).front() == '{';
                    }));
}

}  // namespace

tl::expected<Views, Rejection> split(std::string_view body, BodyShape shape) {
  if (shape == BodyShape::ndjson) return split_lines(body);
  if (shape == BodyShape::batch) return split_batch(body);
  if (shape == BodyShape::single) return Views{body};
  const std::string_view content = trimmed(body);
  if (!content.empty() && content.front() == '[') return split_batch(content);
  if (!content.empty() && content.front() == '{' && is_ndjson(content)) return split_lines(content);
  return Views{body};
}

}  // namespace kentongan::codec
