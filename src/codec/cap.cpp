// SPDX-License-Identifier: Apache-2.0
#include "codec/cap.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <cmath>

#include "codec/cut.hpp"
#include "codec/xml.hpp"

namespace kentongan::codec {
namespace {

constexpr std::size_t kHeadline = 160;  ///< as CAP advises
constexpr std::size_t kDescription = 4000;
constexpr std::size_t kAreaName = 200;
/// The earlier documents that a later one names, at most; the latest.
constexpr std::size_t kMostReferences = 100;

enum class Message : std::uint8_t { alert, update, cancel };

bool is_false_alarm(const AlertStep& step) {
  return std::ranges::any_of(step.reasons, [](const Reason& reason) { return reason.code == "false_alarm"; });
}

bool is_over(const AlertStep& step) {
  return step.state == AlertState::resolved || step.state == AlertState::expired || step.state == AlertState::withdrawn;
}

std::optional<Message> message_of(const AlertStep& step, bool first) {
  if (step.shadow) return std::nullopt;
  switch (step.step) {
    case AlertStepKind::fired:
    case AlertStepKind::raised:
    case AlertStepKind::confirmed:
      return first ? Message::alert : Message::update;
    case AlertStepKind::resolved:
    case AlertStepKind::expired:
      if (first) return std::nullopt;
      return is_false_alarm(step) ? Message::cancel : Message::update;
    case AlertStepKind::withdrawn:
      return first ? std::nullopt : std::optional(Message::cancel);
    default:
      return std::nullopt;
  }
}

std::string_view name_of(Message message) {
  constexpr std::array<std::string_view, 3> names{"Alert", "Update", "Cancel"};
  return names[static_cast<std::size_t>(message)];
}

/// By level, from aman on.
using ByLevel = std::array<std::string_view, kLevels>;
constexpr ByLevel kUrgency{"Unknown", "Future", "Expected", "Immediate"};
constexpr ByLevel kSeverity{"Minor", "Moderate", "Severe", "Extreme"};
constexpr ByLevel kResponse{"None", "Monitor", "Prepare", "Execute"};

std::string_view by_level(const ByLevel& words, Level level) { return words[static_cast<std::size_t>(level)]; }

std::string_view certainty_of(const AlertStep& step) {
  if (step.level != Level::awas) return "Likely";
  return step.proposed ? "Possible" : "Observed";
}

/// CAP knows no fractions of a second and no `Z`.
std::string cap_time(TimePoint time, const LocalZone* zone) {
  const auto whole = std::chrono::floor<std::chrono::seconds>(time);
  const auto offset = zone == nullptr ? std::chrono::seconds(0) : zone->offset_at(time);
  std::string text = format_rfc3339(whole, offset);
  if (text.ends_with('Z')) text.replace(text.size() - 1, 1, "-00:00");
  return text;
}

struct Words {
  std::string_view language, event, over;
};
constexpr Words kIndonesian{"id-ID", "Kewaspadaan dini", "SELESAI"};
constexpr Words kEnglish{"en-GB", "Early warning", "OVER"};

std::string upper(std::string_view word) {
  std::string text(word);
  std::ranges::transform(text, text.begin(),
                         [](char c) { return c >= 'a' && c <= 'z' ? static_cast<char>(c - 32) : c; });
  return text;
}

/// The place of an alert as people call it.
std::string place_name(const AlertStep& step, const Reference& reference) {
  const auto id = reference.find_place(step.area);
  if (!id) return step.area;
  const Place& place = reference.place(*id);
  if (place.kind != PlaceKind::area) return fmt::format("{} ({})", place.name, place.code);
  return fmt::format("{}, {} ({})", place.name, reference.place(place.parent).name, place.code);
}

/// Where the reference data know a point: of the polling station that the alert is about, else of its kelurahan.
std::optional<GeoPoint> point_of(const AlertStep& step, const Reference& reference) {
  if (step.scope.kind == ScopeKind::polling_station) {
    const std::size_t slash = step.scope.key.find('/');
    const auto area = reference.find_place(std::string_view(step.scope.key).substr(0, slash));
    const auto stations = area ? reference.polling_stations.find(*area) : reference.polling_stations.end();
    if (stations != reference.polling_stations.end() && slash != std::string::npos) {
      for (const PollingStation& station : stations->second) {
        if (station.tps == std::string_view(step.scope.key).substr(slash + 1) && station.location)
          return station.location;
      }
    }
  }
  const auto place = reference.find_place(step.area);
  if (!place || reference.place(*place).kind != PlaceKind::area) return std::nullopt;
  return reference.place(*place).point;
}

class Document {
 public:
  Document(const AlertStep& step, Message message, std::string_view id, const Reference& reference,
           const CapSender& sender)
      : step_(step), message_(message), id_(id), reference_(reference), sender_(sender) {
    const auto place = reference.find_place(step.area);
    if (place) zone_ = reference.place(reference.place(*place).city).zone.get();
  }

  [[nodiscard]] CapDocument write(TimePoint time, const std::vector<CapReference>& earlier) {
    sent_ = cap_time(time, zone_);
    xml_.open(R"(alert xmlns="urn:oasis:names:tc:emergency:cap:1.2")");
    xml_.text("identifier", id_);
    xml_.text("sender", sender_.id);
    xml_.text("sent", sent_);
    xml_.text("status", sender_.status);
    xml_.text("msgType", name_of(message_));
    xml_.text("source", "kentongan");
    write_scope();
    if (message_ == Message::cancel) xml_.text("note", note());
    if (!earlier.empty()) xml_.text("references", references(earlier));
    xml_.text("incidents", step_.alert.value());
    write_info(kIndonesian, step_.text.message.id, step_.text.recommend.id);
    if (!step_.text.message.en.empty()) write_info(kEnglish, step_.text.message.en, step_.text.recommend.en);
    xml_.close("alert");
    return {std::string(id_), sent_, R"(<?xml version="1.0" encoding="UTF-8"?>)" + xml_.take()};
  }

