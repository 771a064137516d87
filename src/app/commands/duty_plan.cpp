// SPDX-License-Identifier: Apache-2.0
#include <fmt/format.h>
#include <unistd.h>

#include "app/alert_lines.hpp"
#include "app/commands/alert_commands.hpp"
#include "app/commands/engine_options.hpp"
#include "app/commands/terminal.hpp"
#include "app/emit.hpp"
#include "app/exit_codes.hpp"
#include "app/plan_json.hpp"
#include "duty/planner.hpp"

namespace kentongan::app {
namespace {

Result<Duration> duration_of(const char* option, const std::string& text) {
  if (const auto duration = parse_duration(text)) return *duration;
  return fail(Error::Kind::usage, fmt::format("--{}: \"{}\" is no duration; write 30s or 15m", option, text));
}

Result<duty::Settings> settings_of(const DutyPlanArguments& arguments) {
  const auto wait = duration_of("group-wait", arguments.group_wait);
  if (!wait) return tl::unexpected(wait.error());
  const auto window = duration_of("group-window", arguments.group_window);
  if (!window) return tl::unexpected(window.error());
  return duty::Settings{*wait, *window};
}

/// Writes what is planned, in its order.
class Sink {
 public:
  explicit Sink(const Reference& reference) : reference_(reference), out_(STDOUT_FILENO) {}

  void drain(duty::Plan& plan) {
    for (const duty::Delivery& delivery : plan.deliveries) {
      append_delivery(out_.buffer(), delivery, reference_);
      end_line();
    }
    for (const duty::NobodyOnDuty& nobody : plan.nobody) {
      append_nobody(out_.buffer(), nobody, reference_);
      end_line();
    }
    plan = {};
  }
  [[nodiscard]] bool finish() { return out_.flush(); }

 private:
  void end_line() {
    out_.buffer() += '\n';
    out_.flush_if_large();
  }
  const Reference& reference_;
  LineWriter out_;
};

Result<void> plan_all(const DutyPlanArguments& arguments, const rules::LoadedReference& loaded,
                      const duty::Settings& settings, std::optional<TimePoint> until) {
  duty::Planner planner(loaded.roster, loaded.reference, settings);
  duty::Plan plan;
  Sink sink(*loaded.reference);
  const auto read = each_alert(arguments.input, [&](const explain::CommittedStep& step) -> Result<void> {
    if (until && step.time > *until) return {};
    planner.take(step.id, step.step, step.time, plan);
    sink.drain(plan);
    return {};
  });
  if (!read) return read;
  if (until) {
    planner.advance(*until, plan);
  } else {
    while (const auto next = planner.next_due()) planner.advance(*next, plan);
  }
  sink.drain(plan);
  if (!sink.finish()) return fail(Error::Kind::failed, "cannot write to standard output");
  return {};
}

}  // namespace

int duty_plan(const DutyPlanArguments& arguments) {
  const auto settings = settings_of(arguments);
  if (!settings) return complain("duty plan", settings.error());
  EngineArguments engine;
  engine.until = arguments.until;
  const auto until = until_of(engine);
  if (!until) return complain("duty plan", until.error());
  const auto loaded = load_places(arguments.source);
  if (!loaded) return complain("duty plan", loaded.error());
  if (const auto planned = plan_all(arguments, *loaded, *settings, *until); !planned) {
    return complain("duty plan", planned.error());
  }
  return kGood;
}

}  // namespace kentongan::app
