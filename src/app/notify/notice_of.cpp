// SPDX-License-Identifier: Apache-2.0
#include "app/notify/notice_of.hpp"

#include <algorithm>

#include "app/explain/alert_reader.hpp"
#include "codec/json_append.hpp"
#include "codec/json_reader.hpp"
#include "codec/json_view.hpp"
#include "codec/writer.hpp"
#include "notify/identity.hpp"

namespace kentongan::app {
namespace {

constexpr int kDeepest = 8;

std::string place_name(const std::string& code, const Reference& reference) {
  const auto found = reference.find_place(code);
  if (!found) return code;
  const Place& place = reference.place(*found);
  if (place.kind != PlaceKind::area) return place.name;
  return place.name + ", " + reference.place(place.parent).name;
}

std::chrono::seconds offset_of(const AlertStep& step, const Reference& reference) {
  const std::string& alert = step.alert.value();
  const auto city = reference.find_place(std::string_view(alert).substr(0, alert.find('-')));
  const bool zoned = city && reference.place(*city).zone != nullptr;
  return zoned ? reference.place(*city).zone->offset_at(step.since) : std::chrono::seconds(0);
}

std::string event_of(const duty::Notice& notice, const Reference& reference) {
  std::string event;
  codec::write_output(event, {notice.id, {}, notice.step.scope.key, notice.time, notice.step}, reference);
  return event;
}

std::string origin_of(const duty::Delivery& delivery, const Reference& reference) {
  std::string origin;
  {
    codec::ObjectWriter object(origin);
    object.text("id", delivery.id);
    object.integer("purpose", static_cast<int>(delivery.purpose));
    codec::append_list(object.key("roles"), delivery.roles,
                       [](std::string& out, const std::string& role) { codec::append_string(out, role); });
    codec::append_list(object.key("events"), delivery.notices, [&](std::string& out, const duty::Notice& notice) {
      codec::append_string(out, event_of(notice, reference));
    });
  }
  return origin;
}

bool asks(duty::Purpose purpose) {
  return purpose == duty::Purpose::alert || purpose == duty::Purpose::assigned || purpose == duty::Purpose::reminder ||
         purpose == duty::Purpose::digest;
}

bool is_open(const ports::NoticeItem& item) {
  return item.state == AlertState::firing || item.state == AlertState::acknowledged;
}

}  // namespace

ports::NoticeItem item_of(const std::string& event, const AlertStep& step, const Reference& reference) {
  ports::NoticeItem item;
  item.event = event;
  item.alert = step.alert.value();
  item.rule = step.rule;
  item.step = step.step;
  item.state = step.state;
  item.level = step.level;
  item.proposed = step.proposed;
  item.tier = step.tier;
  item.area = step.area;
  item.place = place_name(step.area, reference);
  item.since = step.since;
  item.offset = offset_of(step, reference);
  item.message = step.text.message;
  item.recommend = step.text.recommend;
  item.legal = step.text.legal;
  item.recommendations = step.text.recommendations;
  item.actor = step.actor.value_or("");
  return item;
}

ports::PlannedNotice notice_of(const duty::Delivery& delivery, const Reference& reference,
                               const std::set<std::string, std::less<>>& channels) {
  ports::PlannedNotice planned;
  planned.due = delivery.at;
  ports::Notice& notice = planned.notice;
  notice.id = notify::identity_of({"notice", delivery.id});
  notice.kind = delivery.purpose == duty::Purpose::digest ? ports::NoticeKind::digest : ports::NoticeKind::alert;
  notice.at = delivery.at;
  notice.person = delivery.person;
  notice.tongue = delivery.language == duty::Language::en ? ports::Tongue::en : ports::Tongue::id;
  for (const duty::Notice& one : delivery.notices) notice.items.push_back(item_of(one.id, one.step, reference));
  notice.more = delivery.alerts > notice.items.size() ? delivery.alerts - notice.items.size() : 0;
  notice.asks = asks(delivery.purpose) && std::any_of(notice.items.begin(), notice.items.end(), is_open);
  notice.origin = origin_of(delivery, reference);
  for (const duty::Channel& channel : delivery.channels) {
    const std::string_view name = duty::name_of(channel.type);
    if (channels.contains(name)) planned.ways.push_back({std::string(name), channel.to});
  }
  return planned;
}

std::optional<duty::Delivery> delivery_behind(const ports::Notice& notice) {
  codec::JsonReader json;
  if (notice.origin.empty() || json.read(notice.origin, kDeepest)) return std::nullopt;
  const codec::JsonView whole(json, 0);
  duty::Delivery delivery;
  delivery.id = whole["id"].text();
  const auto purpose = whole["purpose"].integer();
  if (purpose < 0 || purpose > static_cast<std::int64_t>(duty::Purpose::digest)) return std::nullopt;
  delivery.purpose = static_cast<duty::Purpose>(purpose);
  delivery.person = notice.person;
  for (const auto& role : whole["roles"].items()) delivery.roles.push_back(role.text());
  for (const auto& event : whole["events"].items()) {
    auto step = explain::read_alert_step(event.text());
    if (!step) return std::nullopt;
    const std::size_t index = delivery.notices.size();
    const std::string id = index < notice.items.size() ? notice.items[index].event : std::string();
    delivery.notices.push_back({id, step->time, std::move(step->step)});
  }
  return delivery;
}

}  // namespace kentongan::app
