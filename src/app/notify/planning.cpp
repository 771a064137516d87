// SPDX-License-Identifier: Apache-2.0
#include "app/notify/planning.hpp"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>
#include <utility>

#include "adapters/notify/alertmanager.hpp"
#include "app/explain/alert_reader.hpp"
#include "app/notify/notice_of.hpp"
#include "notify/identity.hpp"

namespace kentongan::app {
namespace {

constexpr std::size_t kMostSteps = 200;
constexpr std::size_t kMostUnreached = 20;
/// An alert of our own stands so long in Alertmanager.
constexpr Duration kTroubleStands = std::chrono::hours(1);

}  // namespace

Planning::Planning(ports::AlertLog& log, ports::Outbox& outbox, PlanningPlan plan)
    : log_(log), outbox_(outbox), plan_(std::move(plan)) {}

Result<void> Planning::restore() {
  book_ = plan_.book();
  duty::Planner planner(book_.roster, book_.reference, plan_.duty);
  const auto saved = outbox_.memory("planner");
  if (!saved) return tl::unexpected(saved.error());
  if (!saved->empty() && !planner.restore(*saved)) {
    return fail(Error::Kind::failed,
                "the outbox holds the plans of a newer Kentongan; run that version, or move the outbox away");
  }
  auto positions = outbox_.positions();
  if (!positions) return tl::unexpected(positions.error());
  positions_ = *std::move(positions);
  planner_ = std::move(planner);
  return {};
}

Result<bool> Planning::step(TimePoint now, Duration wait) {
  if (!planner_) {
    if (auto restored = restore(); !restored) return tl::unexpected(restored.error());
  }
  if (DutyBook book = plan_.book(); !(book == book_)) {
    book_ = std::move(book);
    planner_->replace(book_.roster, book_.reference);
  }
  const auto part = log_.read(positions_, kMostSteps, wait);
  if (!part) return tl::unexpected(part.error());
  Draft draft;
  draft.commit.positions = part->positions;
  draft.changed = !part->positions.empty();
  for (const ports::LoggedAlert& alert : part->alerts) take(alert, now, draft);
  if (const auto clock = plan_.event_clock ? draft.latest : std::optional(now)) planner_->advance(*clock, draft.plan);
  Result<void> done = see_to_unreached(now, draft);
  if (done) done = commit(draft, now);
  if (!done) {
    planner_.reset();  // it knows of what was not committed
    return tl::unexpected(done.error());
  }
  return part->alerts.size() == kMostSteps;
}

void Planning::take(const ports::LoggedAlert& alert, TimePoint now, Draft& draft) {
  const auto committed = explain::read_alert_step(alert.value);
  if (!committed || committed->step.shadow) return;
  const AlertStep& step = committed->step;
  if (plan_.mirrors) {
    draft.commit.mirrored.push_back(notify::mirror_of(item_of(alert.id, step, *book_.reference), committed->time));
  }
  if (plan_.oldest.count() > 0 && now - committed->time > plan_.oldest) {
    ++draft.dropped;
    return;
  }
  draft.latest = std::max(draft.latest.value_or(committed->time), committed->time);
  planner_->take(alert.id, step, committed->time, draft.plan);
}

Result<void> Planning::see_to_unreached(TimePoint now, Draft& draft) {
  const auto unreached = outbox_.unreachable(kMostUnreached);
  if (!unreached) return tl::unexpected(unreached.error());
  for (const ports::Notice& notice : *unreached) {
    draft.commit.handled.push_back(notice.id);
    draft.changed = true;
    if (notice.kind == ports::NoticeKind::trouble || notice.kind == ports::NoticeKind::test) {
      plan_.nobody(fmt::format("{} is not reached", notice.person));
      continue;
    }
    tell_trouble(notice.id,
                 fmt::format("{} tidak terhubungi lewat saluran mana pun. / {} is not reached by any channel.",
                             notice.person, notice.person),
                 now, draft);
    if (const auto delivery = delivery_behind(notice)) planner_->unreachable(*delivery, now, draft.plan);
  }
  return {};
}

void Planning::tell_trouble(const std::string& id, const std::string& text, TimePoint now, Draft& draft) {
  plan_.nobody(text);
  if (plan_.mirrors) {
    ports::NoticeItem item;
    item.alert = "kentongan-" + notify::identity_of({"trouble", id});
    item.rule = "kentongan-not-told";
    item.level = Level::awas;
    item.since = now;
    item.message.id = text;
    ports::MirroredAlert alert = notify::mirror_of(item, now);
    alert.ends = now + kTroubleStands;
    draft.commit.mirrored.push_back(std::move(alert));
  }
  if (!plan_.trouble) return;
  ports::PlannedNotice planned;
  planned.notice.id = notify::identity_of({"trouble", id});
  planned.notice.kind = ports::NoticeKind::trouble;
  planned.notice.at = now;
  planned.notice.person = "trouble";
  planned.notice.text = text;
  planned.due = now;
  planned.ways.push_back(*plan_.trouble);
  draft.commit.notices.push_back(std::move(planned));
}

void Planning::tell_nobody(const duty::NobodyOnDuty& nobody, TimePoint now, Draft& draft) {
  const AlertStep& step = nobody.notice.step;
  const ports::NoticeItem item = item_of(nobody.notice.id, step, *book_.reference);
  tell_trouble(
      nobody.id,
      fmt::format("Tidak ada petugas piket untuk {} ({}). Peringatan {} {}: {} / Nobody on duty was told of it.",
                  fmt::join(nobody.roles, ", "), item.place, name_of(step.level), step.alert.value(),
                  step.text.message.id),
      now, draft);
}

Result<void> Planning::commit(Draft& draft, TimePoint now) {
  for (const duty::Delivery& delivery : draft.plan.deliveries) {
    draft.commit.notices.push_back(notice_of(delivery, *book_.reference, plan_.channels));
    ports::PlannedNotice& planned = draft.commit.notices.back();
    planned.due = std::max(planned.due, now);  // it goes out now, and patience begins now
    ports::Notice& notice = planned.notice;
    if (plan_.link && notice.asks && notice.items.size() == 1) {
      notice.link = plan_.link(notice.items.front().alert, notice.person);
    }
  }
  for (const duty::NobodyOnDuty& nobody : draft.plan.nobody) tell_nobody(nobody, now, draft);
  if (!draft.changed && draft.plan.empty()) return {};
  draft.commit.planner = planner_->save();
  if (auto committed = outbox_.commit(draft.commit, now); !committed) return committed;
  if (draft.dropped > 0) plan_.dropped(draft.dropped);
  for (const auto& [name, position] : draft.commit.positions) positions_[name] = position;
  log_.planned(draft.commit.positions);
  return {};
}

}  // namespace kentongan::app
