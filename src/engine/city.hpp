// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <deque>
#include <map>
#include <memory>
#include <optional>
#include <queue>
#include <set>
#include <span>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

#include "domain/event.hpp"
#include "domain/output.hpp"
#include "engine/absence.hpp"
#include "engine/calendar.hpp"
#include "engine/campaigns.hpp"
#include "engine/context.hpp"
#include "engine/custody.hpp"
#include "engine/effects.hpp"
#include "engine/interner.hpp"
#include "engine/kept_event.hpp"
#include "engine/ledger.hpp"
#include "engine/patterns.hpp"
#include "engine/records.hpp"
#include "engine/voice.hpp"
#include "rules/evaluator.hpp"

namespace kentongan::engine {

/// All state of one city, and what events and time do to it. Pure: no I/O, no clock of its own.
///
/// The parts of its implementation, a file each:
///   city_events.cpp       an event comes: clock, duplicates, lateness, what kind it is
///   city_matching.cpp     which rules an event satisfies
///   city_reports.cpp      reports: voice, scores, corrections, refutations
///   city_levels.cpp       levels of places, and level rules
///   city_conditions.cpp   who takes part in which scope; check and count rules: windows, when they hold
///   city_sequences.cpp    sequence rules
///   city_absences.cpp     absence rules: after an event, and of each member by a moment of the calendar
///   city_spikes.cpp       spike rules
///   city_campaigns.cpp    campaign entries, clash and quota rules
///   city_episodes.cpp     the life of an alert, its texts and steps
///   city_actions.cpp      what officers do with alerts
///   city_rules_changed.cpp  what follows when state was saved under other rules
///   city_deadlines.cpp    time passes: ends, escalations, falling levels, forgetting
///   city_state.cpp, city_restore.cpp, city_state_patterns.cpp   saving and restoring
///   city_histories.cpp    the same of what is known of consignments and campaign entries
class City final : private rules::RiskView {
 public:
  /// The evaluator is used while an event is applied or a deadline takes effect; cities may share one.
  City(const Context& context, rules::Evaluator& evaluator, PlaceId id);
  City(City&&) = delete;

  /// Judges and applies one event of this city. Outputs are appended to `effects`. `ahead`: the event is
  /// further ahead of the wall clock than is tolerated.
  [[nodiscard]] Judged apply(const Event& event, bool ahead, Effects& effects);
  /// Moves the clock to `now` (never back); all deadlines up to and including it take effect.
  void advance(TimePoint now, Effects& effects);
  /// With a wall clock a city exists before its first event.
  void start(TimePoint now);

  [[nodiscard]] bool started() const noexcept { return clock_.has_value(); }
  [[nodiscard]] TimePoint clock() const { return *clock_; }
  [[nodiscard]] PlaceId id() const noexcept { return id_; }

  [[nodiscard]] PlaceView view(PlaceId place, std::size_t contributions) const;
  [[nodiscard]] Level level(PlaceId place) const override { return places_[local(place)].level; }
  /// The pattern of a rule and scope, for tests and explanations; null: nothing is known.
  [[nodiscard]] std::vector<const Pattern*> patterns_of(RuleIndex rule) const;
  /// Of an absence rule: how many events in the scope wait for an answer.
  [[nodiscard]] std::size_t waiting(const Pattern& pattern) const { return unanswered_in(pattern).size(); }
  /// How many campaign entries count for a clash or quota rule.
  [[nodiscard]] std::size_t entries_for(RuleIndex rule) const;
  [[nodiscard]] std::string_view scope_key(const Pattern& pattern) const {
    return pattern.scope.key(context_.reference());
  }
  [[nodiscard]] std::size_t remembered() const noexcept { return records_.size(); }
  /// Calls `visit` for each open alert, in no particular order.
  template <class Visit>
  void visit_open(Visit visit) const {
    for (const auto& [alert, pattern] : open_alerts_) visit(*patterns_.at(pattern).episode);
  }

