// SPDX-License-Identifier: Apache-2.0
#include "rules/story_data.hpp"

#include <algorithm>

#include <fmt/format.h>

#include "rules/certain.hpp"
#include "rules/json_text.hpp"
#include "rules/nearest.hpp"
#include "rules/place_codes.hpp"
#include "rules/said/say.hpp"
#include "rules/values.hpp"

namespace kentongan::rules {

namespace {

/// The keys of the map with this prefix ("" or "reporter.").
std::vector<std::string_view> keys_below(EventType type, std::string_view prefix) {
  std::vector<std::string_view> keys;
  for (const FieldSpec& spec : all_fields()) {
    if (spec.event != type || !spec.path.starts_with(prefix) || is_derived(spec)) continue;
    const std::string_view rest = spec.path.substr(prefix.size());
    const std::string_view key = rest.substr(0, rest.find('.'));
    if (std::find(keys.begin(), keys.end(), key) == keys.end()) keys.push_back(key);
  }
  if (type == EventType::campaign && prefix.empty()) keys.push_back("route");
  return keys;
}

TextView with_article(EventType type) {
  switch (type) {
    case EventType::report:
      return "a report";
    case EventType::campaign:
      return "a campaign";
    case EventType::consignment:
      return "a consignment";
    case EventType::readiness:
      return "a readiness";
    case EventType::action:
      return "an action";
  }
  return {};
}

/// Whether an unknown key of this map is most likely meant as the required one.
bool misspelled(const Node& map, EventType type, std::string_view prefix, std::string_view key) {
  const auto known = keys_below(type, prefix);
  return std::any_of(map.entries.begin(), map.entries.end(), [&](const Entry& entry) {
    const bool unknown = std::find(known.begin(), known.end(), entry.key.text) == known.end();
    return unknown && entry.key.text != "time" && nearest(entry.key.text, known) == key;
  });
}

class DataWriter {
 public:
  DataWriter(const SetContext& context, Findings& findings, EventType type)
      : reference_(*context.reference), findings_(findings), type_(type) {}

  std::string write(const Node& data) {
    write_object(data, "");
    return std::move(json_);
  }

 private:
  void write_object(const Node& map, const std::string& prefix) {
    json_ += '{';
    bool first = true;
    for (const Entry& entry : map.entries) {
      if (!first) json_ += ',';
      first = false;
      append_json_string(json_, entry.key.text);
      json_ += ':';
      write_entry(map, entry, prefix);
    }
    json_ += '}';
  }

  void write_entry(const Node& map, const Entry& entry, const std::string& prefix) {
    const std::string path = prefix + entry.key.text;
    const auto field = find_data_field(path);
    if (field != nullptr) {
      write_value(entry.value, *field);
    } else if (is_group(path)) {
      write_group(entry, path);
    } else if (type_ == EventType::campaign && path == "route") {
      write_route(entry.value);
    } else {
      const auto known = keys_below(type_, prefix);
      findings_.take_back(entry.value.offset, "ambiguous-number");
      findings_.error(entry.key.offset, "unknown-key",
                      say("the data of {} has no key `{}`", with_article(type_), shortened(path)),
                      path == "time" ? Text("the time of an event is its `at`, beside the data")
                                     : did_you_mean(entry.key.text, known, say("known keys: {}", one_of(known))),
                      path == "time" ? Fix{} : renaming(map, entry.key, known));
      json_ += "null";
    }
  }

  [[nodiscard]] Fix renaming(const Node& map, const Node& key, const std::vector<std::string_view>& known) const {
    const auto near = only_near(key.text, known);
    return near && map.find(*near) == nullptr ? rename(findings_.source(), key, *near) : Fix{};
  }

  void write_group(const Entry& entry, const std::string& path) {
    if (entry.value.is_null()) {
      json_ += "null";
    } else if (entry.value.is_map()) {
      write_object(entry.value, path + '.');
    } else if (entry.value.is_scalar() && (path == "reporter" || path == "actor")) {
      json_ += "{\"ref\":";
      append_json_string(json_, entry.value.text);
      json_ += '}';
    } else {
      (void)expect_map(findings_, entry.value, say("`{}`", path));
      json_ += "null";
    }
  }

  void write_value(const Node& value, const FieldSpec& field) {
    if (value.is_null()) {
      json_ += "null";
      return;
    }
    const Text what = say("`{}`", field.path);
    switch (field.type) {
      case FieldType::integer:
        return write_integer(value, field, what);
      case FieldType::number:
        return write_raw(value, read_number(findings_, value, what, {.least = -1e15}).has_value());
      case FieldType::boolean:
        return write_boolean(value, what);
      case FieldType::codes:
        return write_codes(value);
      default:
        return write_text(value, field, what);
    }
  }

  void write_raw(const Node& value, bool valid) { json_ += valid ? value.text : "null"; }

  void write_integer(const Node& value, const FieldSpec& field, const Text& what) {
    constexpr std::int64_t kMost = 1'000'000'000'000;
    const auto [least, most] = story_range(field.id).value_or(std::pair(-kMost, kMost));
    write_raw(value, read_integer(findings_, value, what, least, most).has_value());
  }

  void write_boolean(const Node& value, const Text& what) {
    const auto truth = as_boolean(value);
    if (!truth) {
      findings_.error(value.offset, "wrong-type", say("{} must be true or false, not {}", what, kind_of(value)),
                      boolean_hint(value));
    }
    json_ += truth.value_or(false) ? "true" : "false";
  }

