// SPDX-License-Identifier: Apache-2.0
// docs/asyncapi.yaml against the adapter: the same topics, types and headers.
#include <gtest/gtest.h>
#include <yaml-cpp/yaml.h>

#include <algorithm>
#include <filesystem>
#include <set>
#include <string>

#include "adapters/kafka/binding.hpp"
#include "adapters/kafka/settings.hpp"
#include "domain/words.hpp"

namespace kentongan::kafka {
namespace {

const std::string kDocs = std::string(KENTONGAN_SOURCE_DIR) + "/docs/";

const YAML::Node& document() {
  static const YAML::Node node = YAML::LoadFile(kDocs + "asyncapi.yaml");
  return node;
}

/// The node that "#/a/b" names.
YAML::Node at(const YAML::Node& reference) {
  const auto text = reference["$ref"].as<std::string>();
  YAML::Node node = document();
  for (std::size_t begin = 2; begin < text.size();) {
    const std::size_t end = std::min(text.find('/', begin), text.size());
    node.reset(node[text.substr(begin, end - begin)]);
    begin = end + 1;
  }
  return node;
}

TEST(AsyncApi, ItsChannelsAreTheTopicsThatThereAre) {
  const Topics topics;
  std::set<std::string> used{topics.alerts, topics.risk, topics.deadletter, topics.state};
  for (const std::string& input : topics.inputs) used.insert(input);
  std::set<std::string> described;
  for (const auto& channel : document()["channels"]) described.insert(channel.second["address"].as<std::string>());
  EXPECT_EQ(described, used);
}

TEST(AsyncApi, EachInputTopicHasTheMessageOfItsType) {
  const Topics topics;
  for (std::size_t i = 0; i < topics.inputs.size(); ++i) {
    const auto type = static_cast<EventType>(i);
    const std::string role = topics.inputs[i].substr(std::string("kentongan.").size());
    const YAML::Node channel = document()["channels"][role];
    ASSERT_TRUE(channel) << role;
    for (const auto& message : channel["messages"]) {
      EXPECT_EQ(at(message.second)["name"].as<std::string>(), type_name(type)) << role;
    }
    EXPECT_EQ(document()["operations"]["receive_" + role]["action"].as<std::string>(), "receive");
  }
  for (const char* role : {"alerts", "risk", "deadletter"}) {
    EXPECT_EQ(document()["operations"][std::string("send_") + role]["action"].as<std::string>(), "send");
  }
}

TEST(AsyncApi, PayloadsAreSchemasThatThereAre) {
  for (const auto& message : document()["components"]["messages"]) {
    const YAML::Node payload = message.second["payload"];
    if (!payload["schema"]) continue;
    const auto reference = payload["schema"]["$ref"].as<std::string>();
    const auto file = reference.substr(0, reference.find('#'));
    ASSERT_TRUE(std::filesystem::exists(kDocs + file)) << file;
    const YAML::Node schema = YAML::LoadFile(kDocs + file);
    EXPECT_EQ(schema["properties"]["type"]["const"].as<std::string>(), message.second["name"].as<std::string>());
  }
}

/// An output as the adapter makes a record of it has the headers that are required, and none that are not described.
TEST(AsyncApi, OutputsHaveTheHeadersThatAreDescribed) {
  const BinaryEvent event = to_binary(
      R"({"specversion":"1.0","id":"a","source":"/kentongan/35.73","type":"kentongan.alert.v1","subject":"35.73",)"
      R"("time":"2024-11-10T08:00:00+07:00","traceparent":"t","tracestate":"s","data":{"alert":"x"}})");
  EXPECT_EQ(event.data, R"({"alert":"x"})");
  std::set<std::string> sent;
  for (const auto& header : event.headers) sent.insert(header.first);
  const YAML::Node described = document()["components"]["schemas"]["outputHeaders"];
  for (const auto& name : described["required"]) EXPECT_TRUE(sent.contains(name.as<std::string>())) << name;
  for (const std::string& name : sent) EXPECT_TRUE(described["properties"][name]) << name;
}

}  // namespace
}  // namespace kentongan::kafka