  /// State that changed since the last call. Values are opaque bytes of a versioned schema.
  void collect_changes(std::vector<StateChange>& changes);
  /// Restoring: each saved record once, in any order, then finish_restore().
  /// False: not readable, or written by a newer version.
  [[nodiscard]] bool restore(std::string_view kind, std::string_view key, std::string_view value);
  [[nodiscard]] bool finish_restore();
  /// After a restore: what follows at once from rules that are not those under which the state was saved. Alerts that
  /// no rule speaks of any more expire, and level rules look at the levels. Nothing, when the rules are the same.
  void settle_rules(Effects& effects);
  /// What the last restore kept and dropped, by rule id.
  [[nodiscard]] const std::map<std::string, RuleStateKept, std::less<>>& kept() const noexcept { return kept_; }

 private:
  friend class Insight;  ///< reads all of it, for people who ask why

  /// An open alert that no rule speaks of any more.
  struct Abandoned {
    enum class Why : std::uint8_t { rule_removed, rule_changed, place_removed };
    std::string rule;
    Scope scope;
    bool shadow = false;
    Why why = Why::rule_removed;
    std::unique_ptr<Episode> episode;
  };
  /// What was seen again later (first named by a correction, then come) is forgotten only with its last entry.
  struct Remembered {
    RecordId record;
    TimePoint seen;
  };
  struct PlaceState {
    Level level = Level::aman;
    std::optional<TimePoint> scheduled;  ///< full minute at which it will be looked at
    bool dirty = false;
  };
  struct Deadline {
    enum class Kind : std::uint8_t { pattern, place, calendar };
    TimePoint time;
    Kind kind = Kind::pattern;
    std::uint32_t target = 0;  ///< PatternId, local index of a place, or RuleIndex
    friend bool operator>(const Deadline& a, const Deadline& b) { return a.time > b.time; }
  };
  /// How a level is looked at: by hysteresis; only downwards; or anew, without hysteresis.
  enum class Look : std::uint8_t { normal, down, anew };
  /// Events of a sequence rule around one moment, with their records.
  struct Nearby {
    std::vector<SequenceEvent> events;
    std::vector<RecordId> records;
    [[nodiscard]] std::vector<RecordId> records_of(const Run& run) const;
    [[nodiscard]] std::size_t position(RecordId record) const;
  };
  /// How a condition that lasts is looked at: after an event, at a deadline, or because something was taken out, which
  /// begins nothing.
  enum class Begin : std::uint8_t { event, deadline, taking_out };
  static constexpr std::uint32_t kAsks = 1;
  static constexpr std::uint32_t kAnswers = 2;
  /// An entry that a record had in a pattern's window before it was taken out.
  struct Earlier {
    PatternId pattern;
    Window::Entry entry;
  };
  /// What is asked of a pair of campaign entries: all, or all but `when`, whose answer can change with time.
  enum class Judge : std::uint8_t { whole, but_when };
  /// A clash or a quota that holds: for whom, until when at the latest, how many, and the entries behind it, in the
  /// order of events.
  struct Held {
    RuleIndex rule;
    ScopeRef scope;
    TimePoint until;
    WindowSize size;
    std::vector<RecordId> behind;
  };
  struct SettledVoice {
    TimePoint time;
    PlaceId area;
    Interner::Id reporter;
  };

  // city_events.cpp
  [[nodiscard]] std::optional<Judged> judge(const Event& event, bool ahead);
  void apply_accepted(const Event& event, bool late);
  [[nodiscard]] bool is_duplicate(const Event& event) const;
  void move_clock(TimePoint now);
  void begin_outputs();
  void flush_outputs();
  [[nodiscard]] Judged unknown_alert(const Event& event, const Action& action) const;
  [[nodiscard]] Judged reject(RejectReason reason, const Event& event, std::string pointer, std::string message) const;
  void part_from_awaited(const Event& event);
  RecordId remember(const Event& event, TimePoint seen);