  void write_codes(const Node& value) {
    if (!expect_list(findings_, value, "`areas`", "[35.73.02.1004]")) {
      json_ += "null";
      return;
    }
    json_ += '[';
    for (std::size_t i = 0; i < value.items.size(); ++i) {
      if (i > 0) json_ += ',';
      if (expect_scalar(value.items[i], "a code of `areas`")) (void)read_place(findings_, value.items[i], reference_);
      append_json_string(json_, value.items[i].text);
    }
    json_ += ']';
  }

  bool expect_scalar(const Node& value, TextView what) {
    if (value.is_scalar()) return true;
    findings_.error(value.offset, value.is_null() ? "empty-value" : "wrong-type",
                    say("{} must be a single value, not {}", what, kind_of(value)), "");
    return false;
  }

  void write_text(const Node& value, const FieldSpec& field, const Text& what) {
    if (expect_scalar(value, what)) check_text(value, field, what);
    append_json_string(json_, value.text);
  }

  void check_text(const Node& value, const FieldSpec& field, const Text& what) {
    switch (field.type) {
      case FieldType::word:
        (void)read_word(findings_, value, what, {field.words.begin(), field.words.end()});
        break;
      case FieldType::code:
        (void)read_place(findings_, value, reference_);
        break;
      case FieldType::time:
        (void)read_time(findings_, value, what);
        break;
      case FieldType::category:
        check_category(value);
        break;
      case FieldType::day:
        if (!parse_day(value.text)) {
          findings_.error(value.offset, "bad-time", say("{} must be a date, not `{}`", what, shortened(value.text)),
                          "write it as 2024-11-10");
        }
        break;
      default:
        break;
    }
  }

  void check_category(const Node& value) {
    if (reference_.find_category(value.text)) return;
    std::vector<std::string_view> known;
    for (const Category& category : reference_.categories) known.push_back(category.id);
    findings_.error(value.offset, "unknown-category", say("there is no category `{}`", shortened(value.text)),
                    did_you_mean(value.text, known, "use one of the taxonomy, or add it to categories.yaml"),
                    rename_to_near(findings_.source(), value, known));
  }

  void write_route(const Node& route) {
    if (!expect_list(findings_, route, "`route`", "[[-7.98, 112.63], [-7.97, 112.64]]")) {
      json_ += "null";
      return;
    }
    json_ += '[';
    for (std::size_t i = 0; i < route.items.size(); ++i) {
      const Node& point = route.items[i];
      const bool pair =
          point.is_list() && point.items.size() == 2 && as_number(point.items[0]) && as_number(point.items[1]);
      if (!pair) findings_.error(point.offset, "wrong-type", "a point of `route` must be [lat, lon]", "");
      if (i > 0) json_ += ',';
      json_ += pair ? '[' + point.items[0].text + ',' + point.items[1].text + ']' : "null";
    }
    json_ += ']';
  }

  const FieldSpec* find_data_field(const std::string& path) const {
    for (const FieldSpec& spec : all_fields()) {
      if (spec.event == type_ && spec.path == path && !is_derived(spec)) return &spec;
    }
    return nullptr;
  }

  bool is_group(const std::string& path) const {
    return std::any_of(all_fields().begin(), all_fields().end(), [&](const FieldSpec& spec) {
      return spec.event == type_ && spec.path.starts_with(path + '.') && !is_derived(spec);
    });
  }

  const Reference& reference_;
  Findings& findings_;
  EventType type_;
  std::string json_;
};

void check_required(Findings& findings, const Node& key, const Node& data, EventType type) {
  const Entry* status = data.find("status");
  for (const std::string_view path : required_fields(type, status == nullptr ? "" : status->value.text)) {
    const std::size_t dot = path.find('.');
    const Node* map = &data;
    const Node* place = &key;
    std::string_view prefix;
    std::string_view name = path.substr(0, dot);
    const Entry* entry = data.find(name);
    if (entry != nullptr && dot != std::string_view::npos && entry->value.is_map()) {
      map = &entry->value;
      place = &entry->key;
      prefix = path.substr(0, dot + 1);
      name = path.substr(dot + 1);
      entry = map->find(name);
    }
    if ((entry != nullptr && !entry->value.is_null()) || misspelled(*map, type, prefix, name)) continue;
    findings.error(place->offset, "missing-key", say("the data of {} lacks `{}`", with_article(type), path),
                   say("add `{}`", path));
  }
}

}  // namespace

bool is_derived(const FieldSpec& spec) { return spec.path == "site.kind" || spec.path == "site.name"; }

std::optional<std::pair<std::int64_t, std::int64_t>> story_range(FieldId field) {
  if (field == FieldId::report_severity) return std::pair<std::int64_t, std::int64_t>(1, 5);
  if (field == FieldId::report_content) return std::pair<std::int64_t, std::int64_t>(1, 6);
  return std::nullopt;
}

std::vector<std::string_view> required_fields(EventType type, std::string_view status) {
  switch (type) {
    case EventType::report:
      if (status == "refuted") return {"area"};
      return {"area", "category", "severity", "reporter.ref"};
    case EventType::campaign:
      if (status == "cancelled") return {"campaign", "status", "areas"};
      return {"campaign", "status", "areas", "party", "method", "starts_at", "ends_at"};
    case EventType::consignment:
      return {"consignment", "area", "step"};
    case EventType::readiness:
      return {"area"};
    case EventType::action:
      return {"alert", "action", "actor.ref"};
  }
  return {};
}

std::string read_event_data(const SetContext& context, Findings& findings, const Node& key, const Node& data,
                            EventType type) {
  if (!expect_map(findings, data, say("`{}`", word_of(type)))) return "{}";
  check_required(findings, key, data, type);
  return DataWriter(context, findings, type).write(data);
}

}  // namespace kentongan::rules
