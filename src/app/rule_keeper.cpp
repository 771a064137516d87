// SPDX-License-Identifier: Apache-2.0
#include "app/rule_keeper.hpp"

#include <fmt/format.h>
#include <spdlog/spdlog.h>

#include <algorithm>
#include <utility>
#include <vector>

#include "app/rule_changes.hpp"
#include "rules/diagnostic_output.hpp"

namespace kentongan::app {
namespace {

using Clock = std::chrono::steady_clock;

/// Files that change while they are read are read again, but not for ever.
constexpr int kReads = 3;
/// Lines of the log about one reload.
constexpr std::size_t kShownChanges = 200;

ports::RulesCheck refused(ports::RulesCheck::Status status, std::string message) {
  return {status, {}, std::move(message)};
}

}  // namespace

RuleKeeper::RuleKeeper(RuleBook& book, KeeperPlan plan)
    : book_(book), plan_(std::move(plan)), debounce_(plan_.quiet, plan_.longest), thread_([this] { loop(); }) {
  if (!watch_.works()) {
    spdlog::warn("msg=\"changes of rule files are noticed late: inotify is not available\" seconds={}",
                 plan_.rescan.count() / 1000);
  }
}

RuleKeeper::~RuleKeeper() {
  stop();
  thread_.join();
}

void RuleKeeper::ask() {
  asked_ = true;
  watch_.wake();
}

void RuleKeeper::stop() {
  stopping_ = true;
  watch_.wake();
  refuse_checks();
}

void RuleKeeper::check(std::string name, std::string text, std::function<void(ports::RulesCheck)> done) {
  {
    const std::lock_guard lock(mutex_);
    if (!stopping_ && checks_.size() < plan_.most_checks) {
      checks_.push_back({std::move(name), std::move(text), std::move(done)});
      watch_.wake();
      return;
    }
  }
  using Status = ports::RulesCheck::Status;
  done(stopping_ ? refused(Status::unavailable, "the service stops")
                 : refused(Status::busy, "too many rule files are waiting to be checked; post it again in a moment"));
}

void RuleKeeper::refuse_checks() {
  std::deque<Check> waiting;
  {
    const std::lock_guard lock(mutex_);
    waiting.swap(checks_);
  }
  for (const Check& check : waiting) {
    check.done(refused(ports::RulesCheck::Status::unavailable, "the service stops"));
  }
}

void RuleKeeper::loop() {
  while (!stopping_) {
    if (watch_.wait(patience())) debounce_.changed(Clock::now());
    debounce_.set_writing(watch_.writing());
    if (stopping_) break;
    answer_checks();
    const auto now = Clock::now();
    const auto due = debounce_.due();
    if (const bool asked = asked_.exchange(false); asked || (due && *due <= now) || now - last_look_ >= plan_.rescan) {
      debounce_.clear();
      look(asked);
      last_look_ = Clock::now();
    }
  }
  refuse_checks();
}

std::chrono::milliseconds RuleKeeper::patience() const {
  if (asked_) return std::chrono::milliseconds(0);
  auto until = last_look_ + plan_.rescan;
  if (const auto due = debounce_.due()) until = std::min(until, *due);
  const auto left = std::chrono::duration_cast<std::chrono::milliseconds>(until - Clock::now());
  return std::max(left, std::chrono::milliseconds(0)) + std::chrono::milliseconds(1);
}

void RuleKeeper::answer_checks() {
  while (!stopping_) {
    Check check;
    {
      const std::lock_guard lock(mutex_);
      if (checks_.empty()) return;
      check = std::move(checks_.front());
      checks_.pop_front();
    }
    answer(check);
  }
}

void RuleKeeper::answer(const Check& check) {
  const auto running = book_.current();
  const std::filesystem::path& root = plan_.source.rules.front();
  const std::string name = (root / check.name).lexically_normal().string();
  std::vector<rules::SourceFile> files = *running->loaded.rules.sources;
  const auto same = std::find_if(files.begin(), files.end(), [&](const rules::SourceFile& file) {
    return std::filesystem::path(file.name).lexically_normal() == name;
  });
  if (same != files.end()) {
    same->text = check.text;
  } else {
    const auto behind = std::find_if(files.begin(), files.end(), [&](const auto& file) { return file.name > name; });
    files.insert(behind, {name, check.text});
  }
  const rules::Loaded loaded = rules::load(files, *running->loaded.reference);
  check.done({ports::RulesCheck::Status::answered, rules::to_json(loaded.diagnostics, loaded.files, loaded.rules), {}});
}

void RuleKeeper::look(bool asked) {
  // Watched first and stamped then: what changes from here on is seen.
  watch_.watch(folders_of(plan_.source));
  if (!asked && stamp_of(plan_.source) == examined_) return;
  const bool first = examined_.empty();
  auto next = read();
  if (stopping_) return;
  const auto running = book_.current();
  const bool as_started = next && next->loaded.ok() && next->version == running->version;
  if (first && !asked && as_started) return;
  ++looks_;
  if (!next) {
    ReloadOutcome outcome;
    outcome.good = false;
    outcome.when = plan_.now();
    outcome.message = next.error().message;
    return tell(std::move(outcome));
  }
  ReloadOutcome outcome = outcome_of(next->loaded, *running, plan_.now());
  if (outcome.good && would_lose_all(*next)) {
    outcome.good = false;
    outcome.message = without_rules(next->loaded, plan_.source.rules) + ", though there were some";
  }
  const bool good = outcome.good;
  const bool other = next->version != running->version;
  tell(std::move(outcome));
  if (good && other) take_over(*std::move(next));
}

/// All files as they are at one moment, as far as can be.
Result<RulesInUse> RuleKeeper::read() {
  for (int n = 1;; ++n) {
    examined_ = stamp_of(plan_.source);
    auto loaded = load_rules(plan_.source);
    RulesInUse next;
    if (loaded) {
      next.loaded = *std::move(loaded);
      next.version = version_of(next.loaded, plan_.source);
      next.since = plan_.now();
    }
    if (n < kReads && !stopping_ && stamp_of(plan_.source) != examined_) continue;
    if (!loaded) return tl::unexpected(loaded.error());
    return next;
  }
}

/// A folder that is not mounted looks like one without rules; whoever wants none can stop the service.
bool RuleKeeper::would_lose_all(const RulesInUse& next) const {
  return next.loaded.rules.rules == 0 && book_.current()->loaded.rules.rules > 0;
}

void RuleKeeper::take_over(RulesInUse next) {
  const auto running = book_.current();
  for (ChangedRule& rule : changed_rules(*running, next)) next.changed.push_back(std::move(rule.id));
  const auto taken = std::make_shared<const RulesInUse>(std::move(next));
  const std::vector<std::string> changes = rule_changes(*running, *taken);
  const std::size_t shown = std::min(changes.size(), kShownChanges);
  for (std::size_t i = 0; i < shown; ++i) spdlog::info("{}", changes[i]);
  if (shown < changes.size()) spdlog::info("msg=\"more changed\" count={}", changes.size() - shown);
  book_.replace(taken);
  plan_.swap([&book = book_, taken](bool swapped) {
    if (!swapped) return;
    book.open_door(taken);
    spdlog::info("msg=\"rules swapped\" version={} rules={}", taken->version, taken->loaded.rules.set->rules.size());
  });
}

void RuleKeeper::tell(ReloadOutcome outcome) {
  if (outcome.good) {
    spdlog::info("msg=\"rules checked\" ok=true warnings={}", outcome.warnings);
  } else {
    spdlog::error("msg=\"changed rules are wrong; the rules before stay in use\" errors={} owners=\"{}\" reason=\"{}\"",
                  outcome.errors, fmt::join(outcome.owners, ","), outcome.message);
    for (const rules::Diagnostic& one : outcome.diagnostics.all) {
      if (one.severity != rules::Severity::error) continue;
      spdlog::error("msg=\"wrong rule\" file=\"{}\" line={} column={} code={} error=\"{}\" hint=\"{}\"", one.file,
                    one.line, one.column, one.code, one.message.en, one.hint.en);
    }
  }
  plan_.tell(outcome);
  book_.note(std::move(outcome));
}

}  // namespace kentongan::app