  // city_matching.cpp
  void match(const Event& event, TimePoint time);
  void look_back(const Event& event, const Consignment& consignment);
  [[nodiscard]] std::optional<TimePoint> stage_time(const Event& event, TimePoint time) const;
  [[nodiscard]] bool runs_at(RuleIndex rule, TimePoint time) const;
  void keep_in_stages(const Event& event, TimePoint time);
  void settle_matches(bool of_scores);
  void explain(const Event& event);

  // city_reports.cpp
  void apply_report(const Event& event, const Report& report, bool late);
  void apply_correction(const Event& event, const Report& report, bool late);
  [[nodiscard]] RecordId target_of(RecordId own, const Event& event, const Report& report);
  RecordId await_report(RecordId created);
  std::vector<Earlier> join(RecordId own, RecordId root, const CorrectionKey& key);
  std::vector<Earlier> adopt(RecordId from, RecordId root);
  void stand(RecordId id, const Report& report);
  void stand_again(RecordId id);
  std::vector<Earlier> take_out(RecordId id);
  void rerank(RecordId id, std::uint32_t rank);
  void score_shares(Record& record, const Report& report);
  [[nodiscard]] double added_by(RuleIndex rule);

  // city_levels.cpp
  void look_at_touched(Look look, bool begins);
  void look_at_areas(const std::vector<PlaceId>& areas, Look look, bool begins);
  [[nodiscard]] bool has_own_level(PlaceId place) const;
  [[nodiscard]] Level new_level(PlaceId place, Look look, TimePoint now) const;
  [[nodiscard]] Level highest_level(PlaceId place) const;
  void set_level(PlaceId place, Level current, TimePoint now);
  void schedule_fall(PlaceId place, TimePoint now, bool anew);
  void apply_level_rules(PlaceId place, Level previous, TimePoint now, Look look, bool begins);
  void enter_level(PatternId id, TimePoint now, bool begins);
  void leave_level(PatternId id, TimePoint now, Look look);
  void begin_level(PatternId id, TimePoint now, bool by_event);

  // city_conditions.cpp
  void apply_conditions(RecordId record, const Event& event, bool late, std::span<const Earlier> earlier);
  void take_part(std::span<const rules::Match> parts, RecordId record, const Event& event, bool late,
                 std::span<const Earlier> earlier);
  void scopes_for(const rules::Match& match, const Event& event);
  void take_part_in(PatternId id, Interner::Id value, RecordId record, const Event& event,
                    std::span<const Earlier> earlier);
  void join_pattern(PatternId id, RecordId record, const Event& event, Interner::Id value);
  Window::Inserted add_entry(PatternId id, RecordId record, Interner::Id value);
  void keep_if_told(PatternId id, RecordId record, const Event& event, Interner::Id value);
  void begin(PatternId id, const Event* event, bool by_event, WindowSize size, std::vector<RecordId> behind);
  void release_value(PatternId id, const Window::Entry& entry);
  [[nodiscard]] TimePoint last_hold(const Pattern& pattern, std::uint64_t after) const;
  void settle_withdrawal(const Earlier& entry);
  TimePoint drop_front(PatternId id);
  [[nodiscard]] std::optional<Interner::Id> distinct_value(const RuleTraits& rule, RecordId record, const Event& event);
  [[nodiscard]] std::optional<std::string> field_text(const Event& event, FieldId field) const;
  void enter(PatternId id, RecordId record, const Event& event, Interner::Id value);
  void event_holds(PatternId id, std::size_t at, const Event& event);
  void reenter(RecordId record, const Earlier& earlier);
  std::vector<Earlier> leave_windows(RecordId record);
  [[nodiscard]] TimePoint held_until(const Pattern& pattern) const;
  void settle_withdrawals(std::span<const Earlier> left);
  void evict(PatternId id, TimePoint now);
  TimePoint drop_entries(PatternId id, TimePoint now);

