// SPDX-License-Identifier: Apache-2.0
#include "engine/kept_event.hpp"

#include <memory>

#include "codec/decoder.hpp"
#include "domain/fields.hpp"
#include "support.hpp"

namespace kentongan::engine::testing {
namespace {

const std::string kEvents[] = {
    event("report", "r-1", at("0s"),
          R"("area":"35.73.02.1004","rw":"03","tps":"12","site":"s","kind":"information","athg":"threat",)"
          R"("category":"hoax","severity":4,"source":"B","content":2,"reporter":{"ref":"a1","role":"rw"},"crowd":20,)"
          R"("location":{"lat":-7.98,"lon":112.63},"status":"verified","corrects":"r-0","corrects_source":"/x",)"
          R"("text":"t","recommendation":"do")"),
    event("report", "r-2", at("0s"), R"("area":"35.73.02.1004","status":"refuted","corrects":"r-1")"),
    event("campaign", "c-1", at("0s"),
          R"("campaign":"c","status":"planned","party":"P1","method":"rally","areas":["35.73.02.1004","35.73.01"],)"
          R"("venue":"V","location":{"lat":-7.9,"lon":112.6},"radius_m":300.5,"route":[[-7.9,112.6],[-8,112.7]],)"
          R"("starts_at":"2024-11-10T09:00:00+07:00","ends_at":"2024-11-10T18:00:00+07:00","crowd":5000,)"
          R"("notice":{"number":"STTP/12","date":"2024-10-25"})"),
    event("consignment", "k-1", at("0s"),
          R"("consignment":"k","area":"35.73.02","goods":"boxes","quantity":12,"seals_expected":12,"seals_intact":11,)"
          R"("from":"35.73","to":"35.73.02","tps":"1","step":"dispatched","due_at":"2024-11-24T17:00:00+07:00")"),
    event("readiness", "s-1", at("0s"),
          R"("area":"35.73.02.1004","tps":"012","police":1,"linmas":2,"kpps":7,"witnesses":3,"power":true,)"
          R"("network":false,"location":{"lat":-7.98,"lon":112.63})"),
    event("readiness", "s-2", at("0s"), R"("area":"35.73.02.1004","eligible":4120,"without_card":37)"),
    action("x-1", at("0s"), "35.73-0000", "snooze",
           R"("assignee":"o-2","until":"2024-11-24T17:00:00+07:00","note":"n")")};

std::string text_of(const FieldValue& value) {
  std::string text = value.kind == FieldValue::Kind::missing ? "-" : value_text(value, *town()->places[0].zone);
  if (value.kind != FieldValue::Kind::texts) return text;
  for (const PlaceId place : value.places) text += town()->place(place).code + " ";
  return text;
}

std::string text_of(const Event& event) {
  std::string text(event.id);
  text += std::string(event.source) + rfc3339(event.time) + std::to_string(event.city.value());
  for (const FieldSpec& spec : all_fields()) {
    if (spec.event == event.type()) {
      text += " " + std::string(spec.path) + "=" + text_of(field_value(event, spec.id, *town()));
    }
  }
  return text;
}

TEST(KeptEvent, IsTheSameWhenItsOwnerIsGoneAndWhenItIsLoaded) {
  for (const std::string& raw : kEvents) {
    auto decoder = std::make_unique<codec::Decoder>(town());
    const auto decoded = decoder->decode(raw);
    ASSERT_TRUE(decoded) << raw;
    const std::string text = text_of(*decoded);
    const KeptEvent kept(*decoded);
    decoder.reset();
    EXPECT_EQ(text_of(kept.event()), text);
    const std::string saved = kept.save(*town());
    const auto loaded = KeptEvent::load(saved, kept.event().city, *town());
    ASSERT_NE(loaded, nullptr) << raw;
    EXPECT_EQ(text_of(loaded->event()), text);
    EXPECT_EQ(loaded->route().size(), kept.route().size());
    EXPECT_EQ(loaded->save(*town()), saved);
  }
}

TEST(KeptEvent, DamagedBytesAreRefused) {
  for (const std::string& raw : kEvents) {
    codec::Decoder decoder(town());
    const std::string saved = KeptEvent(*decoder.decode(raw)).save(*town());
    for (std::size_t size = 0; size < saved.size(); ++size) {
      EXPECT_EQ(KeptEvent::load(saved.substr(0, size), PlaceId{0}, *town()), nullptr);
    }
    EXPECT_EQ(KeptEvent::load(saved + "x", PlaceId{0}, *town()), nullptr);
    EXPECT_EQ(KeptEvent::load("\x09" + saved.substr(1), PlaceId{0}, *town()), nullptr);
  }
}

TEST(KeptEvent, KeepsNoHousehold) {
  codec::Decoder decoder(town());
  const auto decoded = decoder.decode(report("r-1", at("0s"), {.household = "h"}));
  ASSERT_TRUE(decoded);
  ASSERT_TRUE(decoded->report()->household);
  const KeptEvent kept(*decoded);
  EXPECT_FALSE(kept.event().report()->household);
}

}  // namespace
}  // namespace kentongan::engine::testing
