// SPDX-License-Identifier: Apache-2.0
#include "app/shard.hpp"

#include <utility>

#include "app/emit.hpp"
#include "codec/writer.hpp"

namespace kentongan::app {
namespace {

using Clock = std::chrono::steady_clock;

ports::OutputRecord to_record(const Output& output, const Reference& reference) {
  ports::OutputRecord record;
  record.topic = topic_of(output);
  record.id = output.id;
  record.subject = output.subject;
  record.time = output.time;
  codec::write_output(record.value, output, reference);
  if (const auto* step = std::get_if<AlertStep>(&output.data)) {
    record.alert = step->alert.value();
    record.step = name_of(step->step);
    record.state = name_of(step->state);
    codec::write_alert_data(record.data, *step, reference);
  }
  return record;
}

}  // namespace

std::vector<ports::OutputRecord> to_records(const std::vector<Output>& outputs, const Reference& reference) {
  std::vector<ports::OutputRecord> records;
  records.reserve(outputs.size());
  for (const Output& output : outputs) records.push_back(to_record(output, reference));
  return records;
}

Shard::Shard(ports::Journal& journal, MakeProcessor make, std::function<void()> interrupt, ShardOptions options,
             ShardObserver& observer)
    : journal_(journal),
      make_(std::move(make)),
      interrupt_(std::move(interrupt)),
      options_(std::move(options)),
      observer_(observer) {}

Shard::~Shard() { stop(); }

Result<void> Shard::start() {
  if (auto restored = restore(); !restored) return restored;
  thread_ = std::thread([this] { loop(); });
  return {};
}

void Shard::stop() {
  stopping_ = true;
  interrupt_();
  if (thread_.joinable()) thread_.join();
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

std::string Shard::trouble() const {
  const std::lock_guard lock(mutex_);
  return trouble_;
}

Result<void> Shard::restore() {
  processor_ = make_();
  engine::Engine& engine = processor_->engine();
  bool readable = true;
  const auto offset = journal_.restore([&](const ports::StateKey& key, std::string_view value) {
    readable = engine.restore(key.city, key.kind, key.key, value) && readable;
  });
  if (!offset) return tl::unexpected(offset.error());
  if (!readable || !engine.finish_restore()) {
    return fail(Error::Kind::failed,
                "the saved state was written by a newer version of kentongan or is damaged; run the newer version, or "
                "restore a backup");
  }
  offset_ = *offset;
  last_commit_ = Clock::now();
  const std::lock_guard lock(mutex_);
  trouble_.clear();
  return {};
}

void Shard::loop() {
  while (!stopping_) {
    answer_questions();
    pulse();
    if (auto done = step(); !done) recover(done.error());
  }
  refuse_questions();
}

Result<void> Shard::step() {
  auto records = journal_.poll(offset_, options_.batch, options_.wait);
  if (!records) return tl::unexpected(records.error());
  if (options_.wall) processor_->engine().follow_wall_clock(options_.wall(), processor_->effects());
  for (const ports::InputRecord& record : *records) {
    processor_->take(record.value);
    offset_ = record.offset;
  }
  return worth_committing(records->size()) ? commit(records->size()) : Result<void>{};
}

/// Without inputs or outputs only the clock moves: it is saved now and then.
bool Shard::worth_committing(std::size_t records) const {
  if (records > 0 || !processor_->effects().outputs.empty()) return true;
  return options_.wall && Clock::now() - last_commit_ >= options_.idle_commit;
}

Result<void> Shard::commit(std::size_t records) {
  const auto started = Clock::now();
  engine::Effects& effects = processor_->effects();
  ports::Commit commit;
  commit.next = offset_;
  commit.outputs = to_records(effects.outputs, processor_->reference());
  for (engine::StateChange& change : processor_->engine().take_changes()) {
    commit.state.push_back(
        {{std::move(change.city), std::move(change.kind), std::move(change.key)}, std::move(change.value)});
  }
  if (auto done = journal_.commit(commit); !done) return done;
  last_commit_ = Clock::now();
  matches_.resize(effects.matches.size());
  late_.resize(effects.late.size());
  errors_.resize(effects.failed.size());
  for (std::size_t i = 0; i < effects.matches.size(); ++i) matches_[i] += effects.matches[i];
  for (std::size_t i = 0; i < effects.late.size(); ++i) late_[i] += effects.late[i];
  for (std::size_t i = 0; i < effects.failed.size(); ++i) errors_[i] += effects.failed[i];
  observer_.committed(processor_->tally(), effects.outputs, records, last_commit_ - started);
  processor_->reset_tally();
  effects.clear();
  return {};
}

/// Throws the engine away and restores it until that works or the shard is to end.
void Shard::recover(const Error& error) {
  observer_.commit_failed(error);
  {
    const std::lock_guard lock(mutex_);
    trouble_ = error.message;
  }
  while (!stopping_) {
    refuse_questions_now();
    std::this_thread::sleep_for(options_.retry);
    auto restored = restore();
    if (restored) return;
    observer_.commit_failed(restored.error());
    const std::lock_guard lock(mutex_);
    trouble_ = restored.error().message;
  }
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
  }
  refuse_questions_now();
}

void Shard::pulse() {
  const auto now = Clock::now();
  if (now - last_pulse_ < std::chrono::seconds(1)) return;
  last_pulse_ = now;
  observer_.pulse(processor_->engine(), matches_, late_, errors_);
}

}  // namespace kentongan::app
