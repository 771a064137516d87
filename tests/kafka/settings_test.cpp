// SPDX-License-Identifier: Apache-2.0
#include "adapters/kafka/settings.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <cstdlib>
#include <fstream>

#include "adapters/kafka/client.hpp"

namespace kentongan::kafka {
namespace {

using ::testing::HasSubstr;

TEST(Properties, TheListIsTakenAndNothingElse) {
  for (const std::string_view name : allowed_properties()) {
    const std::string_view value = name.find("verification") != std::string_view::npos     ? "true"
                                   : name.find("identification") != std::string_view::npos ? "https"
                                                                                           : "env:X";
    EXPECT_TRUE(check_property(name, value)) << name;
  }
  for (const std::string_view name :
       {"plugin.library.paths", "isolation.level", "enable.auto.commit", "transactional.id", "group.id", "debug",
        "auto.offset.reset", "bootstrap.servers", "partition.assignment.strategy", "nonsense", ""}) {
    EXPECT_FALSE(check_property(name, "x")) << name;
  }
}

TEST(Properties, TheCheckOfTheBrokersNameStaysOn) {
  EXPECT_FALSE(check_property("enable.ssl.certificate.verification", "false"));
  EXPECT_FALSE(check_property("ssl.endpoint.identification.algorithm", "none"));
}

TEST(Properties, SecretsComeFromElsewhere) {
  const auto literal = check_property("sasl.password", "geheim");
  ASSERT_FALSE(literal);
  EXPECT_THAT(literal.error().message, Not(HasSubstr("geheim")));
  ::setenv("KENTONGAN_TEST_SECRET", "geheim", 1);
  EXPECT_EQ(resolve_property("sasl.password", "env:KENTONGAN_TEST_SECRET").value(), "geheim");
  EXPECT_FALSE(resolve_property("sasl.password", "env:KENTONGAN_TEST_NO_SECRET"));
  const std::string path = ::testing::TempDir() + "secret";
  std::ofstream(path) << "from a file\n";
  EXPECT_EQ(resolve_property("ssl.key.password", "file:" + path).value(), "from a file");
  EXPECT_FALSE(resolve_property("ssl.key.password", "file:" + path + "-missing"));
  EXPECT_EQ(resolve_property("client.id", "env:X").value(), "env:X") << "no secret, taken as it is";
}

TEST(Properties, AWrongValueIsNotRepeated) {
  Settings settings;
  settings.properties["session.timeout.ms"] = "geheim";
  ClientPlan plan;
  plan.name = "test";
  const auto client = make_client(settings, plan);
  ASSERT_FALSE(client);
  EXPECT_EQ(client.error().kind, Error::Kind::usage);
  EXPECT_THAT(client.error().message, HasSubstr("session.timeout.ms"));
  EXPECT_THAT(client.error().message, Not(HasSubstr("geheim")));
}

TEST(Settings, OnlyInputsMayShareATopic) {
  Settings settings;
  EXPECT_TRUE(check_settings(settings));
  settings.topics.inputs.fill("one");
  EXPECT_TRUE(check_settings(settings));
  EXPECT_EQ(settings.topics.distinct_inputs().size(), 1U);
  settings.topics.alerts = "one";
  EXPECT_FALSE(check_settings(settings));
  settings.topics.alerts = settings.topics.state;
  EXPECT_FALSE(check_settings(settings));
}

/// Values of org.apache.kafka.common.utils.Utils.murmur2, as its own tests have them, made positive.
TEST(PartitionOf, IsJavas) {
  struct Case {
    std::string_view key;
    std::int32_t hash;
  };
  for (const auto& [key, hash] : {Case{"21", -973932308},
                                  {"foobar", -790332482},
                                  {"a-little-bit-long-string", -985981536},
                                  {"a-little-bit-longer-string", -1486304829},
                                  {"lkjh234lh9fiuh90y23oiuhsafujhadof229phr9h19h89h8", -58897971}}) {
    for (const std::int32_t count : {1, 4, 12, 514}) {
      EXPECT_EQ(partition_of(key, count), (hash & 0x7fffffff) % count) << key;
    }
  }
}

}  // namespace
}  // namespace kentongan::kafka