 private:
  void write_scope() {
    constexpr std::array<std::string_view, 3> names{"Public", "Restricted", "Private"};
    xml_.text("scope", names[static_cast<std::size_t>(sender_.scope)]);
    std::string roles;
    for (const std::string& role : step_.to) roles += (roles.empty() ? "" : " ") + role;
    if (roles.empty()) roles = "posko";
    if (sender_.scope == CapScope::restricted) xml_.text("restriction", roles);
    if (sender_.scope == CapScope::closed) xml_.text("addresses", roles);
  }

  [[nodiscard]] std::string_view note() const {
    return is_false_alarm(step_) ? "False alarm: an officer looked at it."
                                 : "Withdrawn: a report behind it was refuted.";
  }

  [[nodiscard]] std::string references(const std::vector<CapReference>& earlier) const {
    const std::size_t first = earlier.size() > kMostReferences ? earlier.size() - kMostReferences : 0;
    std::string all;
    for (std::size_t i = first; i < earlier.size(); ++i) {
      all += fmt::format("{}{},{},{}", all.empty() ? "" : " ", sender_.id, earlier[i].identifier, earlier[i].sent);
    }
    return all;
  }

  void write_info(const Words& words, const std::string& message, const std::string& recommend) {
    const bool over = is_over(step_);
    const std::string place = place_name(step_, reference_);
    xml_.open("info");
    xml_.text("language", words.language);
    xml_.text("category", "Security");
    xml_.text("event", words.event);
    xml_.text("responseType", over ? "AllClear" : by_level(kResponse, step_.level));
    xml_.text("urgency", over ? "Past" : by_level(kUrgency, step_.level));
    xml_.text("severity", by_level(kSeverity, step_.level));
    xml_.text("certainty", certainty_of(step_));
    xml_.pair("eventCode", "kentongan:rule", step_.rule);
    xml_.text("effective", sent_);
    xml_.text("onset", cap_time(step_.since, zone_));
    if (over) xml_.text("expires", sent_);
    if (!sender_.name.empty()) xml_.text("senderName", sender_.name);
    const std::string head = over ? std::string(words.over) + " - " : std::string();
    xml_.text("headline", cut(fmt::format("{}{} {}: {}", head, upper(kentongan::name_of(step_.level)), place, message),
                              kHeadline, Unit::code_points));
    xml_.text("description", cut(message, kDescription, Unit::code_points));
    if (!over && !recommend.empty()) xml_.text("instruction", cut(recommend, kDescription, Unit::code_points));
    if (!sender_.web.empty()) xml_.text("web", sender_.web);
    if (!sender_.contact.empty()) xml_.text("contact", sender_.contact);
    write_parameters();
    write_area(place);
    xml_.close("info");
  }

  void write_parameters() {
    xml_.pair("parameter", "kentongan:level", kentongan::name_of(step_.level));
    xml_.pair("parameter", "kentongan:state", kentongan::name_of(step_.state));
    xml_.pair("parameter", "kentongan:step", kentongan::name_of(step_.step));
    if (step_.proposed) xml_.pair("parameter", "kentongan:proposed", "true");
    if (step_.count) xml_.pair("parameter", "kentongan:count", fmt::format("{}", *step_.count));
    if (step_.distinct) xml_.pair("parameter", "kentongan:distinct", fmt::format("{}", *step_.distinct));
    if (!step_.text.legal.empty()) xml_.pair("parameter", "kentongan:legal", step_.text.legal);
  }

  void write_area(const std::string& place) {
    xml_.open("area");
    xml_.text("areaDesc", cut(place, kAreaName, Unit::code_points));
    if (const auto point = point_of(step_, reference_)) {
      xml_.text("circle", fmt::format("{:.6f},{:.6f} 0", point->lat, point->lon));
    }
    xml_.pair("geocode", "kemendagri", step_.area);
    xml_.close("area");
  }

  const AlertStep& step_;
  Message message_;
  std::string_view id_;
  const Reference& reference_;
  const CapSender& sender_;
  const LocalZone* zone_ = nullptr;
  std::string sent_;
  XmlWriter xml_;
};

}  // namespace

Result<void> check_cap_sender(const CapSender& sender) {
  const bool good = !sender.id.empty() && std::ranges::all_of(sender.id, [](char c) {
    return static_cast<unsigned char>(c) > ' ' && c != ',' && c != '<' && c != '>' && c != '&';
  });
  if (good) return {};
  return fail(Error::Kind::usage, fmt::format("\"{}\" cannot be a CAP sender: references are made of it, so write it "
                                              "without blanks, commas, < > and &, such as posko@malangkota.example",
                                              sender.id));
}

std::optional<CapDocument> cap_document(const AlertStep& step, std::string_view id, TimePoint time,
                                        const std::vector<CapReference>& earlier, const Reference& reference,
                                        const CapSender& sender) {
  const auto message = message_of(step, earlier.empty());
  if (!message) return std::nullopt;
  return Document(step, *message, id, reference, sender).write(time, earlier);
}

}  // namespace kentongan::codec