  // city_sequences.cpp
  template <class Arrived>
  [[nodiscard]] Nearby nearby(const Pattern& pattern, TimePoint moment, Arrived arrived) const;
  void enter_sequence(PatternId id, RecordId record, const Event& event);
  void close_sequences(PatternId id, TimePoint now);
  [[nodiscard]] std::optional<TimePoint> next_closing(const Pattern& pattern) const;
  [[nodiscard]] TimePoint last_sequence_hold(const Pattern& pattern, std::uint64_t after) const;
  [[nodiscard]] TimePoint settled_sequence_hold(const Pattern& pattern) const;

  // city_absences.cpp
  [[nodiscard]] std::vector<AbsenceEvent> absence_events(const Pattern& pattern, bool all) const;
  [[nodiscard]] std::vector<RecordId> unanswered_in(const Pattern& pattern) const;
  void look_at_absence(PatternId id, Begin how, const Event* event, RecordId own);
  void end_waiting(PatternId id);
  [[nodiscard]] std::optional<TimePoint> next_overdue(const Pattern& pattern) const;
  void withdraw_absence(PatternId id);
  void schedule_calendar(TimePoint started);
  [[nodiscard]] std::optional<TimePoint> missed_until(const Pattern& pattern) const;
  void look_at_member(PatternId id, Begin how, const Event* event);
  void gather_missed(RuleIndex rule, std::vector<PatternId>& missed);
  [[nodiscard]] bool is_member(const rules::MemberAbsenceBlock& block, const ScopeRef& scope) const;
  void see_consignment(const Event& event);
  [[nodiscard]] bool member_needed(const Pattern& pattern) const;
  [[nodiscard]] std::optional<TimePoint> member_forgotten(const Pattern& pattern) const;

  // city_spikes.cpp
  [[nodiscard]] DailyCounts::Day local_day(TimePoint time) const;
  [[nodiscard]] TimePoint day_end(TimePoint time) const;
  void count_day(PatternId id, RecordId record, std::int64_t sign);
  void enter_spike(PatternId id, RecordId record, const Event& event);
  void settle_days(Pattern& pattern);
  [[nodiscard]] TimePoint last_spike_hold(const Pattern& pattern, std::uint64_t after) const;
  [[nodiscard]] std::optional<TimePoint> days_forgotten(const Pattern& pattern) const;

  // city_campaigns.cpp
  void plan(RecordId version, const Event& event);
  void leave_plan(RecordId version);
  void forget_campaigns();
  [[nodiscard]] bool counts_for(RuleIndex rule, Campaigns::Id entry) const;
  [[nodiscard]] std::vector<Held> held_through(RecordId version) const;
  [[nodiscard]] std::vector<Held> looks_of_version(RecordId version, Judge judge) const;
  void add_clashes(RuleIndex rule, const rules::ClashBlock& clash, RecordId version, Judge judge,
                   std::vector<Held>& holds) const;
  [[nodiscard]] bool pair_holds(RuleIndex rule, const rules::Expression& when, RecordId one, RecordId other) const;
  void add_quotas(RuleIndex rule, const rules::QuotaBlock& quota, RecordId version, std::vector<Held>& holds) const;
  [[nodiscard]] std::vector<Campaigns::Id> quota_entries(RuleIndex rule, const rules::QuotaBlock& quota, PlaceId place,
                                                         LocalDays days) const;
  [[nodiscard]] std::optional<Held> quota_on(RuleIndex rule, const rules::QuotaBlock& quota, PlaceId place,
                                             LocalDay day, std::span<const Campaigns::Id> entries) const;
  void look_again(const Held& held);
  void hold(const Held& held, const Event& event);
  void end_lasting(PatternId id, TimePoint now, AlertStepKind step, const Reason& reason);

