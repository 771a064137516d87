// SPDX-License-Identifier: Apache-2.0
#include "codec/decoder.hpp"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>
#include <limits>
#include <utility>

#include "codec/event_fields.hpp"
#include "codec/json_reader.hpp"
#include "codec/personal_data.hpp"
#include "codec/places.hpp"
#include "codec/trace.hpp"
#include "domain/nearest.hpp"

namespace kentongan::codec {

namespace {

/// The reference data may name any number of categories; a message names so many.
constexpr std::size_t kCategoriesNamed = 40;

std::string category_hint(std::string_view written, const Reference& reference) {
  std::vector<std::string_view> known;
  for (const Category& category : reference.categories) known.push_back(category.id);
  if (const auto near = nearest(written, known)) return fmt::format("did you mean \"{}\"?", *near);
  const bool all = known.size() <= kCategoriesNamed;
  if (!all) known.resize(kCategoriesNamed);
  return fmt::format("known are {}{}", fmt::join(known, ", "), all ? "" : ", ..");
}

constexpr AllowedPlaces kKelurahan{false, false, true, "a kelurahan"};
constexpr AllowedPlaces kCampaignAreas{false, true, true, "a kelurahan or kecamatan"};
constexpr AllowedPlaces kAnyPlace{true, true, true, "a kelurahan, kecamatan or city"};

/// Node offsets are 32 bits wide.
constexpr std::size_t kMostBytes = std::numeric_limits<std::uint32_t>::max() / 2;

}  // namespace

class Decoder::Impl {
 public:
  Impl(std::shared_ptr<const Reference> reference, DecodeLimits limits)
      : reference_(std::move(reference)), limits_(limits) {}

  tl::expected<Event, Rejection> decode(std::string_view raw) {
    fault_.reset();
    type_.reset();
    time_.reset();
    data_ = 0;
    readable_ = false;
    tl::expected<Event, Rejection> result;
    Event& event = *result;
    const bool good = read_json(raw) && read_envelope(event) && has_no_personal_data() && read_data(event);
    if (!good) result = tl::unexpected<Rejection>(rejection());
    return result;
  }

  [[nodiscard]] std::optional<TraceContext> trace() const {
    if (!readable_ || json_.nodes()[0].kind != NodeKind::object) return std::nullopt;
    std::optional<std::string_view> parent;
    std::optional<std::string_view> state;
    const auto nodes = json_.nodes();
    for (std::uint32_t i = 1; i < nodes.size(); i = nodes[i].next) {
      const std::string_view key = json_.key(nodes[i]);
      if (key != kTraceParent && key != kTraceState) continue;
      const std::string_view text = nodes[i].kind == NodeKind::text ? json_.text(nodes[i]) : std::string_view();
      (key == kTraceParent ? parent : state) = text;
    }
    if (!parent && !state) return std::nullopt;
    return read_trace(parent.value_or(""), state.value_or(""));
  }

 private:
  bool fail(RejectReason reason, std::string pointer, std::string message) {
    fault_ = Fault{reason, std::move(pointer), std::move(message)};
    return false;
  }

  bool read_json(std::string_view raw) {
    const std::size_t most = std::min(limits_.max_bytes, kMostBytes);
    if (raw.size() > most) {
      return fail(RejectReason::too_large, "",
                  fmt::format("the event has {} bytes; at most {} are read", raw.size(), most));
    }
    const auto bad = json_.read(raw, limits_.max_depth);
    readable_ = !bad;
    if (!bad) return true;
    if (bad->kind == JsonFault::Kind::too_deep) {
      return fail(
          RejectReason::too_deep, "",
          fmt::format("byte {}: objects and lists are nested more than {} deep", bad->offset, limits_.max_depth));
    }
    return fail(RejectReason::malformed_json, "", fmt::format("byte {}: {}", bad->offset, bad->what));
  }

  /// Reads all that can be read, also where something before it is wrong: dead letters carry it.
  bool read_envelope(Event& event) {
    if (json_.nodes()[0].kind != NodeKind::object) {
      return fail(RejectReason::invalid_event, "", "an event is a JSON object");
    }
    FieldsReader envelope(json_, 0, "", json_.members(), fault_);
    event.id = envelope.identifier(Key::id);
    event.source = envelope.identifier(Key::source);
    if (envelope.required_text(Key::specversion) != "1.0") envelope.wrong(Key::specversion, "\"1.0\"");
    const std::string_view type = envelope.required_text(Key::type);
    type_ = type_named(type);
    envelope.require(Key::time);
    time_ = envelope.time(Key::time);
    envelope.require(Key::data);
    if (const Node* data = envelope.find(Key::data)) {
      if (data->kind != NodeKind::object) {
        envelope.wrong(Key::data, "an object");
      } else {
        data_ = static_cast<std::uint32_t>(data - json_.nodes().data());
      }
    }
    if (fault_) return false;
    if (!type_) {
      return fail(RejectReason::unknown_type, "/type", fmt::format("/type {} is not a known event type", quoted(type)));
    }
    event.time = *time_;
    return true;
  }

