// SPDX-License-Identifier: Apache-2.0
#include "scenario/event_json.hpp"

#include <cmath>

#include "codec/json_append.hpp"
#include "scenario/degrees.hpp"

namespace kentongan::scenario {

using codec::ObjectWriter;

namespace {

/// Writes the data of one event.
class DataWriter {
 public:
  DataWriter(std::string& out, const Reference& reference, const Timetable& timetable)
      : json_(out), reference_(reference), timetable_(timetable) {}

  void operator()(const Report& r) {
    area(r.area);
    optional("rw", r.rw);
    optional("tps", r.tps);
    optional("site", r.site);
    if (r.category) {
      json_.text("kind", word_of(r.kind));
      if (r.athg) json_.text("athg", word_of(*r.athg));
      json_.text("category", reference_.category_name(*r.category));
      optional("severity", r.severity);
      json_.text("source", std::string_view(&r.source, 1));
      json_.integer("content", r.content);
    }
    if (r.reporter) actor("reporter", *r.reporter, r.household);
    optional("crowd", r.crowd);
    location(r.location);
    json_.text("status", word_of(r.status));
    optional("corrects", r.corrects);
    optional("corrects_source", r.corrects_source);
    optional("text", r.text);
    optional("recommendation", r.recommendation);
  }

  void operator()(const Campaign& c) {
    json_.text("campaign", c.campaign);
    json_.text("status", word_of(c.status));
    optional("party", c.party);
    if (c.method) json_.text("method", word_of(*c.method));
    json_.list("areas", c.areas, [&](std::string& out, PlaceId id) {
      out += '"';
      out += reference_.place(id).code;
      out += '"';
    });
    optional("venue", c.venue);
    location(c.location);
    if (c.radius_m) json_.integer("radius_m", std::llround(*c.radius_m));
    if (!c.route.empty()) {
      json_.list("route", c.route, [](std::string& out, GeoPoint point) {
        out += '[';
        append_degrees(out, point.lat);
        out += ',';
        append_degrees(out, point.lon);
        out += ']';
      });
    }
    time("starts_at", c.starts_at);
    time("ends_at", c.ends_at);
    optional("crowd", c.crowd);
    if (c.notice_number || c.notice_date) {
      ObjectWriter notice(json_.key("notice"));
      if (c.notice_number) notice.text("number", *c.notice_number);
      if (c.notice_date) notice.text("date", format_day(*c.notice_date));
    }
  }

  void operator()(const Consignment& c) {
    json_.text("consignment", c.consignment);
    area(c.area);
    optional("goods", c.goods);
    optional("quantity", c.quantity);
    optional("seals_expected", c.seals_expected);
    optional("seals_intact", c.seals_intact);
    optional("from", c.from);
    optional("to", c.to);
    optional("tps", c.tps);
    json_.text("step", word_of(c.step));
    time("due_at", c.due_at);
  }

  void operator()(const Readiness& r) {
    area(r.area);
    optional("tps", r.tps);
    optional("police", r.police);
    optional("linmas", r.linmas);
    optional("kpps", r.kpps);
    optional("witnesses", r.witnesses);
    if (r.power) json_.boolean("power", *r.power);
    if (r.network) json_.boolean("network", *r.network);
    location(r.location);
    optional("voters", r.voters);
    optional("eligible", r.eligible);
    optional("without_card", r.without_card);
  }

  void operator()(const Action& a) {
    json_.text("alert", a.alert);
    json_.text("action", word_of(a.action));
    actor("actor", a.actor);
    optional("assignee", a.assignee);
    time("until", a.until);
    optional("note", a.note);
  }

 private:
  void area(PlaceId id) { json_.text("area", reference_.place(id).code); }
  void optional(std::string_view name, std::optional<std::string_view> value) {
    if (value) json_.text(name, *value);
  }
  void optional(std::string_view name, std::optional<std::int64_t> value) {
    if (value) json_.integer(name, *value);
  }
  void time(std::string_view name, std::optional<TimePoint> value) {
    if (!value) return;
    std::string& out = json_.key(name);
    out += '"';
    timetable_.append_time(out, *value);
    out += '"';
  }
  void location(std::optional<GeoPoint> point) {
    if (!point) return;
    ObjectWriter where(json_.key("location"));
    append_degrees(where.key("lat"), point->lat);
    append_degrees(where.key("lon"), point->lon);
  }
  void actor(std::string_view name, const Actor& actor, std::optional<std::string_view> household = {}) {
    ObjectWriter who(json_.key(name));
    who.text("ref", actor.ref);
    if (actor.role) who.text("role", *actor.role);
    if (household) who.text("household", *household);
  }

  ObjectWriter json_;
  const Reference& reference_;
  const Timetable& timetable_;
};

}  // namespace

void write_event(std::string& out, const Event& event, const Reference& reference, const Timetable& timetable) {
  ObjectWriter envelope(out);
  envelope.text("specversion", "1.0");
  envelope.text("id", event.id);
  envelope.text("source", event.source);
  envelope.text("type", type_name(event.type()));
  std::string& time = envelope.key("time");
  time += '"';
  timetable.append_time(time, event.time);
  time += '"';
  envelope.key("data");
  std::visit(DataWriter(out, reference, timetable), event.data);
}

}  // namespace kentongan::scenario
