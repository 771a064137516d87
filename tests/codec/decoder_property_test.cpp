// SPDX-License-Identifier: Apache-2.0
#include <gtest/gtest.h>
#include <rapidcheck.h>

#include <algorithm>
#include <string>
#include <utility>
#include <vector>

#include "codec/decoder.hpp"
#include "codec/writer.hpp"
#include "documents.hpp"
#include "small_reference.hpp"

namespace kentongan::codec {
namespace {

const std::vector<std::pair<std::string_view, std::string_view>> kTypes{{"report", kFullReport},
                                                                        {"campaign", kFullCampaign},
                                                                        {"consignment", kFullConsignment},
                                                                        {"readiness", kFullReadiness},
                                                                        {"action", kFullAction}};

/// One text for all that a decoder says of some bytes.
std::string judged(Decoder& decoder, std::string_view raw) {
  const auto event = decoder.decode(raw);
  if (event) return "event " + std::string(event->id) + " of type " + std::to_string(event->data.index());
  const Rejection& rejection = event.error();
  EXPECT_FALSE(rejection.message.empty());
  return std::string(name_of(rejection.reason)) + " " + rejection.pointer;
}

TEST(DecoderProperty, EveryPrefixIsRefused) {
  Decoder decoder(small_reference());
  for (const auto& [type, data] : kTypes) {
    const std::string good = envelope(type, data);
    for (std::size_t size = 0; size < good.size(); ++size) {
      // A copy of exactly this size, so that a sanitizer sees what is read behind it.
      const std::vector<char> bytes(good.begin(), good.begin() + static_cast<std::ptrdiff_t>(size));
      ASSERT_EQ(judged(decoder, {bytes.data(), bytes.size()}), "malformed_json ");
    }
  }
}

TEST(DecoderProperty, EverySingleChangedByteIsJudged) {
  Decoder decoder(small_reference());
  for (const auto& [type, data] : kTypes) {
    const std::string good = envelope(type, data);
    for (std::size_t at = 0; at < good.size(); ++at) {
      std::string changed = good;
      for (int byte = 0; byte < 256; byte += at % 7 == 0 ? 1 : 5) {
        changed[at] = static_cast<char>(byte);
        const auto event = decoder.decode(changed);
        const DeadLetter letter = event ? DeadLetter{} : dead_letter(event.error(), changed);
        ASSERT_TRUE(event || letter.raw == changed || letter.rejection.reason == RejectReason::personal_data);
      }
    }
  }
}

/// A JSON object as its members, so that they can be reordered.
using Members = std::vector<std::string>;

std::string object_of(const Members& members) {
  std::string text(1, '{');
  for (const auto& member : members) text.append(text.size() > 1 ? "," : "").append(member);
  return text + '}';
}

template <class T>
std::vector<T> shuffled(std::vector<T> items) {
  for (std::size_t i = items.size(); i > 1; --i) std::swap(items[i - 1], items[*rc::gen::inRange<std::size_t>(0, i)]);
  return items;
}

/// Members of `data` and of the event, some of them at fault.
Members data_members() {
  return {*rc::gen::element<std::string>(R"("area":"35.73.02.1004")", R"("area":"x")", R"("area":7)"),
          *rc::gen::element<std::string>(R"("category":"hoax")", R"("category":"x")", R"("category":null)"),
          *rc::gen::element<std::string>(R"("severity":3)", R"("severity":9)"),
          *rc::gen::element<std::string>(R"("reporter":{"ref":"a"})", R"("reporter":{})", R"("reporter":7)"),
          *rc::gen::element<std::string>(R"("text":"x")", R"("text":"3573010101900001")", R"("text":[])"),
          *rc::gen::element<std::string>(R"("status":"refuted")", R"("status":"verified")", R"("status":"x")"),
          *rc::gen::element<std::string>(R"("unknown":{"a":[1,2]})", R"("source":"G")", R"("content":1)")};
}

Members event_members() {
  return {*rc::gen::element<std::string>(R"("id":"r-1")", R"("id":"r-1")", R"("id":"")"),
          *rc::gen::element<std::string>(R"("source":"s")", R"("source":"s")", R"("x":1)"),
          *rc::gen::element<std::string>(R"("specversion":"1.0")", R"("specversion":"1.0")", R"("specversion":1)"),
          *rc::gen::element<std::string>(R"("type":"kentongan.report.v1")", R"("type":"kentongan.report.v1")",
                                         R"("type":"kentongan.x.v1")"),
          *rc::gen::element<std::string>(R"("time":"2024-11-10T08:00:00Z")", R"("time":"2024-11-10T08:00:00Z")",
                                         R"("time":"x")")};
}

TEST(DecoderProperty, TheOrderOfKeysDoesNotMatter) {
  Decoder decoder(small_reference());
  EXPECT_TRUE(rc::check([&decoder] {
    const Members data = data_members();
    Members event = event_members();
    const auto with = [&event](const Members& content) {
      Members all = event;
      all.push_back("\"data\":" + object_of(content));
      return all;
    };
    const std::string written = object_of(with(data));
    const std::string other = object_of(shuffled(with(shuffled(data))));
    RC_ASSERT(judged(decoder, written) == judged(decoder, other));
  }));
}

/// A random text, some of it beyond ASCII.
std::string random_text() {
  std::string text;
  const auto pieces = *rc::gen::container<std::vector<int>>(rc::gen::inRange(1, 0x120));
  for (const int piece : pieces) {
    if (piece < 0x80) {
      text += static_cast<char>(piece);
    } else {
      text += "\xE2\x9C\x93";
    }
  }
  return text;
}

TEST(DecoderProperty, RandomReportsReadBack) {
  const auto reference = small_reference();
  Decoder decoder(reference);
  EXPECT_TRUE(rc::check([&] {
    const std::string text = random_text();
    const auto severity = *rc::gen::inRange(1, 6);
    const auto crowd = *rc::gen::inRange<std::int64_t>(0, INT64_MAX);
    const double lat = *rc::gen::map(rc::gen::inRange(-900'000'000, 900'000'001), [](int v) { return v / 1e7; });
    const auto category = *rc::gen::inRange<std::size_t>(0, reference->categories.size());
    const auto millis = *rc::gen::inRange<std::int64_t>(0, 4'102'444'800'000);
    std::string raw = R"({"specversion":"1.0","id":)";
    append_string(raw, "i" + text);
    raw += R"(,"source":"s","type":"kentongan.report.v1","time":")";
    raw += format_rfc3339(TimePoint{Duration{millis}}, std::chrono::hours(*rc::gen::inRange(-12, 15)));
    raw += R"(","data":{"area":"35.73.02.1005","reporter":{"ref":"a"},"severity":)" + std::to_string(severity);
    raw += R"(,"crowd":)" + std::to_string(crowd) + R"(,"category":")" + reference->categories[category].id;
    raw += R"(","location":{"lon":0,"lat":)";
    append_number(raw, lat);
    raw += R"(},"text":)";
    append_string(raw, text);
    raw += "}}";
    const auto event = decoder.decode(raw);
    if (!event) RC_ASSERT(event.error().reason == RejectReason::personal_data);
    if (!event) return;
    const Report& report = std::get<Report>(event->data);
    RC_ASSERT(event->id == "i" + text);
    RC_ASSERT(event->time == TimePoint{Duration{millis}});
    RC_ASSERT(report.severity == severity);
    RC_ASSERT(report.crowd == crowd);
    RC_ASSERT(report.category->value() == category);
    RC_ASSERT(report.location->lat == lat);
    RC_ASSERT(report.text == text);
  }));
}

}  // namespace
}  // namespace kentongan::codec
