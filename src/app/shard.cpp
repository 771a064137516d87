// SPDX-License-Identifier: Apache-2.0
#include "app/shard.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <utility>

#include "app/emit.hpp"
#include "codec/writer.hpp"

namespace kentongan::app {
namespace {

using Clock = std::chrono::steady_clock;

ports::OutputRecord to_record(const Output& output, const Reference& reference, bool keeps_alerts) {
  ports::OutputRecord record;
  record.topic = topic_of(output);
  record.id = output.id;
  record.subject = output.subject;
  record.time = output.time;
  if (output.city) record.city = reference.place(*output.city).code;
  codec::write_output(record.value, output, reference);
  const auto* const step = std::get_if<AlertStep>(&output.data);
  if (step != nullptr && keeps_alerts) {
    record.alert = step->alert.value();
    record.step = name_of(step->step);
    record.state = name_of(step->state);
    codec::write_alert_data(record.data, *step, reference);
  }
  return record;
}

}  // namespace

std::vector<ports::OutputRecord> to_records(const std::vector<Output>& outputs, const Reference& reference,
                                            bool keeps_alerts) {
  std::vector<ports::OutputRecord> records;
  records.reserve(outputs.size());
  for (const Output& output : outputs) records.push_back(to_record(output, reference, keeps_alerts));
  return records;
}

Shard::Shard(ports::Journal& journal, MakeProcessor make, std::function<void()> interrupt, ShardOptions options,
             ShardObserver& observer)
    : journal_(journal),
      make_(std::move(make)),
      interrupt_(std::move(interrupt)),
      options_(std::move(options)),
      observer_(observer),
      pulse_(options_.pulse ? options_.pulse : std::make_shared<Pulse>()) {}

Shard::~Shard() { stop(); }

Result<void> Shard::start() {
  if (!options_.patient) {
    if (auto restored = restore(); !restored) return restored;
  }
  thread_ = std::thread([this] { loop(); });
  return {};
}

void Shard::stop() {
  stopping_ = true;
  // Not started, or stopped before: the journal may be gone.
  if (!thread_.joinable()) return;
  interrupt_();
  thread_.join();
}

void Shard::ask(std::function<void(Processor*)> question) {
  {
    const std::lock_guard lock(mutex_);
    if (!ended_) {
      questions_.push_back(std::move(question));
      interrupt_();
      return;
    }
  }
  question(nullptr);
}

void Shard::renew(std::function<void(bool)> done) {
  {
    const std::lock_guard lock(mutex_);
    if (!ended_) {
      renewals_.push_back(std::move(done));
      interrupt_();
      return;
    }
  }
  done(false);
}

std::string Shard::trouble() const {
  {
    const std::lock_guard lock(mutex_);
    if (!trouble_.empty()) return trouble_;
  }
  const auto found = stall();
  return found && options_.stuck_after.count() > 0 && found->since >= options_.stuck_after ? found->why : "";
}

std::optional<ShardStall> Shard::stall() const {
  const auto quiet = pulse_->quiet();
  // A second is what the longest wait for inputs may take.
  if (quiet >= std::chrono::seconds(2)) {
    const auto seconds = std::chrono::duration_cast<std::chrono::seconds>(quiet).count();
    return ShardStall{fmt::format("a worker has not come round for {} s; it is {}", seconds, name_of(pulse_->phase())),
                      quiet, false};
  }
  const std::lock_guard lock(mutex_);
  if (inputs_stall_.why.empty()) return std::nullopt;
  const auto since = std::chrono::duration_cast<std::chrono::milliseconds>(Clock::now() - inputs_stall_since_);
  return ShardStall{inputs_stall_.why, since, inputs_stall_.away};
}

/// Remembers since when inputs wait and none comes.
void Shard::look_at_inputs() {
  ports::Stall now = journal_.stalled();
  const std::lock_guard lock(mutex_);
  if (inputs_stall_.why.empty()) inputs_stall_since_ = Clock::now();
  inputs_stall_ = std::move(now);
}

Result<void> Shard::restore() {
  {
    const std::lock_guard lock(mutex_);
    for (auto& done : renewals_) renewing_.push_back(std::move(done));
    renewals_.clear();
  }
  if (auto restored = restore_state(); !restored) return restored;
  tell_renewed(true);
  return {};
}

void Shard::tell_renewed(bool renewed) {
  for (const auto& done : std::exchange(renewing_, {})) done(renewed);
}

Result<void> Shard::renew_if_asked() {
  {
    const std::lock_guard lock(mutex_);
    if (renewals_.empty()) return {};
  }
  return restore();
}

/// What rules have done goes on being counted under their ids when another set numbers them otherwise.
void Shard::keep_counts() {
  std::vector<std::string> ids;
  for (const rules::Rule& rule : processor_->engine().context().rules().rules) ids.push_back(rule.id.value());
  if (ids == counted_rules_) return;
  std::vector<RuleCounts> counts(ids.size());
  for (std::size_t i = 0; i < std::min(counts_.rules.size(), counted_rules_.size()); ++i) {
    const auto at = std::lower_bound(ids.begin(), ids.end(), counted_rules_[i]);
    if (at != ids.end() && *at == counted_rules_[i])
      counts[static_cast<std::size_t>(at - ids.begin())] = counts_.rules[i];
  }
  counts_.rules = std::move(counts);
  counted_rules_ = std::move(ids);
}

Result<void> Shard::restore_state() {
  const auto started = Clock::now();
  pulse_->enter(Phase::restoring);
  processor_ = make_();
  keep_counts();
  pending_ = 0;
  dead_letters_.clear();
  rekeyed_.clear();
  engine::Engine& engine = processor_->engine();
  bool readable = true;
  const auto offset = journal_.restore([&](const ports::StateKey& key, std::string_view value) {
    pulse_->beat();
    readable = engine.restore(key.city, key.kind, key.key, value) && readable;
  });
  if (!offset) return tl::unexpected(offset.error());
  if (!readable || !engine.finish_restore()) {
    return fail(Error::Kind::failed,
                "the saved state was written by a newer version of kentongan or is damaged; run the newer version, or "
                "restore a backup");
  }
  std::vector<PlaceId> cities = processor_->reference().cities;
  std::erase_if(cities, [&](PlaceId id) { return !journal_.owns(processor_->reference().place(id).code); });
  engine.own(std::move(cities));
  engine.settle_rules(processor_->effects());
  offset_ = *offset;
  last_commit_ = Clock::now();
  observer_.restored(last_commit_ - started, engine);
  const std::lock_guard lock(mutex_);
  trouble_.clear();
  inputs_stall_ = {};
  return {};
}

void Shard::loop() {
  if (!processor_) {
    if (auto restored = restore(); !restored) recover(restored.error());
  }
  while (!stopping_) {
    pulse_->enter(Phase::answering);
    if (pending_ == 0) answer_questions();
    pulse();
    auto done = pending_ == 0 ? renew_if_asked() : Result<void>{};
    if (done) done = step();
    if (!done) recover(done.error());
  }
  if (pending_ > 0) (void)commit();
  refuse_questions();
}

Result<void> Shard::step() {
  pulse_->enter(Phase::waiting);
  auto records = journal_.poll(offset_, options_.batch, patience());
  if (!records) return tl::unexpected(records.error());
  if (journal_.moved()) return restore();
  pulse_->enter(Phase::applying);
  if (options_.wall) processor_->engine().follow_wall_clock(options_.wall(), processor_->effects());
  if (pending_ == 0) first_pending_ = Clock::now();
  for (ports::InputRecord& record : *records) take(record);
  return worth_committing() ? commit() : Result<void>{};
}

void Shard::take(ports::InputRecord& record) {
  const Verdict verdict = processor_->take(
      record.value, [&](std::string_view city) { return journal_.home_of(record.offset, city); }, record.trace.get());
  if (verdict == Verdict::dead_letter) {
    dead_letters_.emplace_back(processor_->effects().outputs.size() - 1, record.offset);
  } else if (verdict == Verdict::rekeyed) {
    const std::string& city = processor_->reference().place(processor_->elsewhere()).code;
    rekeyed_.push_back({record.offset, city, std::string(record.value.view())});
  }
  offset_ = record.offset;
  oldest_pending_ = pending_ == 0 ? record.received : std::min(oldest_pending_, record.received);
  ++pending_;
}

/// How long to wait for the next input.
Duration Shard::patience() const {
  if (pending_ == 0) return options_.wait;
  const auto left = options_.gather - std::chrono::duration_cast<Duration>(Clock::now() - first_pending_);
  return std::clamp(left, Duration{0}, options_.wait);
}

/// Without inputs or outputs only the clock moves: it is saved now and then.
bool Shard::worth_committing() const {
  const auto& outputs = processor_->effects().outputs;
  if (pending_ == 0 && outputs.empty()) {
    return options_.wall && Clock::now() - last_commit_ >= options_.idle_commit;
  }
  if (pending_ == 0 || pending_ >= options_.batch || Clock::now() - first_pending_ >= options_.gather) return true;
  if (stopping_ || is_asked()) return true;
  return std::any_of(outputs.begin(), outputs.end(),
                     [](const Output& output) { return std::holds_alternative<AlertStep>(output.data); });
}

Result<void> Shard::commit() {
  const auto started = Clock::now();
  pulse_->enter(Phase::committing);
  engine::Effects& effects = processor_->effects();
  ports::Commit commit;
  commit.next = offset_;
  commit.outputs = to_records(effects.outputs, processor_->reference(), journal_.keeps_alerts());
  for (const auto& [index, input] : dead_letters_) commit.outputs[index].input = input;
  commit.rekeyed = std::exchange(rekeyed_, {});
  for (engine::StateChange& change : processor_->engine().take_changes()) {
    commit.state.push_back(
        {{std::move(change.city), std::move(change.kind), std::move(change.key)}, std::move(change.value)});
  }
  if (auto done = journal_.commit(commit); !done) return done;
  last_commit_ = Clock::now();
  add_counts(counts_.rules, effects.rules);
  counts_.dropped_campaigns += effects.dropped_campaigns;
  const std::size_t records = std::exchange(pending_, 0);
  observer_.committed(processor_->tally(), effects.outputs, records, last_commit_ - started);
  if (records > 0 && oldest_pending_ != TimePoint{}) observer_.committed_since(oldest_pending_, records);
  processor_->reset_tally();
  effects.clear();
  dead_letters_.clear();
  return {};
}

/// Throws the engine away and restores it until that works or the shard is to end.
void Shard::recover(const Error& error) {
  observer_.commit_failed(error);
  {
    const std::lock_guard lock(mutex_);
    trouble_ = error.message;
  }
  pending_ = 0;
  while (!stopping_) {
    refuse_questions_now();
    pulse_->enter(Phase::resting);
    std::this_thread::sleep_for(options_.retry);
    auto restored = restore();
    if (restored) return;
    observer_.commit_failed(restored.error());
    const std::lock_guard lock(mutex_);
    trouble_ = restored.error().message;
  }
}

bool Shard::is_asked() const {
  const std::lock_guard lock(mutex_);
  return !questions_.empty() || !renewals_.empty();
}

void Shard::answer_questions() {
  std::vector<std::function<void(Processor*)>> questions;
  {
    const std::lock_guard lock(mutex_);
    questions.swap(questions_);
  }
  for (const auto& question : questions) question(processor_.get());
}

void Shard::refuse_questions_now() {
  std::vector<std::function<void(Processor*)>> questions;
  {
    const std::lock_guard lock(mutex_);
    questions.swap(questions_);
  }
  for (const auto& question : questions) question(nullptr);
}

void Shard::refuse_questions() {
  {
    const std::lock_guard lock(mutex_);
    ended_ = true;
    for (auto& done : renewals_) renewing_.push_back(std::move(done));
    renewals_.clear();
  }
  tell_renewed(false);
  refuse_questions_now();
}

void Shard::pulse() {
  const auto now = Clock::now();
  if (now - last_pulse_ < std::chrono::seconds(1)) return;
  last_pulse_ = now;
  look_at_inputs();
  observer_.pulse(processor_->engine(), counts_);
}

}  // namespace kentongan::app
