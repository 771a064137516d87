// SPDX-License-Identifier: Apache-2.0
// docs/openapi.yaml against the table of endpoints: the same paths, methods and success statuses.
#include <gtest/gtest.h>
#include <yaml-cpp/yaml.h>

#include <set>
#include <string>

#include "adapters/http/target.hpp"

namespace kentongan::http {
namespace {

const YAML::Node& document() {
  static const YAML::Node node = YAML::LoadFile(KENTONGAN_SOURCE_DIR "/docs/openapi.yaml");
  return node;
}

TEST(OpenApi, DescribesThePathsAndMethodsThatThereAre) {
  std::set<std::string> described;
  for (const auto& path : document()["paths"]) {
    for (const auto& method : path.second) {
      if (method.first.as<std::string>() != "parameters") {
        described.insert(method.first.as<std::string>() + ' ' + path.first.as<std::string>());
      }
    }
  }
  std::set<std::string> served;
  for (const auto& route : all_routes()) {
    served.insert((route.posts ? "post " : "get ") + std::string(route.pattern));
    if (route.posts && route.reads()) served.insert("get " + std::string(route.pattern));
    if (route.reads()) served.insert("head " + std::string(route.pattern));
  }
  EXPECT_EQ(described, served);
}

TEST(OpenApi, EveryReferenceLeadsSomewhere) {
  const auto check = [](const auto& self, const YAML::Node& node) -> void {
    if (node.IsMap()) {
      for (const auto& entry : node) {
        if (entry.first.as<std::string>() != "$ref") {
          self(self, entry.second);
          continue;
        }
        const auto reference = entry.second.as<std::string>();
        ASSERT_TRUE(reference.starts_with("#/components/")) << reference;
        const auto rest = reference.substr(13);
        const auto slash = rest.find('/');
        EXPECT_TRUE(document()["components"][rest.substr(0, slash)][rest.substr(slash + 1)]) << reference;
      }
    } else if (node.IsSequence()) {
      for (const auto& element : node) self(self, element);
    }
  };
  check(check, document());
}

}  // namespace
}  // namespace kentongan::http
