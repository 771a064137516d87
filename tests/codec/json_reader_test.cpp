// SPDX-License-Identifier: Apache-2.0
// The reader against RapidJSON with its strict flags, on documents that are mostly a little wrong.
#include "codec/json_reader.hpp"

#include <gtest/gtest.h>
#include <rapidcheck.h>

#include <string>

#include "documents.hpp"
#include "rapidjson_oracle.hpp"

namespace kentongan::codec {
namespace {

using namespace std::string_view_literals;

TEST(JsonReader, AgreesWithRapidJsonOnEachChangedByte) {
  const std::string good = envelope("report", kFullReport);
  constexpr std::string_view kBytes = "\"\\{}[],: 0123-+.eEtrufalsn/\0\x1f\x7f\x80\xC3\xED\xFF\n"sv;
  for (std::size_t at = 0; at < good.size(); ++at) {
    for (const char byte : kBytes) {
      std::string changed = good;
      changed[at] = byte;
      ASSERT_TRUE(agrees_with_rapidjson(changed)) << changed;
    }
  }
}

TEST(JsonReader, AgreesWithRapidJsonOnEachPrefix) {
  for (const std::string_view data : {kFullReport, kFullCampaign, kFullConsignment, kFullReadiness, kFullAction}) {
    const std::string good = envelope("report", data);
    for (std::size_t size = 0; size <= good.size(); ++size) {
      ASSERT_TRUE(agrees_with_rapidjson(good.substr(0, size))) << size;
    }
  }
}

/// Pieces of JSON in a random row: mostly refused, now and then not.
rc::Gen<std::string> random_pieces() {
  return rc::gen::map(rc::gen::container<std::vector<std::string>>(rc::gen::element<std::string>(
                          "{", "}", "[", "]", ",", ":", "\"a\"", "\"b\"", "\"\\u0061\"", "\"\\ud83e\\udd41\"",
                          "\"\\ud83e\"", "1", "-0", "1.5e3", "1e400", "00", "true", "false", "null", " ", "\n",
                          "{\"a\":", "[1", "\"x", "\xE2\x9C\x93", "\"\xC3\xA9\"")),
                      [](const std::vector<std::string>& pieces) {
                        std::string text;
                        for (const auto& piece : pieces) text += piece;
                        return text;
                      });
}

TEST(JsonReader, AgreesWithRapidJsonOnRandomPieces) {
  EXPECT_TRUE(rc::check([] {
    const std::string text = *random_pieces();
    RC_ASSERT(agrees_with_rapidjson(text));
  }));
}

TEST(JsonReader, OffsetsOfFaults) {
  JsonReader reader;
  EXPECT_EQ(reader.read("[1,x]", 64)->offset, 3U);
  EXPECT_EQ(reader.read("[[1]]", 1)->kind, JsonFault::Kind::too_deep);
  EXPECT_EQ(reader.read("[\"\xFF\"]", 64)->offset, 2U);
  EXPECT_EQ(reader.read("[1", 64)->what, "the document ends early");
}

TEST(JsonReader, NodesOfADocument) {
  JsonReader reader;
  ASSERT_FALSE(reader.read(R"({"a":[1,{"b":"\u0078y"},[]],"area":true})", 64));
  const auto nodes = reader.nodes();
  ASSERT_EQ(nodes.size(), 7U);
  EXPECT_EQ(nodes[0].kind, NodeKind::object);
  EXPECT_EQ(nodes[0].size, 2U);
  EXPECT_EQ(nodes[0].next, 7U);
  EXPECT_EQ(reader.key(nodes[1]), "a");
  EXPECT_EQ(nodes[1].size, 3U);
  EXPECT_EQ(nodes[1].next, 6U);
  EXPECT_EQ(reader.text(nodes[2]), "1");
  EXPECT_EQ(nodes[3].next, 5U);
  EXPECT_EQ(reader.text(nodes[4]), "xy");
  EXPECT_TRUE(nodes[4].escaped);
  EXPECT_EQ(nodes[5].kind, NodeKind::array);
  EXPECT_EQ(nodes[5].size, 0U);
  EXPECT_EQ(nodes[6].known, Key::area);
  EXPECT_EQ(nodes[6].kind, NodeKind::yes);
}

TEST(JsonReader, EveryKeyIsKnown) {
  JsonReader reader;
  for (std::size_t i = 1; i < kKeys; ++i) {
    const std::string name(kKeyNames[i]);
    ASSERT_FALSE(reader.read("{\"" + name + "\":0}", 64));
    EXPECT_EQ(reader.nodes()[1].known, static_cast<Key>(i));
    for (const std::string& other : {name + "x", name.substr(1), "x" + name.substr(1)}) {
      ASSERT_FALSE(reader.read("{\"" + other + "\":0}", 64));
      EXPECT_EQ(name_of(reader.nodes()[1].known) == other, reader.nodes()[1].known != Key::unknown) << other;
    }
  }
}

}  // namespace
}  // namespace kentongan::codec
