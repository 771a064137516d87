// SPDX-License-Identifier: Apache-2.0
#include "codec/fields_reader.hpp"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <cmath>

#include "codec/nik.hpp"
#include "codec/read_time.hpp"
#include "domain/time_fault.hpp"

namespace kentongan::codec {

namespace {

constexpr std::size_t kQuotedBytes = 60;

}  // namespace

std::string child_pointer(std::string_view parent, std::string_view key) {
  std::string pointer(parent);
  pointer += '/';
  for (const char c : key) {
    if (c == '~') {
      pointer += "~0";
    } else if (c == '/') {
      pointer += "~1";
    } else {
      pointer += c;
    }
  }
  return pointer;
}

std::string child_pointer(std::string_view parent, std::size_t index) { return fmt::format("{}/{}", parent, index); }

std::string quoted(std::string_view text) {
  std::string shown = mask_niks(text);
  if (shown.size() > kQuotedBytes) {
    std::size_t cut = kQuotedBytes;
    while (cut > 0 && (static_cast<unsigned char>(shown[cut]) & 0xC0U) == 0x80) --cut;
    shown.resize(cut);
    shown += "..";
  }
  for (char& c : shown) {
    if (static_cast<unsigned char>(c) < 0x20) c = ' ';
  }
  return '"' + shown + '"';
}

const Node* FieldsReader::search(Key key) const {
  const Node* const nodes = json_.nodes().data();
  const std::uint32_t end = nodes[object_].next;
  for (std::uint32_t i = object_ + 1; i < end; i = nodes[i].next) {
    if (nodes[i].known == key) return nodes[i].kind == NodeKind::null ? nullptr : &nodes[i];
  }
  return nullptr;
}

std::optional<std::string_view> FieldsReader::rare_identifier(std::string_view name) {
  const Node* const nodes = json_.nodes().data();
  const std::uint32_t end = nodes[object_].next;
  for (std::uint32_t i = object_ + 1; i < end; i = nodes[i].next) {
    const Node& node = nodes[i];
    if (node.known != Key::unknown || node.kind == NodeKind::null || json_.key(node) != name) continue;
    if (node.kind == NodeKind::text && node.size > 0) return json_.text(node);
    const std::string around = self_ == Key::unknown ? std::string(pointer_) : child_pointer(pointer_, name_of(self_));
    wrong_at(child_pointer(around, name), node.kind == NodeKind::text ? "a text that is not empty" : "a text");
  }
  return std::nullopt;
}

std::optional<bool> FieldsReader::boolean(Key key) {
  const Node* node = find(key);
  if (node == nullptr) return std::nullopt;
  if (node->kind == NodeKind::yes) return true;
  if (node->kind == NodeKind::no) return false;
  wrong(key, "true or false");
  return std::nullopt;
}

std::optional<TimePoint> FieldsReader::time(Key key) {
  const Node* node = find(key);
  if (node == nullptr) return std::nullopt;
  if (node->kind == NodeKind::text) {
    const std::string_view written = json_.text(*node);
    if (const auto value = read_time(written)) return value;
    wrong_moment(key, written, fault_of_time(written));
  }
  wrong(key, "a time with an offset, as in 2024-11-10T08:00:00+07:00");
  return std::nullopt;
}

std::optional<LocalDay> FieldsReader::day(Key key) {
  const Node* node = find(key);
  if (node == nullptr) return std::nullopt;
  if (node->kind == NodeKind::text) {
    const std::string_view written = json_.text(*node);
    if (const auto value = parse_day(written)) return value;
    wrong_moment(key, written, fault_of_day(written));
  }
  wrong(key, "a date, as in 2024-10-25");
  return std::nullopt;
}

std::optional<FieldsReader> FieldsReader::object(Key key) {
  const Node* node = find(key);
  if (node == nullptr) return std::nullopt;
  if (node->kind != NodeKind::object) {
    wrong(key, "an object");
    return std::nullopt;
  }
  return FieldsReader(json_, index_of(*node), pointer_, key, fault_);
}

std::optional<GeoPoint> FieldsReader::location(Key key) {
  auto point = object(key);
  if (!point) return std::nullopt;
  const auto lat = point->number(Key::lat, -90, 90);
  if (!lat) point->require(Key::lat);
  const auto lon = point->number(Key::lon, -180, 180);
  if (!lon) point->require(Key::lon);
  if (!lat || !lon) return std::nullopt;
  return GeoPoint{*lat, *lon};
}

double FieldsReader::coordinate(const Node& node, double limit, const std::string& list, std::size_t at, int axis) {
  const double value = node.kind == NodeKind::number ? to_double(json_, node) : 2 * limit;
  if (std::abs(value) <= limit) return value;
  wrong_at(fmt::format("{}/{}/{}", list, at, axis), fmt::format("a number from {} to {}", -limit, limit));
  return 0;
}

void FieldsReader::route(Key key, std::vector<GeoPoint>& points) {
  points.clear();
  const Node* list = find(key);
  if (list == nullptr) return;
  if (list->kind != NodeKind::array) return wrong(key, "a list of [lat, lon] pairs");
  const std::string pointer = pointer_of(key);
  const auto nodes = json_.nodes();
  std::uint32_t at = index_of(*list) + 1;
  for (std::size_t i = 0; i < list->size && !failed(); ++i) {
    const Node& pair = nodes[at];
    if (pair.kind != NodeKind::array || pair.size != 2) {
      return wrong_at(child_pointer(pointer, i), "a pair [lat, lon]");
    }
    const Node& lat = nodes[at + 1];
    const double y = coordinate(lat, 90, pointer, i, 0);
    const double x = coordinate(nodes[lat.next], 180, pointer, i, 1);
    points.push_back({y, x});
    at = pair.next;
  }
}

void FieldsReader::texts(Key key, std::vector<std::string_view>& values) {
  values.clear();
  require(key);
  const Node* list = find(key);
  if (list == nullptr) return;
  if (list->kind != NodeKind::array || list->size == 0) return wrong(key, "a list of at least one text");
  const auto nodes = json_.nodes();
  std::uint32_t at = index_of(*list) + 1;
  for (std::size_t i = 0; i < list->size; ++i) {
    if (nodes[at].kind != NodeKind::text) return wrong_at(child_pointer(pointer_of(key), i), "a text");
    values.push_back(json_.text(nodes[at]));
    at = nodes[at].next;
  }
}

std::string FieldsReader::pointer_of(Key key) const {
  if (self_ == Key::unknown) return child_pointer(pointer_, name_of(key));
  return fmt::format("{}/{}/{}", pointer_, name_of(self_), name_of(key));
}

void FieldsReader::missing(Key key) {
  if (failed()) return;
  std::string pointer = pointer_of(key);
  std::string message = fmt::format("{} is missing: add \"{}\"", pointer, name_of(key));
  set(RejectReason::invalid_event, std::move(pointer), std::move(message));
}

void FieldsReader::wrong(Key key, std::string_view expected) {
  if (!failed()) wrong_at(pointer_of(key), expected);
}

void FieldsReader::wrong_at(std::string pointer, std::string_view expected) {
  if (failed()) return;
  std::string message = fmt::format("{} must be {}", pointer, expected);
  set(RejectReason::invalid_event, std::move(pointer), std::move(message));
}

void FieldsReader::wrong_integer(Key key, std::int64_t least, std::int64_t most) {
  if (failed()) return;
  const bool open = most == std::numeric_limits<std::int64_t>::max();
  wrong(key, open ? fmt::format("a whole number from {} on", least)
                  : fmt::format("a whole number from {} to {}", least, most));
}

void FieldsReader::wrong_number(Key key, double least, double most) {
  if (failed()) return;
  const bool open = most == std::numeric_limits<double>::max();
  wrong(key, open ? fmt::format("a number from {} on", least) : fmt::format("a number from {} to {}", least, most));
}

void FieldsReader::wrong_moment(Key key, std::string_view written, std::string_view fault) {
  if (failed() || fault.empty()) return;
  std::string pointer = pointer_of(key);
  std::string message = fmt::format("{} is {}, which {}", pointer, quoted(written), fault);
  set(RejectReason::invalid_event, std::move(pointer), std::move(message));
}

void FieldsReader::unknown_word(Key key, std::string_view written, std::span<const std::string_view> words) {
  if (failed()) return;
  std::string pointer = pointer_of(key);
  std::string message = fmt::format("{} is {}, which is none of {}", pointer, quoted(written), fmt::join(words, ", "));
  set(RejectReason::invalid_event, std::move(pointer), std::move(message));
}

void FieldsReader::set(RejectReason reason, std::string pointer, std::string message) {
  if (!fault_) fault_ = Fault{reason, std::move(pointer), std::move(message)};
}

}  // namespace kentongan::codec
