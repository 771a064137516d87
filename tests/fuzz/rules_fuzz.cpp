// SPDX-License-Identifier: Apache-2.0
// Any bytes as a rule file: findings or a rule set, never both missing, in bounded time and memory; each
// place lies in the file, and an index never changes what a set matches.
#include <cstddef>
#include <cstdint>
#include <cstdlib>
#include <string>
#include <vector>

#include "rules/diagnostic_output.hpp"
#include "rules/evaluator.hpp"
#include "rules/loader.hpp"
#include "rules/matcher.hpp"
#include "rules/message.hpp"
#include "support.hpp"

namespace {

using namespace kentongan;

void require(bool condition) {
  if (!condition) std::abort();
}

Event some_event() {
  Event event;
  Report report;
  report.area = PlaceId(7);
  report.category = rules::test_reference().find_category("intimidation");
  report.severity = 3;
  report.reporter = Actor{"a", "rw"};
  event.city = PlaceId(0);
  event.data = report;
  return event;
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const std::string text(reinterpret_cast<const char*>(data), size);
  const rules::Loaded loaded = rules::load({{"fuzz.yaml", text}}, rules::test_reference());
  require((loaded.set == nullptr) == loaded.diagnostics.has_errors());
  for (const rules::Diagnostic& found : loaded.diagnostics.all) {
    require(found.line >= 1 && found.column >= 1 && static_cast<std::size_t>(found.line) <= size + 1);
  }
  require(!rules::to_json(loaded.diagnostics, loaded.files, loaded.rules).empty());
  require(rules::to_text(loaded.diagnostics).empty() == loaded.diagnostics.all.empty());
  if (loaded.set == nullptr) return 0;
  const rules::Matcher matcher(*loaded.set, rules::test_reference());
  const Event event = some_event();
  rules::Situation situation;
  situation.event = &event;
  situation.place = event.report()->area;
  rules::Evaluator evaluator(rules::test_reference());
  evaluator.begin(situation);
  std::vector<rules::Match> fast;
  std::vector<rules::Match> slow;
  std::vector<RuleCounts> counts(loaded.set->rules.size());
  matcher.match(event, evaluator, fast, counts);
  matcher.match_by_full_scan(event, slow, counts);
  const auto when_of = [&](const rules::Match& match) { return matcher.condition(match).when.get(); };
  std::erase_if(fast, [&](const rules::Match& match) {
    return when_of(match) != nullptr && evaluator.holds_deferred(*when_of(match)) != rules::Outcome::yes;
  });
  std::erase_if(slow, [&](const rules::Match& match) {
    return when_of(match) != nullptr && evaluator.holds_by_program(*when_of(match)) != rules::Outcome::yes;
  });
  require(fast == slow);
  for (const rules::Rule& rule : loaded.set->rules) (void)rules::render(rule.alert.message_id, evaluator, situation);
  return 0;
}