  bool has_no_personal_data() {
    const std::uint32_t exempt = exempt_from_nik(json_, data_, *type_ == EventType::action);
    const auto found = find_personal_data(json_, data_, exempt);
    if (!found) return true;
    std::string pointer = pointer_to(json_, *found);
    std::string message =
        fmt::format("{} holds a NIK (XXXXXXXXXXXXXXXX): personal numbers are not taken; leave it out and send again",
                    quoted(pointer));
    return fail(RejectReason::personal_data, std::move(pointer), std::move(message));
  }

  bool read_data(Event& event) {
    FieldsReader data(json_, data_, "/data", json_.data_members(), fault_);
    switch (*type_) {
      case EventType::report:
        return read_report(data, event);
      case EventType::campaign:
        return read_campaign(data, event);
      case EventType::consignment:
        return read_at_place(data, event, event.data.emplace<Consignment>(), kAnyPlace);
      case EventType::readiness:
        return read_at_place(data, event, event.data.emplace<Readiness>(), kKelurahan);
      case EventType::action:
        return read_action(data, event);
    }
    return false;
  }

  bool read_report(FieldsReader& data, Event& event) {
    Report& report = event.data.emplace<Report>();
    read_fields(data, scratch_, report);
    if (fault_) return false;
    if (scratch_.category) {
      report.category = reference_->find_category(*scratch_.category);
      if (!report.category) {
        return fail(RejectReason::unknown_category, "/data/category",
                    fmt::format("/data/category {} is not a known category; {}", quoted(*scratch_.category),
                                category_hint(*scratch_.category, *reference_)));
      }
    }
    return place(event, report.area, kKelurahan);
  }

  template <class Data>
  bool read_at_place(FieldsReader& data, Event& event, Data& fields, const AllowedPlaces& allowed) {
    read_fields(data, scratch_, fields);
    return !fault_ && place(event, fields.area, allowed);
  }

  bool read_campaign(FieldsReader& data, Event& event) {
    Campaign& campaign = event.data.emplace<Campaign>();
    read_fields(data, scratch_, campaign);
    if (!fault_ && several_cities(scratch_.codes)) data.wrong(Key::areas, "places of one city");
    if (fault_) return false;
    areas_.clear();
    for (std::size_t i = 0; i < scratch_.codes.size(); ++i) {
      const PlaceId area =
          look_up_place(*reference_, scratch_.codes[i], kCampaignAreas, child_pointer("/data/areas", i), fault_);
      if (fault_) return false;
      if (std::find(areas_.begin(), areas_.end(), area) == areas_.end()) areas_.push_back(area);
    }
    campaign.areas = areas_;
    event.city = reference_->place(areas_.front()).city;
    return true;
  }

  bool read_action(FieldsReader& data, Event& event) {
    Action& action = event.data.emplace<Action>();
    read_fields(data, scratch_, action);
    if (fault_) return false;
    const auto city = find_city(*reference_, regency_of_alert(action.alert));
    if (!city) {
      return fail(
          RejectReason::unknown_alert, "/data/alert",
          fmt::format("/data/alert {} does not begin with the code of a known city and a dash", quoted(action.alert)));
    }
    event.city = *city;
    return true;
  }

  bool place(Event& event, PlaceId& area, const AllowedPlaces& allowed) {
    area = look_up_place(*reference_, scratch_.codes.front(), allowed, "/data/area", fault_);
    if (fault_) return false;
    event.city = reference_->place(area).city;
    return true;
  }

  Rejection rejection() {
    Rejection rejection;
    rejection.reason = fault_->reason;
    rejection.pointer = std::move(fault_->pointer);
    rejection.message = std::move(fault_->message);
    rejection.type = type_;
    rejection.time = time_;
    if (data_ != 0) rejection.city = guess_city(*reference_, json_, data_, type_);
    return rejection;
  }

  std::shared_ptr<const Reference> reference_;
  DecodeLimits limits_;
  JsonReader json_;
  FieldsScratch scratch_;
  std::vector<PlaceId> areas_;
  // Of the event in hand:
  std::optional<Fault> fault_;
  std::optional<EventType> type_;
  std::optional<TimePoint> time_;
  bool readable_ = false;   ///< json_ holds it
  std::uint32_t data_ = 0;  ///< index of the object `data`; 0: none
};

Decoder::Decoder(std::shared_ptr<const Reference> reference, DecodeLimits limits)
    : impl_(std::make_unique<Impl>(std::move(reference), limits)) {}
Decoder::~Decoder() = default;
Decoder::Decoder(Decoder&&) noexcept = default;
Decoder& Decoder::operator=(Decoder&&) noexcept = default;

tl::expected<Event, Rejection> Decoder::decode(std::string_view raw) { return impl_->decode(raw); }
std::optional<TraceContext> Decoder::trace() const { return impl_->trace(); }

}  // namespace kentongan::codec
