// SPDX-License-Identifier: Apache-2.0
// Saved form: the fields of an event in the order of `walk`, each optional one behind a byte that says whether it
// is there; numbers as 8 bytes, least first; texts and lists behind their length as such a number.
#include "engine/kept_event.hpp"

#include <array>
#include <bit>
#include <cstdint>
#include <optional>
#include <type_traits>
#include <utility>

namespace kentongan::engine {
namespace {

// Every field of every event but the household, once. `Step` has a `field` for each type that a field can have.
template <class Step, class Data>
void walk_report(Step& step, Data& report) {
  step.field(report.area);
  step.field(report.rw);
  step.field(report.tps);
  step.field(report.site);
  step.field(report.kind);
  step.field(report.athg);
  step.field(report.category);
  step.field(report.severity);
  step.field(report.source);
  step.field(report.content);
  step.field(report.reporter);
  step.field(report.crowd);
  step.field(report.location);
  step.field(report.status);
  step.field(report.corrects);
  step.field(report.corrects_source);
  step.field(report.text);
  step.field(report.recommendation);
}
template <class Step, class Data>
void walk_campaign(Step& step, Data& campaign) {
  step.field(campaign.campaign);
  step.field(campaign.status);
  step.field(campaign.party);
  step.field(campaign.method);
  step.field(campaign.areas);
  step.field(campaign.venue);
  step.field(campaign.location);
  step.field(campaign.radius_m);
  step.field(campaign.route);
  step.field(campaign.starts_at);
  step.field(campaign.ends_at);
  step.field(campaign.crowd);
  step.field(campaign.notice_number);
  step.field(campaign.notice_date);
}
template <class Step, class Data>
void walk_consignment(Step& step, Data& consignment) {
  step.field(consignment.consignment);
  step.field(consignment.area);
  step.field(consignment.goods);
  step.field(consignment.quantity);
  step.field(consignment.seals_expected);
  step.field(consignment.seals_intact);
  step.field(consignment.from);
  step.field(consignment.to);
  step.field(consignment.tps);
  step.field(consignment.step);
  step.field(consignment.due_at);
}
template <class Step, class Data>
void walk_readiness(Step& step, Data& readiness) {
  step.field(readiness.area);
  step.field(readiness.tps);
  step.field(readiness.police);
  step.field(readiness.linmas);
  step.field(readiness.kpps);
  step.field(readiness.witnesses);
  step.field(readiness.power);
  step.field(readiness.network);
  step.field(readiness.location);
  step.field(readiness.voters);
  step.field(readiness.eligible);
  step.field(readiness.without_card);
}
template <class Step, class Data>
void walk_action(Step& step, Data& action) {
  step.field(action.alert);
  step.field(action.action);
  step.field(action.actor);
  step.field(action.assignee);
  step.field(action.until);
  step.field(action.note);
}

template <class Step>
void walk(Step& step, Event& event) {
  step.field(event.id);
  step.field(event.source);
  step.field(event.time);
  if (auto* report = std::get_if<Report>(&event.data)) walk_report(step, *report);
  if (auto* campaign = std::get_if<Campaign>(&event.data)) walk_campaign(step, *campaign);
  if (auto* consignment = std::get_if<Consignment>(&event.data)) walk_consignment(step, *consignment);
  if (auto* readiness = std::get_if<Readiness>(&event.data)) walk_readiness(step, *readiness);
  if (auto* action = std::get_if<Action>(&event.data)) walk_action(step, *action);
}

/// Makes every text of a copied event the copy's own.
class Owner {
 public:
  explicit Owner(KeptEvent& kept) : kept_(kept) {}
  void field(std::string_view& text) { text = kept_.own(text); }
  void field(Actor& actor) {
    field(actor.ref);
    field(actor.role);
  }
  void field(std::span<const PlaceId>& areas) {
    kept_.own_areas({areas.begin(), areas.end()});
    areas = kept_.areas();
  }
  void field(std::span<const GeoPoint>& route) {
    kept_.own_route({route.begin(), route.end()});
    route = kept_.route();
  }
  template <class T>
  void field(std::optional<T>& value) {
    if (value) field(*value);
  }
  template <class T>
  void field(T&) {}

 private:
  KeptEvent& kept_;
};

class Writer {
 public:
  explicit Writer(const Reference& reference) : reference_(reference) {}
  std::string bytes;

