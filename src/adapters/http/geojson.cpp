// SPDX-License-Identifier: Apache-2.0
#include "adapters/http/geojson.hpp"

#include <string>

#include "adapters/http/answers.hpp"
#include "codec/writer.hpp"

namespace kentongan::http {
namespace {

void append_feature(std::string& out, const ports::PlaceRisk& place) {
  out += R"({"type":"Feature","id":)";
  codec::append_string(out, place.code);
  out += R"(,"geometry":{"type":"Point","coordinates":[)";
  codec::append_number(out, place.point.lon);
  out += ',';
  codec::append_number(out, place.point.lat);
  out += R"(]},"properties":{"area":)";
  codec::append_string(out, place.code);
  out += R"(,"name":)";
  codec::append_string(out, place.name);
  out += R"(,"score":)";
  codec::append_number(out, place.score);
  out += R"(,"level":)";
  codec::append_string(out, name_of(place.level));
  out += R"(,"level_number":)" + std::to_string(static_cast<int>(place.level)) + "}}";
}

}  // namespace

Reply geojson_reply(const Result<std::vector<ports::PlaceRisk>>& places) {
  if (!places) return risk_reply(places);
  std::string body = R"({"type":"FeatureCollection","features":[)";
  for (const auto& place : *places) {
    if (body.back() == '}') body += ',';
    append_feature(body, place);
  }
  Reply reply = json_reply(200, body + "]}");
  reply.content_type = "application/geo+json";
  return reply;
}

}  // namespace kentongan::http
