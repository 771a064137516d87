// SPDX-License-Identifier: Apache-2.0
// The hot path, from bytes to the conditions that an event satisfies, takes no memory once it is warm: every allocation
// of this program is counted. A binary of its own, because `operator new` is one of the whole program.
#include <cstdlib>
#include <fstream>
#include <new>
#include <string>
#include <vector>

#include <gtest/gtest.h>

#include "codec/decoder.hpp"
#include "rules/loader.hpp"
#include "rules/matcher.hpp"
#include "rules/reference_loader.hpp"

namespace {

std::size_t allocations = 0;

void* counted(std::size_t bytes) {
  ++allocations;
  void* memory = std::malloc(bytes == 0 ? 1 : bytes);
  if (memory == nullptr) throw std::bad_alloc();
  return memory;
}

}  // namespace

void* operator new(std::size_t bytes) { return counted(bytes); }
void* operator new[](std::size_t bytes) { return counted(bytes); }
void operator delete(void* memory) noexcept { std::free(memory); }
void operator delete[](void* memory) noexcept { std::free(memory); }
void operator delete(void* memory, std::size_t) noexcept { std::free(memory); }
void operator delete[](void* memory, std::size_t) noexcept { std::free(memory); }

namespace kentongan::rules {
namespace {

const std::string kSource = KENTONGAN_SOURCE_DIR;

/// A city where nothing has a risk.
class Calm : public RiskView {
 public:
  [[nodiscard]] double score(PlaceId) const override { return 0; }
  [[nodiscard]] Level level(PlaceId) const override { return Level::aman; }
};

std::vector<std::string> lines_of(const std::string& name) {
  std::ifstream file(name);
  std::vector<std::string> lines;
  for (std::string line; std::getline(file, line);) lines.push_back(line);
  return lines;
}

TEST(Allocations, AreNoneForAnEventOnceWarm) {
  const auto reference = load_reference(kSource + "/rules/reference").reference;
  ASSERT_NE(reference, nullptr);
  const auto loaded = load_paths({kSource + "/rules"}, *reference);
  ASSERT_TRUE(loaded && loaded->set != nullptr);
  const Matcher matcher(*loaded->set, *reference);
  Evaluator evaluator(*reference);
  codec::Decoder decoder(reference);
  const Calm calm;
  std::vector<Match> matched;
  std::vector<RuleCounts> counts(loaded->set->rules.size());
  auto lines = lines_of(kSource + "/deploy/example/malang-day.ndjson");
  std::erase_if(lines, [&](const std::string& line) { return !decoder.decode(line); });  // what is refused is told
  ASSERT_GT(lines.size(), 100U);

  std::size_t held = 0;
  const auto judge = [&](const std::string& line) {
    const auto event = decoder.decode(line);
    if (!event) return;
    Situation situation;
    situation.event = &*event;
    situation.time = situation.now = event->time;
    situation.place = PlaceId(0);
    situation.risks = &calm;
    evaluator.begin(situation);
    matcher.match(*event, evaluator, matched, counts);
    for (const Match& match : matched) {
      const auto& when = matcher.condition(match).when;
      if (when == nullptr || evaluator.holds_deferred(*when) == Outcome::yes) ++held;
    }
  };
  for (const std::string& line : lines) judge(line);
  const std::size_t once = held;
  ASSERT_GT(once, 0U);

  allocations = 0;
  for (const std::string& line : lines) judge(line);
  const std::size_t taken = allocations;
  EXPECT_EQ(taken, 0U);
  EXPECT_EQ(held, 2 * once);

  allocations = 0;
  const std::vector<std::string> copies(lines);
  EXPECT_GE(allocations, copies.size());  // what counts, counts
}

}  // namespace
}  // namespace kentongan::rules