  void number(std::uint64_t value) {
    for (unsigned i = 0; i < 8; ++i) bytes += static_cast<char>((value >> (8 * i)) & 0xFFU);
  }
  void field(std::string_view text) {
    number(text.size());
    bytes += text;
  }
  void field(PlaceId place) { field(std::string_view(reference_.place(place).code)); }
  void field(CategoryId category) { field(reference_.category_name(category)); }
  void field(double value) { number(std::bit_cast<std::uint64_t>(value)); }
  void field(TimePoint time) { number(static_cast<std::uint64_t>(time.time_since_epoch().count())); }
  void field(LocalDay day) { number(static_cast<std::uint64_t>(day.time_since_epoch().count())); }
  void field(GeoPoint point) {
    field(point.lat);
    field(point.lon);
  }
  void field(const Actor& actor) {
    field(actor.ref);
    field(actor.role);
  }
  template <class T>
  void field(std::span<const T> list) {
    number(list.size());
    for (const T& item : list) field(item);
  }
  template <class T>
  void field(const std::optional<T>& value) {
    bytes += value ? '\1' : '\0';
    if (value) field(*value);
  }
  template <class T>
    requires(std::is_integral_v<T> || std::is_enum_v<T>)
  void field(T value) {
    number(static_cast<std::uint64_t>(value));
  }

 private:
  const Reference& reference_;
};

class Reader {
 public:
  Reader(std::string_view bytes, KeptEvent& kept, const Reference& reference)
      : left_(bytes), kept_(kept), reference_(reference) {}
  bool good = true;
  [[nodiscard]] bool at_end() const { return left_.empty(); }

  std::uint64_t number() {
    const std::string_view eight = take(8);
    std::uint64_t value = 0;
    for (std::size_t i = 0; i < eight.size(); ++i) {
      value |= std::uint64_t{static_cast<unsigned char>(eight[i])} << (8 * i);
    }
    return value;
  }
  void field(std::string_view& text) { text = kept_.own(take(number())); }
  void field(PlaceId& place) {
    const auto found = reference_.find_place(take(number()));
    good = good && found;
    place = found.value_or(PlaceId{});
  }
  void field(std::optional<CategoryId>& category) {
    category = take(1) == "\1" ? reference_.find_category(take(number())) : std::nullopt;
  }
  void field(double& value) { value = std::bit_cast<double>(number()); }
  void field(TimePoint& time) { time = TimePoint{Duration{static_cast<std::int64_t>(number())}}; }
  void field(LocalDay& day) { day = LocalDay{std::chrono::days{static_cast<std::int64_t>(number())}}; }
  void field(GeoPoint& point) {
    field(point.lat);
    field(point.lon);
  }
  void field(Actor& actor) {
    field(actor.ref);
    field(actor.role);
  }
  void field(std::span<const PlaceId>& areas) {
    kept_.own_areas(list<PlaceId>());
    areas = kept_.areas();
  }
  void field(std::span<const GeoPoint>& route) {
    kept_.own_route(list<GeoPoint>());
    route = kept_.route();
  }
  template <class T>
  void field(std::optional<T>& value) {
    if (take(1) != "\1") return;
    field(value.emplace());
  }
  template <class T>
    requires(std::is_integral_v<T> || std::is_enum_v<T>)
  void field(T& value) {
    value = static_cast<T>(number());
  }

 private:
  std::string_view take(std::uint64_t size) {
    if (size > left_.size()) {
      good = false;
      left_ = {};
      return {};
    }
    const std::string_view taken = left_.substr(0, size);
    left_.remove_prefix(size);
    return taken;
  }
  template <class T>
  std::vector<T> list() {
    std::vector<T> items;
    for (std::uint64_t left = number(); left > 0 && good; --left) field(items.emplace_back());
    return items;
  }

  std::string_view left_;
  KeptEvent& kept_;
  const Reference& reference_;
};

template <std::size_t... Types>
void make_data(Event& event, std::size_t type, std::index_sequence<Types...>) {
  ((Types == type ? static_cast<void>(event.data.emplace<Types>()) : static_cast<void>(0)), ...);
}

}  // namespace

KeptEvent::KeptEvent(const Event& event) : event_(event) {
  // No rule may ask for a household; whose voice a report is stands in its record.
  if (auto* report = std::get_if<Report>(&event_.data)) report->household.reset();
  Owner owner(*this);
  walk(owner, event_);
}

std::string KeptEvent::save(Event event, const Reference& reference) {
  Writer writer(reference);
  writer.bytes += static_cast<char>(event.data.index());
  // Only read, though `walk` is written for both directions.
  walk(writer, event);
  return std::move(writer.bytes);
}

std::unique_ptr<KeptEvent> KeptEvent::load(std::string_view bytes, PlaceId city, const Reference& reference) {
  constexpr std::size_t kTypes = std::variant_size_v<decltype(Event::data)>;
  if (bytes.empty() || static_cast<unsigned char>(bytes[0]) >= kTypes) return nullptr;
  std::unique_ptr<KeptEvent> kept(new KeptEvent);
  make_data(kept->event_, static_cast<unsigned char>(bytes[0]), std::make_index_sequence<kTypes>{});
  kept->event_.city = city;
  Reader reader(bytes.substr(1), *kept, reference);
  walk(reader, kept->event_);
  return reader.good && reader.at_end() ? std::move(kept) : nullptr;
}

}  // namespace kentongan::engine
