// SPDX-License-Identifier: Apache-2.0
#include "codec/event_fields.hpp"

#include <algorithm>
#include <limits>

namespace kentongan::codec {

namespace {

bool all_digits(std::string_view text) {
  return std::all_of(text.begin(), text.end(), [](char c) { return c >= '0' && c <= '9'; });
}

/// "12" -> "012"; what is not one or two digits stays.
std::optional<std::string_view> read_tps(FieldsReader& data, FieldsScratch& scratch) {
  const auto tps = data.text(Key::tps);
  if (!tps || tps->empty() || tps->size() >= sizeof scratch.tps || !all_digits(*tps)) return tps;
  std::fill(std::begin(scratch.tps), std::end(scratch.tps), '0');
  std::copy(tps->begin(), tps->end(), std::end(scratch.tps) - tps->size());
  return std::string_view(scratch.tps, sizeof scratch.tps);
}

void read_area(FieldsReader& data, FieldsScratch& scratch) { scratch.codes.assign(1, data.required_text(Key::area)); }

/// `source` of a report: one letter.
char read_reliability(FieldsReader& data) {
  const auto written = data.text(Key::source);
  if (!written) return 'F';
  if (written->size() == 1 && written->front() >= 'A' && written->front() <= 'F') return written->front();
  data.wrong(Key::source, "one of the letters A to F");
  return 'F';
}

/// Someone by pseudonym. Without `ref` (which a refuted report may leave out) it is nobody.
std::optional<Actor> read_actor(FieldsReader& data, Key key, bool required,
                                std::optional<std::string_view>* household = nullptr) {
  if (required) data.require(key);
  auto person = data.object(key);
  if (!person) return std::nullopt;
  if (household != nullptr) *household = person->rare_identifier("household");
  Actor actor;
  const bool named = required || person->has(Key::ref);
  if (named) actor.ref = person->identifier(Key::ref);
  actor.role = person->text(Key::role);
  if (!named) return std::nullopt;
  return actor;
}

}  // namespace

void read_fields(FieldsReader& data, FieldsScratch& scratch, Report& report) {
  // What is required depends on `status`, which is judged at its own place further down.
  const Node* const status = data.find(Key::status);
  const bool refuted = status != nullptr && data.text_of(*status) == word_of(ReportStatus::refuted);
  read_area(data, scratch);
  report.rw = data.text(Key::rw);
  report.tps = read_tps(data, scratch);
  report.site = data.text(Key::site);
  report.kind = data.word<ReportKind>(Key::kind).value_or(ReportKind::incident);
  report.athg = data.word<Athg>(Key::athg);
  if (!refuted) data.require(Key::category);
  scratch.category = data.text(Key::category);
  if (!refuted) data.require(Key::severity);
  if (const auto severity = data.integer(Key::severity, 1, 5)) report.severity = static_cast<std::uint8_t>(*severity);
  report.source = read_reliability(data);
  report.content = static_cast<std::uint8_t>(data.integer(Key::content, 1, 6).value_or(6));
  report.reporter = read_actor(data, Key::reporter, !refuted, &report.household);
  report.crowd = data.count(Key::crowd);
  report.location = data.location(Key::location);
  report.status = data.word<ReportStatus>(Key::status).value_or(ReportStatus::unverified);
  report.corrects = data.text(Key::corrects);
  report.corrects_source = data.text(Key::corrects_source);
  report.text = data.text(Key::text);
  report.recommendation = data.text(Key::recommendation);
}

void read_fields(FieldsReader& data, FieldsScratch& scratch, Campaign& campaign) {
  campaign.campaign = data.identifier(Key::campaign);
  data.require(Key::status);
  campaign.status = data.word<CampaignStatus>(Key::status).value_or(CampaignStatus::planned);
  const bool goes_on = campaign.status != CampaignStatus::cancelled;
  const auto require = [&](Key key) {
    if (goes_on) data.require(key);
  };
  require(Key::party);
  campaign.party = goes_on && data.has(Key::party) ? data.identifier(Key::party) : data.text(Key::party);
  require(Key::method);
  campaign.method = data.word<CampaignMethod>(Key::method);
  data.texts(Key::areas, scratch.codes);
  campaign.venue = data.text(Key::venue);
  campaign.location = data.location(Key::location);
  campaign.radius_m = data.number(Key::radius_m, 0, std::numeric_limits<double>::max());
  data.route(Key::route, scratch.route);
  campaign.route = scratch.route;
  require(Key::starts_at);
  campaign.starts_at = data.time(Key::starts_at);
  require(Key::ends_at);
  campaign.ends_at = data.time(Key::ends_at);
  campaign.crowd = data.count(Key::crowd);
  if (auto notice = data.object(Key::notice)) {
    campaign.notice_number = notice->text(Key::number);
    campaign.notice_date = notice->day(Key::date);
  }
  if (campaign.starts_at && campaign.ends_at && *campaign.ends_at <= *campaign.starts_at) {
    data.wrong(Key::ends_at, "after starts_at");
  }
}

void read_fields(FieldsReader& data, FieldsScratch& scratch, Consignment& consignment) {
  consignment.consignment = data.identifier(Key::consignment);
  read_area(data, scratch);
  consignment.goods = data.text(Key::goods);
  consignment.quantity = data.count(Key::quantity);
  consignment.seals_expected = data.count(Key::seals_expected);
  consignment.seals_intact = data.count(Key::seals_intact);
  consignment.from = data.text(Key::from);
  consignment.to = data.text(Key::to);
  consignment.tps = read_tps(data, scratch);
  data.require(Key::step);
  consignment.step = data.word<ConsignmentStep>(Key::step).value_or(ConsignmentStep::packed);
  consignment.due_at = data.time(Key::due_at);
}

void read_fields(FieldsReader& data, FieldsScratch& scratch, Readiness& readiness) {
  read_area(data, scratch);
  readiness.tps = read_tps(data, scratch);
  readiness.police = data.count(Key::police);
  readiness.linmas = data.count(Key::linmas);
  readiness.kpps = data.count(Key::kpps);
  readiness.witnesses = data.count(Key::witnesses);
  readiness.power = data.boolean(Key::power);
  readiness.network = data.boolean(Key::network);
  readiness.location = data.location(Key::location);
  readiness.voters = data.count(Key::voters);
  readiness.eligible = data.count(Key::eligible);
  readiness.without_card = data.count(Key::without_card);
}

void read_fields(FieldsReader& data, FieldsScratch& /*scratch*/, Action& action) {
  action.alert = data.required_text(Key::alert);
  data.require(Key::action);
  action.action = data.word<ActionKind>(Key::action).value_or(ActionKind::acknowledge);
  action.actor = read_actor(data, Key::actor, true).value_or(Actor{});
  action.assignee = data.text(Key::assignee);
  if (action.action == ActionKind::snooze) data.require(Key::until);
  action.until = data.time(Key::until);
  action.note = data.text(Key::note);
  action.refute = data.boolean(Key::refute).value_or(false);
  if (action.refute && action.action != ActionKind::false_alarm) data.wrong(Key::refute, "true only of false_alarm");
}

}  // namespace kentongan::codec