  // city_episodes.cpp
  void fire(PatternId id, TimePoint now, const Event* event, WindowSize size, std::vector<RecordId> behind);
  void raise(PatternId id, TimePoint now, Level level);
  void close(PatternId id, TimePoint now, AlertStepKind step, Reason reason, bool to_nobody, const Event* action);
  void write_step(PatternId id, TimePoint now, AlertStepKind step, Reason reason, std::vector<std::string> to,
                  const Event* action);
  void note_closed(const std::string& alert, TimePoint now);
  [[nodiscard]] static AlertStep alert_step(std::string rule, Scope scope, const Episode& episode, AlertStepKind kind);
  void write(AlertStep step, Episode& episode, TimePoint now);
  [[nodiscard]] AlertId new_alert_id(const Pattern& pattern, TimePoint now) const;
  [[nodiscard]] rules::Situation situation_of_alert(const Pattern& pattern, TimePoint now, const Event* event) const;
  [[nodiscard]] std::optional<rules::Cause> cause_of(PlaceId place, TimePoint now) const;
  [[nodiscard]] AlertText render_texts(const Pattern& pattern, TimePoint now, const Event* event,
                                       const Episode& episode, const std::vector<RecordId>& behind) const;
  [[nodiscard]] std::vector<std::string> recipients(const Pattern& pattern, Level level,
                                                    const std::vector<RecordId>& behind) const;
  void describe_events(Episode& episode, const std::vector<RecordId>& behind, const Pattern& pattern) const;
  [[nodiscard]] PlaceId place_of_scope(const Pattern& pattern) const;
  [[nodiscard]] PlaceId place_behind(const std::vector<RecordId>& behind, const Pattern& pattern) const;
  [[nodiscard]] std::int64_t reporters_among(const std::vector<RecordId>& records) const;
  void emit(Output output);

  // city_actions.cpp
  void apply_action(const Event& event, const Action& action);
  void end_by_officer(PatternId id, const Event& event, const Action& action);
  void refute_reports(std::span<const std::string> sources, std::span<const std::string> ids, const Event& action);
  [[nodiscard]] bool can_refute(RecordId root, const CorrectionKey& key) const;
  [[nodiscard]] bool knows_alert(std::string_view alert) const;

  // city_deadlines.cpp
  void run_deadlines(TimePoint until);
  void run_moment(TimePoint moment);
  void end_if_due(PatternId id, TimePoint now);
  void notify_if_due(PatternId id, TimePoint now);
  void begin_if_due(PatternId id, TimePoint now);
  void fall_if_due(std::span<const std::size_t> places, TimePoint now);
  void schedule(PatternId id);
  [[nodiscard]] std::optional<TimePoint> next_due(const Pattern& pattern) const;
  [[nodiscard]] std::optional<TimePoint> next_begin(const Pattern& pattern, TimePoint due) const;
  void free_if_idle(PatternId id);
  void forget();
  void hand_on_key(RecordId forgotten);
  void settle(RecordId id);

  // city_state.cpp
  void put(RecordId id);
  void mark(PatternId id);
  void save_records(std::vector<StateChange>& changes);
  void save_patterns(std::vector<StateChange>& changes);
  void save_places(std::vector<StateChange>& changes);
  void save_closed(std::vector<StateChange>& changes);
  // city_rules_changed.cpp
  void note_kept(const Pattern& pattern);
  void end_abandoned(Abandoned& abandoned);
  void look_at_level_rules();
  // city_histories.cpp
  void save_histories(std::vector<StateChange>& changes);
  [[nodiscard]] bool restore_consignment(std::string_view key, std::string_view value);
  [[nodiscard]] bool restore_campaign_starts(std::string_view key, std::string_view value);
  void retire_chunks(std::vector<StateChange>& changes);
  [[nodiscard]] std::string state_key(const Pattern& pattern) const;
  class ChunkWriter;
  class ChunkReader;
  [[nodiscard]] bool restore_pattern(std::string_view key, std::string_view value);
  [[nodiscard]] bool restore_place(std::string_view key, std::string_view value);
  [[nodiscard]] std::optional<ScopeRef> saved_scope(std::uint32_t kind, const std::string& key) const;

