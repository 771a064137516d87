// SPDX-License-Identifier: Apache-2.0
// What stands around the engine: lines in, lines out, the door, the count of everything.
#include "app/intake.hpp"

#include <fcntl.h>
#include <fmt/format.h>
#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <unistd.h>

#include "adapters/ndjson/line_reader.hpp"
#include "app/emit.hpp"
#include "app/processor.hpp"
#include "app/rule_source.hpp"
#include "process.hpp"

namespace kentongan::app {
namespace {

using ::testing::ElementsAre;
using ::testing::IsEmpty;

const LoadedRules& bundled() {
  static const LoadedRules loaded = *load_rules({{std::string(KENTONGAN_SOURCE_DIR) + "/rules"}, {}});
  return loaded;
}

std::string report(const std::string& id, const std::string& time = "2024-11-10T08:00:00+07:00",
                   const std::string& area = "35.73.02.1004") {
  return fmt::format(R"({{"specversion":"1.0","id":"{}","source":"/t","type":"kentongan.report.v1","time":"{}",)"
                     R"("data":{{"area":"{}","category":"hoax","severity":2,"reporter":{{"ref":"a"}}}}}})",
                     id, time, area);
}

struct FakeInbox : ports::Inbox {
  bool append(std::vector<std::string> records, std::function<void(Result<void>)> done) override {
    if (full) return false;
    kept.insert(kept.end(), records.begin(), records.end());
    done(broken ? Result<void>(fail(Error::Kind::failed, "disk full")) : Result<void>{});
    return true;
  }
  std::vector<std::string> kept;
  bool full = false, broken = false;
};

struct Answered {
  int times = 0;
  ports::IntakeAnswer answer;
};

Answered submit(FakeInbox& inbox, ports::BodyKind kind, const std::string& body, std::function<TimePoint()> wall = {}) {
  Intake intake([] { return bundled().reference; }, inbox, std::move(wall), std::chrono::minutes(5));
  Answered answered;
  intake.submit(kind, body, {}, [&](ports::IntakeAnswer answer) {
    ++answered.times;
    answered.answer = std::move(answer);
  });
  return answered;
}

TEST(Intake, KeepsTheGoodOnesInTheirOrderAndNamesTheOthers) {
  FakeInbox inbox;
  const std::string body = report("r-1") + "\n{\"x\n" + report("r-2") + "\n" + report("r-3", "2024-11-10") + "\n" +
                           report("r-4", "2024-11-10T08:00:00Z", "99.99.99.9999") + "\n";
  const auto [times, answer] = submit(inbox, ports::BodyKind::ndjson, body);
  EXPECT_EQ(times, 1);
  EXPECT_EQ(answer.accepted, 2U);
  EXPECT_THAT(inbox.kept, ElementsAre(report("r-1"), report("r-2")));
  ASSERT_EQ(answer.rejected.size(), 3U);
  EXPECT_EQ(answer.rejected[0].index, 1U);
  EXPECT_EQ(answer.rejected[0].reason, RejectReason::malformed_json);
  EXPECT_EQ(answer.rejected[1].index, 3U);
  EXPECT_EQ(answer.rejected[1].pointer, "/time");
  EXPECT_EQ(answer.rejected[2].index, 4U);
  EXPECT_EQ(answer.rejected[2].reason, RejectReason::unknown_area);
}

TEST(Intake, LeavesToTheEngineWhatOnlyItKnows) {
  FakeInbox inbox;
  const std::string unknown_alert =
      R"({"specversion":"1.0","id":"a","source":"/t","type":"kentongan.action.v1","time":"2024-11-10T08:00:00Z",)"
      R"("data":{"alert":"35.73-none","action":"confirm","actor":{"ref":"o"}}})";
  const std::string old = report("r-1", "1999-11-10T08:00:00Z");
  const auto [times, answer] = submit(inbox, ports::BodyKind::batch, "[" + unknown_alert + "," + old + "," + old + "]");
  EXPECT_EQ(answer.accepted, 3U);
  EXPECT_THAT(answer.rejected, IsEmpty());
}

TEST(Intake, RefusesTheFutureOnlyByAWallClock) {
  const TimePoint now = *parse_rfc3339("2024-11-10T00:55:00Z");
  FakeInbox inbox;
  EXPECT_EQ(submit(inbox, ports::BodyKind::single, report("r-1"), [&] { return now; }).answer.accepted, 1U);
  const auto early = submit(inbox, ports::BodyKind::single, report("r-1"), [&] { return now - Duration{1}; }).answer;
  EXPECT_EQ(early.accepted, 0U);
  ASSERT_EQ(early.rejected.size(), 1U);
  EXPECT_EQ(early.rejected[0].reason, RejectReason::future);
}

TEST(Intake, SaysWhenTheJournalIsFullOrBroken) {
  FakeInbox inbox;
  inbox.full = true;
  const auto busy = submit(inbox, ports::BodyKind::single, report("r-1"));
  EXPECT_EQ(busy.times, 1);
  EXPECT_EQ(busy.answer.status, ports::IntakeAnswer::Status::busy);
  EXPECT_EQ(busy.answer.accepted, 0U);
  inbox.full = false;
  inbox.broken = true;
  const auto broken = submit(inbox, ports::BodyKind::single, report("r-1"));
  EXPECT_EQ(broken.times, 1);
  EXPECT_EQ(broken.answer.status, ports::IntakeAnswer::Status::unavailable);
  EXPECT_EQ(broken.answer.accepted, 0U);
  EXPECT_EQ(broken.answer.message, "disk full");
}

TEST(Intake, NothingGoodIsAnsweredWithoutTheJournal) {
  FakeInbox inbox;
  for (const std::string& body : {std::string("[]"), std::string("{"), std::string("[{}]")}) {
    const auto [times, answer] = submit(inbox, ports::BodyKind::by_shape, body);
    EXPECT_EQ(times, 1) << body;
    EXPECT_EQ(answer.accepted, 0U) << body;
  }
  EXPECT_THAT(inbox.kept, IsEmpty());
}

TEST(Processor, CountsEveryInputOnce) {
  Processor processor(bundled().rules.set, bundled().reference, {});
  const std::vector<std::string> inputs{report("r-1"),
                                        report("r-1"),
                                        report("r-2", "2024-11-12T08:00:01+07:00"),
                                        report("r-3"),
                                        report("r-4", "2024-01-01T00:00:00Z"),
                                        "",
                                        "x",
                                        "{}",
                                        report("r-5", "2024-11-12T08:00:01+07:00", "35.73.02"),
                                        std::string(300'000, ' ')};
  for (const std::string& input : inputs) processor.take(input);
  processor.take_too_large("{\"id", 256 * 1024);
  const Tally& tally = processor.tally();
  EXPECT_EQ(tally.of(Verdict::applied), 2U);
  EXPECT_EQ(tally.of(Verdict::duplicate), 1U);
  EXPECT_EQ(tally.of(Verdict::late), 1U);
  EXPECT_EQ(tally.of(Verdict::dead_letter), 7U);
  EXPECT_EQ(tally.read(), inputs.size() + 1);
  std::uint64_t by_reason = 0;
  for (const std::uint64_t count : tally.dead_letters) by_reason += count;
  EXPECT_EQ(by_reason, 7U);
  EXPECT_EQ(tally.dead_letters[static_cast<std::size_t>(RejectReason::too_large)], 2U);
  EXPECT_EQ(tally.by_type[0][static_cast<std::size_t>(Verdict::dead_letter)], 2U) << "too old, and a wrong area";
  std::size_t dead = 0;
  for (const Output& output : processor.effects().outputs) dead += std::holds_alternative<DeadLetter>(output.data);
  EXPECT_EQ(dead, 7U);
}

std::vector<std::string> lines_of(const std::string& text) {
  const testing::TemporaryFolder folder;
  testing::write_file(folder / "lines", text);
  auto reader = ndjson::LineReader::open(folder / "lines");
  std::vector<std::string> lines;
  while (true) {
    const auto line = reader->next();
    if (!line || !*line) break;
    lines.push_back(std::string((*line)->text) + ((*line)->cut ? " (cut)" : ""));
  }
  EXPECT_EQ(reader->bytes_read(), text.size());
  return lines;
}

TEST(LineReader, EmptyLinesCarriageReturnsAndTheLastLine) {
  EXPECT_THAT(lines_of(""), IsEmpty());
  EXPECT_THAT(lines_of("\n\r\n\n"), IsEmpty());
  EXPECT_THAT(lines_of("a\r\n\nb\r\r\nc"), ElementsAre("a", "b\r", "c"));
  EXPECT_THAT(lines_of("a\n"), ElementsAre("a"));
  EXPECT_THAT(lines_of(std::string("a\0b\n", 4)), ElementsAre(std::string("a\0b", 3)));
}

TEST(LineReader, ALineTooLongIsCutAndItsNeighboursAreNot) {
  const std::string longest(ndjson::LineReader::kLongestLine, 'x');
  for (const std::size_t more : {std::size_t{1}, std::size_t{5}, longest.size(), 2 * longest.size() + 3}) {
    const auto lines = lines_of("a\n" + longest + std::string(more, 'y') + "\nb\n");
    ASSERT_EQ(lines.size(), 3U) << more;
    EXPECT_EQ(lines[0], "a");
    EXPECT_TRUE(lines[1].ends_with("(cut)"));
    EXPECT_EQ(lines[2], "b");
  }
  const auto just = lines_of("a\n" + longest.substr(1) + "\nb");
  ASSERT_EQ(just.size(), 3U);
  EXPECT_EQ(just[1].size(), longest.size() - 1);
  EXPECT_FALSE(ndjson::LineReader::open("/no/such/file"));
  auto folder = ndjson::LineReader::open("/tmp");
  EXPECT_TRUE(!folder || !folder->next()) << "a folder is no file";
}

TEST(Emit, NamesTopicsAndRefusesOthers) {
  using ports::OutputTopic;
  EXPECT_THAT(*parse_emit("alerts,risk,deadletters"),
              ElementsAre(OutputTopic::alerts, OutputTopic::risk, OutputTopic::deadletters));
  EXPECT_THAT(*parse_emit(" alerts , risk\t"), ElementsAre(OutputTopic::alerts, OutputTopic::risk));
  for (const char* text : {"", " ", ",", "alert", "alerts,,risk", "alerts,", "alerts risk", "alerts;risk"}) {
    const auto topics = parse_emit(text);
    ASSERT_FALSE(topics) << text;
    EXPECT_EQ(topics.error().kind, Error::Kind::usage);
  }
}

TEST(Emit, AFullDeviceIsSaidOnceAndForAll) {
  const int full = open("/dev/full", O_WRONLY);
  LineWriter writer(full);
  writer.write("a");
  EXPECT_FALSE(writer.flush());
  EXPECT_FALSE(writer.flush()) << "what was lost stays lost";
  close(full);
}

}  // namespace
}  // namespace kentongan::app
