// SPDX-License-Identifier: Apache-2.0
#pragma once

// Private to the reader: the only header beside reader.cpp that knows the YAML library.

#include <optional>
#include <string>
#include <unordered_set>
#include <vector>

#include <yaml-cpp/eventhandler.h>
#include <yaml-cpp/mark.h>

#include "rules/findings.hpp"
#include "rules/node.hpp"

namespace kentongan::rules {

/// Thrown through the YAML library to stop it; the finding has been made.
struct StopReading {};

/// Makes nodes of the library's events and refuses what a rule file may not use.
class TreeBuilder final : public YAML::EventHandler {
 public:
  explicit TreeBuilder(Findings& findings) : findings_(findings) {}

  [[nodiscard]] std::optional<Node> take() { return std::move(root_); }

  void OnDocumentStart(const YAML::Mark& mark) override;
  void OnDocumentEnd() override {}
  void OnNull(const YAML::Mark& mark, YAML::anchor_t anchor) override;
  void OnAlias(const YAML::Mark& mark, YAML::anchor_t anchor) override;
  void OnScalar(const YAML::Mark& mark, const std::string& tag, YAML::anchor_t anchor,
                const std::string& value) override;
  void OnSequenceStart(const YAML::Mark& mark, const std::string& tag, YAML::anchor_t anchor,
                       YAML::EmitterStyle::value style) override;
  void OnSequenceEnd() override { close(); }
  void OnMapStart(const YAML::Mark& mark, const std::string& tag, YAML::anchor_t anchor,
                  YAML::EmitterStyle::value style) override;
  void OnMapEnd() override { close(); }
  void OnAnchor(const YAML::Mark& mark, const std::string& name) override;

 private:
  struct Open {
    Node node;
    std::optional<Node> key;  ///< of a map, while its value is still to come
    std::unordered_set<std::string> keys;
    bool broken = false;  ///< a flow map with a key that is none: most likely a text that begins with `{{`
  };

  void open(Node::Kind kind, const YAML::Mark& mark, const std::string& tag);
  void close();
  void add(Node node);
  void add_key(Open& map, Node key);
  void add_entry(Open& map, Node value);
  void count_node(std::size_t offset);
  [[nodiscard]] bool is_number_of_text(std::string_view text) const;
  void check_tag(std::size_t offset, const std::string& tag);

  Findings& findings_;
  std::vector<Open> open_;
  std::optional<Node> root_;
  std::size_t nodes_ = 0;
  bool started_ = false;
};

}  // namespace kentongan::rules
