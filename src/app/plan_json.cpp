// SPDX-License-Identifier: Apache-2.0
#include "app/plan_json.hpp"

#include "codec/json_append.hpp"
#include "codec/writer.hpp"
#include "duty/on_duty.hpp"

namespace kentongan::app {
namespace {

std::string local_time(TimePoint time, const std::string& area, const Reference& reference) {
  return format_rfc3339(time, duty::zone_of(area, reference).offset_at(time));
}

void append_notice(std::string& out, const duty::Notice& notice, const Reference& reference) {
  const AlertStep& step = notice.step;
  codec::ObjectWriter object(out);
  object.text("id", notice.id);
  object.text("time", local_time(notice.time, step.area, reference));
  object.text("alert", step.alert.value());
  object.text("rule", step.rule);
  object.text("area", step.area);
  object.text("step", name_of(step.step));
  object.text("state", name_of(step.state));
  object.text("level", name_of(step.level));
  object.integer("tier", step.tier);
  if (step.proposed) object.boolean("proposed", true);
  codec::ObjectWriter message(object.key("message"));
  message.text("id", step.text.message.id);
  if (!step.text.message.en.empty()) message.text("en", step.text.message.en);
}

}  // namespace

void append_delivery(std::string& out, const duty::Delivery& delivery, const Reference& reference) {
  codec::ObjectWriter object(out);
  object.text("delivery", delivery.id);
  object.text("purpose", name_of(delivery.purpose));
  object.text("at", local_time(delivery.at, delivery.area, reference));
  object.text("person", delivery.person);
  if (!delivery.instead_of.empty()) object.text("instead_of", delivery.instead_of);
  codec::append_list(object.key("roles"), delivery.roles, codec::append_string);
  codec::append_list(object.key("channels"), delivery.channels, [](std::string& to, const duty::Channel& channel) {
    codec::ObjectWriter one(to);
    one.text("type", name_of(channel.type));
    one.text("to", channel.to);
  });
  object.text("language", name_of(delivery.language));
  object.text("level", name_of(delivery.level));
  object.text("area", delivery.area);
  object.integer("alerts", static_cast<std::int64_t>(delivery.alerts));
  codec::append_list(object.key("steps"), delivery.steps, codec::append_string);
  codec::append_list(object.key("notices"), delivery.notices,
                     [&](std::string& to, const duty::Notice& notice) { append_notice(to, notice, reference); });
}

void append_nobody(std::string& out, const duty::NobodyOnDuty& nobody, const Reference& reference) {
  codec::ObjectWriter object(out);
  object.text("nobody", nobody.id);
  object.text("at", local_time(nobody.at, nobody.notice.step.area, reference));
  codec::append_list(object.key("roles"), nobody.roles, codec::append_string);
  append_notice(object.key("notice"), nobody.notice, reference);
}

}  // namespace kentongan::app
