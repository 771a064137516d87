// SPDX-License-Identifier: Apache-2.0
#include <gtest/gtest.h>

#include "codec/decoder.hpp"
#include "documents.hpp"
#include "small_reference.hpp"

namespace kentongan::codec {
namespace {

TimePoint at(std::string_view text) { return *parse_rfc3339(text); }

class DecoderFields : public testing::Test {
 protected:
  template <class Data>
  const Data& read(std::string_view type, std::string_view data) {
    text_ = envelope(type, data);
    auto decoded = decoder_.decode(text_);
    EXPECT_TRUE(decoded) << (decoded ? "" : decoded.error().message);
    event_ = decoded.value_or(Event{});
    return std::get<Data>(event_.data);
  }
  [[nodiscard]] std::string_view code(PlaceId place) const { return reference_->place(place).code; }

  std::shared_ptr<const Reference> reference_ = small_reference();
  Decoder decoder_{reference_};
  std::string text_;
  Event event_;
};

TEST_F(DecoderFields, EveryFieldOfAReport) {
  const Report& report = read<Report>("report", kFullReport);
  EXPECT_EQ(event_.id, "r-1");
  EXPECT_EQ(event_.source, "/fkdm/malang");
  EXPECT_EQ(event_.time, at("2024-11-10T01:00:00Z"));
  EXPECT_EQ(code(event_.city), "35.73");
  EXPECT_EQ(code(report.area), "35.73.02.1004");
  EXPECT_EQ(report.rw, "03");
  EXPECT_EQ(report.tps, "012");
  EXPECT_EQ(report.site, "store-klojen");
  EXPECT_EQ(report.kind, ReportKind::incident);
  EXPECT_EQ(report.athg, Athg::threat);
  EXPECT_EQ(reference_->category_name(report.category.value()), "intimidation");
  EXPECT_EQ(report.severity, 3);
  EXPECT_EQ(report.source, 'B');
  EXPECT_EQ(report.content, 2);
  EXPECT_EQ(report.reporter.value().ref, "a1");
  EXPECT_EQ(report.reporter.value().role, "rw");
  EXPECT_EQ(report.crowd, 20);
  EXPECT_EQ(report.location.value().lat, -7.98);
  EXPECT_EQ(report.location.value().lon, 112.63);
  EXPECT_EQ(report.status, ReportStatus::unverified);
  EXPECT_EQ(report.corrects, std::nullopt);
  EXPECT_EQ(report.corrects_source, std::nullopt);
  EXPECT_EQ(report.text, "ada \"ancaman\"");
  EXPECT_EQ(report.recommendation, "patroli");
}

TEST_F(DecoderFields, DefaultsOfAReport) {
  const Report& report = read<Report>(
      "report", R"({"area":"35.73.02.1004","category":"hoax","severity":5.0,"reporter":{"ref":"a"},"source":null})");
  EXPECT_EQ(report.kind, ReportKind::incident);
  EXPECT_EQ(report.source, 'F');
  EXPECT_EQ(report.content, 6);
  EXPECT_EQ(report.status, ReportStatus::unverified);
  EXPECT_EQ(report.severity, 5);
  EXPECT_EQ(report.athg, std::nullopt);
  EXPECT_EQ(report.tps, std::nullopt);
  EXPECT_EQ(report.reporter.value().role, std::nullopt);
}

TEST_F(DecoderFields, AHouseholdIsRead) {
  const std::string_view head = R"({"area":"35.73.02.1004","category":"hoax","severity":5,"reporter":)";
  const auto household = [&](std::string_view reporter) {
    return read<Report>("report", std::string(head) + std::string(reporter) + "}").household;
  };
  EXPECT_EQ(household(R"({"ref":"a","household":"h1"})"), "h1");
  EXPECT_EQ(household(R"({"households":"h1","x":2,"\u0068ousehold":"h2","ref":"a"})"), "h2");
  EXPECT_EQ(household(R"({"ref":"a","household":null})"), std::nullopt);
  EXPECT_EQ(household(R"({"ref":"a","role":"rw"})"), std::nullopt);
}

TEST_F(DecoderFields, ARefutedReportNeedsOnlyItsArea) {
  const Report& report = read<Report>(
      "report", R"({"area":"35.73.02.1004","status":"refuted","corrects":"r-0","reporter":{"role":"rw"}})");
  EXPECT_EQ(report.status, ReportStatus::refuted);
  EXPECT_EQ(report.corrects, "r-0");
  EXPECT_EQ(report.category, std::nullopt);
  EXPECT_EQ(report.severity, std::nullopt);
  EXPECT_FALSE(report.reporter.has_value());
}

TEST_F(DecoderFields, EveryFieldOfACampaign) {
  const Campaign& campaign = read<Campaign>("campaign", kFullCampaign);
  EXPECT_EQ(campaign.campaign, "c-17");
  EXPECT_EQ(campaign.status, CampaignStatus::planned);
  EXPECT_EQ(campaign.party, "P1");
  EXPECT_EQ(campaign.method, CampaignMethod::rally);
  ASSERT_EQ(campaign.areas.size(), 1U);
  EXPECT_EQ(code(campaign.areas[0]), "35.73.02.1004");
  EXPECT_EQ(campaign.venue, "Stadion Gajayana");
  EXPECT_EQ(campaign.location.value().lat, -7.975);
  EXPECT_EQ(campaign.radius_m, 300.0);
  ASSERT_EQ(campaign.route.size(), 2U);
  EXPECT_EQ(campaign.route[1].lat, -7.98);
  EXPECT_EQ(campaign.route[1].lon, 112.63);
  EXPECT_EQ(campaign.starts_at, at("2024-11-10T02:00:00Z"));
  EXPECT_EQ(campaign.ends_at, at("2024-11-10T11:00:00Z"));
  EXPECT_EQ(campaign.crowd, 5000);
  EXPECT_EQ(campaign.notice_number, "STTP/12");
  EXPECT_EQ(campaign.notice_date, parse_day("2024-10-25"));
}

TEST_F(DecoderFields, ACancelledCampaignNeedsNeitherPartyNorTimes) {
  const Campaign& campaign =
      read<Campaign>("campaign", R"({"campaign":"c","status":"cancelled","areas":["35.73.02","35.73.02.1004"]})");
  EXPECT_EQ(campaign.areas.size(), 2U);
  EXPECT_EQ(campaign.party, std::nullopt);
  EXPECT_EQ(campaign.starts_at, std::nullopt);
}

TEST_F(DecoderFields, ARepeatedAreaOfACampaignCountsOnce) {
  const Campaign& campaign = read<Campaign>(
      "campaign", R"({"campaign":"c","status":"cancelled","areas":["35.73.02.1004","35.73.02","35.73.02.1004"]})");
  ASSERT_EQ(campaign.areas.size(), 2U);
  EXPECT_EQ(code(campaign.areas[0]), "35.73.02.1004");
  EXPECT_EQ(code(campaign.areas[1]), "35.73.02");
}

TEST_F(DecoderFields, EveryFieldOfAConsignment) {
  const Consignment& consignment = read<Consignment>("consignment", kFullConsignment);
  EXPECT_EQ(consignment.consignment, "k-1");
  EXPECT_EQ(code(consignment.area), "35.73.02");
  EXPECT_EQ(consignment.goods, "ballot_boxes");
  EXPECT_EQ(consignment.quantity, 12);
  EXPECT_EQ(consignment.seals_expected, 12);
  EXPECT_EQ(consignment.seals_intact, 12);
  EXPECT_EQ(consignment.from, "35.73");
  EXPECT_EQ(consignment.to, "35.73.02");
  EXPECT_EQ(consignment.tps, std::nullopt);
  EXPECT_EQ(consignment.step, ConsignmentStep::dispatched);
  EXPECT_EQ(consignment.due_at, at("2024-11-24T10:00:00Z"));
}

TEST_F(DecoderFields, EveryFieldOfAReadiness) {
  const Readiness& readiness = read<Readiness>("readiness", kFullReadiness);
  EXPECT_EQ(code(readiness.area), "35.73.02.1004");
  EXPECT_EQ(readiness.tps, "012");
  EXPECT_EQ(readiness.police, 1);
  EXPECT_EQ(readiness.linmas, 2);
  EXPECT_EQ(readiness.kpps, 7);
  EXPECT_EQ(readiness.witnesses, 3);
  EXPECT_EQ(readiness.power, true);
  EXPECT_EQ(readiness.network, false);
  EXPECT_EQ(readiness.location.value().lon, 112.63);
  EXPECT_EQ(readiness.voters, 300);
  EXPECT_EQ(readiness.eligible, 4120);
  EXPECT_EQ(readiness.without_card, 37);
}

TEST_F(DecoderFields, EveryFieldOfAnAction) {
  const Action& action = read<Action>("action", kFullAction);
  EXPECT_EQ(code(event_.city), "35.73");
  EXPECT_EQ(action.alert, "35.73-0123");
  EXPECT_EQ(action.action, ActionKind::snooze);
  EXPECT_EQ(action.actor.ref, "o-1");
  EXPECT_EQ(action.actor.role, "lurah");
  EXPECT_EQ(action.assignee, "o-2");
  EXPECT_EQ(action.until, at("2024-11-10T05:00:00Z"));
  EXPECT_EQ(action.note, "ok");
}

struct Tps {
  std::string_view written;
  std::string_view read;
};

TEST_F(DecoderFields, DigitsOfAPollingStationArePadded) {
  for (const auto& [written, padded] : std::initializer_list<Tps>{
           {"1", "001"}, {"12", "012"}, {"123", "123"}, {"0012", "0012"}, {"", ""}, {"1a", "1a"}, {"K1", "K1"}}) {
    const std::string data = R"({"area":"35.73.02.1004","tps":")" + std::string(written) + "\"}";
    EXPECT_EQ(read<Readiness>("readiness", data).tps, padded);
  }
}

struct Whole {
  std::string_view written;
  std::int64_t value;
};

TEST_F(DecoderFields, WholeNumbersHoweverTheyAreWritten) {
  for (const auto& [written, value] : std::initializer_list<Whole>{{"0", 0},
                                                                   {"-0", 0},
                                                                   {"-0.0", 0},
                                                                   {"3.0", 3},
                                                                   {"0.3e1", 3},
                                                                   {"30e-1", 3},
                                                                   {"3E+2", 300},
                                                                   {"0e400", 0},
                                                                   {"9223372036854775807", INT64_MAX},
                                                                   {"9007199254740993.0", 9007199254740993}}) {
    const std::string data = R"({"area":"35.73.02.1004","police":)" + std::string(written) + "}";
    EXPECT_EQ(read<Readiness>("readiness", data).police, value) << written;
  }
}

TEST_F(DecoderFields, TextsStayWhileTheNextBytesArrive) {
  // A decoder reuses its memory: a long event, then a short one, then the long one again.
  const std::string long_text(100'000, 'x');
  const std::string data =
      R"({"area":"35.73.02.1004","category":"hoax","severity":1,"reporter":{"ref":"a"},"text":")" + long_text + "\"}";
  EXPECT_EQ(read<Report>("report", data).text, long_text);
  EXPECT_EQ(read<Report>("report", kFullReport).text, "ada \"ancaman\"");
  EXPECT_EQ(read<Report>("report", data).text, long_text);
}

}  // namespace
}  // namespace kentongan::codec
