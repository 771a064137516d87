// SPDX-License-Identifier: Apache-2.0
#include "notify/notice_json.hpp"

#include <array>

#include "codec/json_append.hpp"
#include "codec/json_view.hpp"
#include "codec/writer.hpp"

namespace kentongan::notify {
namespace {

using codec::ObjectWriter;
using ports::Notice;
using ports::NoticeItem;
using ports::NoticeKind;

constexpr int kDeepest = 8;
constexpr std::array<std::string_view, 4> kKinds{"alert", "digest", "trouble", "test"};

void write_local(std::string& out, const LocalText& text) {
  ObjectWriter object(out);
  object.text("id", text.id);
  object.text("en", text.en);
}

void write_item(std::string& out, const NoticeItem& item) {
  ObjectWriter object(out);
  object.text("event", item.event);
  object.text("alert", item.alert);
  object.text("rule", item.rule);
  object.integer("step", static_cast<int>(item.step));
  object.integer("state", static_cast<int>(item.state));
  object.integer("level", static_cast<int>(item.level));
  object.boolean("proposed", item.proposed);
  object.integer("tier", item.tier);
  object.text("area", item.area);
  object.text("place", item.place);
  object.integer("since", item.since.time_since_epoch().count());
  object.integer("offset", item.offset.count());
  write_local(object.key("message"), item.message);
  write_local(object.key("recommend"), item.recommend);
  object.text("legal", item.legal);
  codec::append_list(object.key("recommendations"), item.recommendations,
                     [](std::string& to, const std::string& text) { codec::append_string(to, text); });
  object.text("actor", item.actor);
}

LocalText local_of(const codec::JsonView& text) { return {text["id"].text(), text["en"].text()}; }

template <class Enum>
Enum among(const codec::JsonView& number, Enum last) {
  const std::int64_t value = number.integer();
  return value >= 0 && value <= static_cast<std::int64_t>(last) ? static_cast<Enum>(value) : Enum{};
}

NoticeItem item_of(const codec::JsonView& json) {
  NoticeItem item;
  item.event = json["event"].text();
  item.alert = json["alert"].text();
  item.rule = json["rule"].text();
  item.step = among(json["step"], AlertStepKind::withdrawn);
  item.state = among(json["state"], AlertState::withdrawn);
  item.level = among(json["level"], Level::awas);
  item.proposed = json["proposed"].is_true();
  item.tier = static_cast<int>(json["tier"].integer());
  item.area = json["area"].text();
  item.place = json["place"].text();
  item.since = TimePoint(Duration(json["since"].integer()));
  item.offset = std::chrono::seconds(json["offset"].integer());
  item.message = local_of(json["message"]);
  item.recommend = local_of(json["recommend"]);
  item.legal = json["legal"].text();
  for (const codec::JsonView& text : json["recommendations"].items()) item.recommendations.push_back(text.text());
  item.actor = json["actor"].text();
  return item;
}

}  // namespace

std::string_view name_of(NoticeKind kind) { return kKinds[static_cast<std::size_t>(kind)]; }

std::string write_notice(const Notice& notice) {
  std::string out;
  {
    ObjectWriter object(out);
    object.text("id", notice.id);
    object.text("kind", name_of(notice.kind));
    object.integer("at", notice.at.time_since_epoch().count());
    object.text("person", notice.person);
    object.text("tongue", notice.tongue == ports::Tongue::en ? "en" : "id");
    codec::append_list(object.key("items"), notice.items, write_item);
    object.integer("more", static_cast<std::int64_t>(notice.more));
    object.text("text", notice.text);
    object.text("link", notice.link);
    object.boolean("asks", notice.asks);
    object.text("origin", notice.origin);
  }
  return out;
}

std::optional<Notice> read_notice(std::string_view text) {
  codec::JsonReader json;
  if (json.read(text, kDeepest)) return std::nullopt;
  const codec::JsonView whole(json, 0);
  Notice notice;
  notice.id = whole["id"].text();
  if (notice.id.empty()) return std::nullopt;
  const std::string kind = whole["kind"].text();
  for (std::size_t i = 0; i < kKinds.size(); ++i) {
    if (kKinds[i] == kind) notice.kind = static_cast<NoticeKind>(i);
  }
  notice.at = TimePoint(Duration(whole["at"].integer()));
  notice.person = whole["person"].text();
  notice.tongue = whole["tongue"].text() == "en" ? ports::Tongue::en : ports::Tongue::id;
  for (const codec::JsonView& item : whole["items"].items()) notice.items.push_back(item_of(item));
  notice.more = static_cast<std::size_t>(whole["more"].integer());
  notice.text = whole["text"].text();
  notice.link = whole["link"].text();
  notice.asks = whole["asks"].is_true();
  notice.origin = whole["origin"].text();
  return notice;
}

}  // namespace kentongan::notify
