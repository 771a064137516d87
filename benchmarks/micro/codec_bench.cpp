// SPDX-License-Identifier: Apache-2.0
// Decoding of one report of about 690 bytes, beside RapidJSON's SAX reader with its default flags over the
// same bytes, which builds nothing from them: the yardstick of docs/performance.

#include <benchmark/benchmark.h>
#include <rapidjson/reader.h>

#include <cstdlib>
#include <memory>
#include <string>

#include "codec/batch.hpp"
#include "codec/decoder.hpp"
#include "codec/writer.hpp"

namespace {

using namespace kentongan;

std::shared_ptr<const Reference> one_area() {
  auto reference = std::make_shared<Reference>();
  const char* const codes[] = {"35.73", "35.73.02", "35.73.02.1004"};
  const PlaceKind kinds[] = {PlaceKind::city, PlaceKind::district, PlaceKind::area};
  for (std::uint32_t i = 0; i < 3; ++i) {
    Place place;
    place.kind = kinds[i];
    place.code = codes[i];
    place.city = PlaceId{0};
    place.parent = PlaceId{i == 0 ? 0 : i - 1};
    reference->places.push_back(std::move(place));
  }
  reference->cities = {PlaceId{0}};
  reference->categories = builtin_categories();
  reference->build_indexes();
  return reference;
}

std::string report_of_690_bytes() {
  const std::string head =
      R"({"specversion":"1.0","id":"r-0000123456","source":"/fkdm/malang","type":"kentongan.report.v1",)"
      R"("time":"2024-11-10T08:00:00.123+07:00","subject":"35.73.02.1004","data":{"area":"35.73.02.1004","rw":"03",)"
      R"("tps":"012","kind":"incident","athg":"threat","category":"intimidation","severity":3,"source":"B",)"
      R"("content":2,"reporter":{"ref":"a1b2c3d4e5f60718","role":"rw"},"crowd":20,)"
      R"("location":{"lat":-7.980123,"lon":112.630456},"status":"unverified","corrects":null,"text":")";
  const std::string tail = R"(","recommendation":"patroli bersama linmas"}})";
  std::string text;
  while (head.size() + text.size() + tail.size() < 690) text += "warga melapor ada ancaman di gang ";
  text.resize(690 - head.size() - tail.size());
  return head + text + tail;
}

void count_events(benchmark::State& state, std::size_t bytes) {
  state.SetItemsProcessed(state.iterations());
  state.SetBytesProcessed(state.iterations() * static_cast<std::int64_t>(bytes));
}

void rapidjson_sax_default(benchmark::State& state) {
  const std::string report = report_of_690_bytes();
  rapidjson::BaseReaderHandler<> nothing;
  for (auto _ : state) {
    rapidjson::Reader reader;
    rapidjson::StringStream stream(report.c_str());
    if (reader.Parse(stream, nothing).IsError()) std::abort();
  }
  count_events(state, report.size());
}
BENCHMARK(rapidjson_sax_default);

void decode_report(benchmark::State& state) {
  const std::string report = report_of_690_bytes();
  codec::Decoder decoder(one_area());
  for (auto _ : state) {
    auto event = decoder.decode(report);
    if (!event) std::abort();
    benchmark::DoNotOptimize(event);
  }
  count_events(state, report.size());
}
BENCHMARK(decode_report);

void reject_report_of_unknown_area(benchmark::State& state) {
  std::string report = report_of_690_bytes();
  report.replace(report.find("\"area\":\"35.73.02.1004"), 21, "\"area\":\"35.73.02.1999");
  codec::Decoder decoder(one_area());
  for (auto _ : state) {
    auto event = decoder.decode(report);
    if (event) std::abort();
    benchmark::DoNotOptimize(event);
  }
  count_events(state, report.size());
}
BENCHMARK(reject_report_of_unknown_area);

void split_batch_of_1000(benchmark::State& state) {
  std::string body(1, '[');
  for (int i = 0; i < 1000; ++i) body.append(i == 0 ? "" : ",").append(report_of_690_bytes());
  body += ']';
  for (auto _ : state) {
    auto events = codec::split(body, codec::BodyShape::batch);
    if (!events || events->size() != 1000) std::abort();
  }
  state.SetItemsProcessed(state.iterations() * 1000);
  state.SetBytesProcessed(state.iterations() * static_cast<std::int64_t>(body.size()));
}
BENCHMARK(split_batch_of_1000);

void write_risk_change(benchmark::State& state) {
  const auto reference = one_area();
  RiskChange change{PlaceId{2}, 41.5, Level::siaga, Level::waspada, true, {}};
  for (int i = 0; i < 5; ++i) change.contributions.push_back({"r-0000123456", "intimidation-adds-up", 12.125});
  const Output output{"0123456789abcdef", PlaceId{0}, "35.73.02.1004", TimePoint{}, change};
  std::string out;
  for (auto _ : state) {
    out.clear();
    codec::write_output(out, output, *reference);
    benchmark::DoNotOptimize(out.data());
  }
  count_events(state, out.size());
}
BENCHMARK(write_risk_change);

}  // namespace