  [[nodiscard]] std::size_t local(PlaceId place) const { return place.value() - id_.value(); }
  [[nodiscard]] PlaceId global(std::size_t local) const {
    return PlaceId{static_cast<std::uint32_t>(local + id_.value())};
  }
  [[nodiscard]] const std::string& code() const { return context_.reference().place(id_).code; }
  [[nodiscard]] const LocalZone& zone() const { return *context_.reference().place(id_).zone; }
  [[nodiscard]] double score(PlaceId place) const override { return ledger_.score(place, *clock_); }

  const Context& context_;
  rules::Evaluator& evaluator_;
  PlaceId id_;
  std::optional<TimePoint> clock_;
  std::optional<TimePoint> started_;  ///< the clock at its first event
  bool restoring_ = false;
  TimePoint restored_at_ = TimePoint::min();  ///< the clock at the last restore
  Interner texts_;
  Records records_{texts_};
  Voice voice_;
  Ledger ledger_;
  Patterns patterns_;
  Campaigns campaigns_{records_, context_.reference()};
  std::vector<PlaceState> places_;
  std::priority_queue<Deadline, std::vector<Deadline>, std::greater<Deadline>> deadlines_;
  std::deque<Remembered> memory_;  ///< accepted events, oldest first; each uses its record
  std::map<RuleIndex, std::vector<WaitingTime>> waiting_times_;  ///< of member_rules()
  std::deque<SettledVoice> settled_voices_;                      ///< times that still count for ranks
  std::unordered_map<std::string, PatternId> open_alerts_;
  std::unordered_map<std::string, TimePoint> closed_alerts_;
  std::deque<std::pair<TimePoint, std::string>> closed_order_;
  Histories<CustodyStep> custody_{context_.options().durable};            ///< by consignment
  Histories<CampaignStart> campaign_starts_{context_.options().durable};  ///< by campaign entry
  std::uint64_t arrivals_ = 0;
  std::uint64_t outputs_ = 0;  ///< risk events written, for their ids

  Effects* effects_ = nullptr;  ///< of the call in hand
  bool in_event_ = false;       ///< outputs are gathered and sorted at the end of the event
  std::vector<Output> risk_outputs_, alert_outputs_;
  bool levels_apart_ = false;                    ///< a kecamatan or the city was restored with a level of its own
  bool weights_fell_ = false;                    ///< a report that came out of order lowered the weight of later ones
  bool first_answer_ = false;                    ///< of the alert to which an officer answers
  std::optional<TimePoint> first_symptom_;       ///< of the alert that is being fired
  std::vector<rules::Match> matched_;            ///< scratch
  rules::Situation situation_;                   ///< of the event in hand
  std::unique_ptr<KeptEvent> previous_, first_;  ///< of its consignment
  std::vector<ScopeRef> scopes_;                 ///< scratch
  // What is to be saved.
  struct SavedChunk {
    std::uint64_t number;
    TimePoint clock;
    std::vector<RecordId> records;
  };
  std::uint64_t next_chunk_ = 1;
  std::string saved_city_;
  std::vector<std::pair<std::uint64_t, std::string>> waiting_chunks_;  ///< while restoring
  // Of the last restore, when the rules had changed:
  std::map<std::string, RuleStateKept, std::less<>> kept_;
  std::vector<Abandoned> abandoned_;
  std::set<RuleIndex> emptied_;         ///< while restoring: rules some of whose windows lost events
  bool levels_changed_ = false;         ///< level rules are not those of before
  std::optional<double> voice_before_;  ///< the factor by which what was saved was weighed
  std::set<PatternId> taken_out_;       ///< while restoring: see Window::taken_out()
  std::deque<SavedChunk> chunks_;
  std::vector<RecordId> changed_records_;
  std::vector<PatternId> dirty_patterns_;
  std::vector<std::string> new_closed_;  ///< alerts that were closed since the last save
  std::vector<std::string> forgotten_closed_;
  std::vector<std::string> freed_patterns_;  ///< state keys of patterns that are gone
};

}  // namespace kentongan::engine
