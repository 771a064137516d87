// SPDX-License-Identifier: Apache-2.0
#include "rules/loader.hpp"

#include <algorithm>
#include <array>
#include <deque>
#include <optional>
#include <set>
#include <variant>

#include <fmt/format.h>

#include "rules/map_reader.hpp"
#include "rules/reader.hpp"
#include "rules/risk_section.hpp"
#include "rules/rule_compiler.hpp"
#include "rules/said/say.hpp"
#include "rules/set_checks.hpp"
#include "rules/set_context.hpp"
#include "rules/story_names.hpp"
#include "rules/untested.hpp"
#include "rules/values.hpp"

namespace kentongan::rules {

namespace {

/// Editors on some systems put a byte order mark before the text; it is not a column.
std::string without_mark(const std::string& text) { return text.starts_with("\xEF\xBB\xBF") ? text.substr(3) : text; }

/// One file on its way through the stages. Does not move: nodes, names and rules point into it.
struct File {
  explicit File(const SourceFile& file) : source(file.name, without_mark(file.text)), findings(source) {}
  Source source;
  Findings findings;
  std::optional<Node> tree;
};

class SetLoader {
 public:
  SetLoader(const std::vector<SourceFile>& sources, const Reference& reference) {
    context_.reference = &reference;
    for (const SourceFile& source : sources) files_.emplace_back(source);
  }

  Loaded load() {
    for (File& file : files_) read(file);
    for (File& file : files_) {
      if (file.tree) collect_names(context_, file.findings, *file.tree);
    }
    define_names(context_);
    for (File& file : files_) {
      if (file.tree) compile(file);
    }
    check_across_rules(rules_);
    if (context_.complete) check_named_rules(rules_);
    warn_untested(rules_);
    if (context_.complete) warn_unused_names(context_);
    return result();
  }

 private:
  void read(File& file) {
    file.tree = read_tree(file.findings);
    if (!file.tree && file.findings.all().empty()) {
      file.findings.error(0, "empty-file", "the file holds no rules",
                          "begin with `version: 1` and `rules:`, or remove it");
    }
    if (file.tree && !file.tree->is_map()) {
      file.findings.error(file.tree->offset, "wrong-type",
                          say("a rule file must be a map of keys, not {}", kind_of(*file.tree)),
                          "begin with `version: 1` and `rules:`");
      file.tree.reset();
    }
    if (!file.tree) context_.complete = false;
  }

  void compile(File& file) {
    const MapReader keys(file.findings, *file.tree, kFileKeys);
    if (const Node* version = keys.value("version")) check_version(file.findings, *version);
    if (const Node* risk = keys.value("risk")) compile_risk_of(file, *keys.key("risk"), *risk);
    const Node* rules = keys.value("rules");
    if (rules == nullptr || !expect_list(file.findings, *rules, "`rules`", "")) return;
    written_ += rules->items.size();
    for (const Node& rule : rules->items) {
      if (auto compiled = compile_rule(context_, file.findings, rule)) rules_.push_back(std::move(*compiled));
    }
  }

  static void check_version(Findings& findings, const Node& version) {
    if (as_number(version) == 1.0) return;
    findings.error(version.offset, "unsupported-version", "this program reads version 1 of the rule language",
                   "write `version: 1`");
  }

  void compile_risk_of(File& file, const Node& key, const Node& risk) {
    RiskModel model = compile_risk(file.findings, key, risk);
    if (risk_file_ != nullptr) {
      file.findings.error(key.offset, "duplicate-section", "`risk` is given in a second file of the set",
                          say("the first is in {}; keep one of them", risk_file_->source.name()));
      return;
    }
    risk_file_ = &file;
    risk_ = model;
  }

  Loaded result() {
    Loaded loaded;
    loaded.files = files_.size();
    loaded.rules = written_;
    for (File& file : files_) {
      const auto& found = file.findings.all();
      loaded.diagnostics.all.insert(loaded.diagnostics.all.end(), found.begin(), found.end());
    }
    loaded.diagnostics.sort();
    for (const CompiledRule& rule : rules_) loaded.written.push_back(written(rule.rule));
    std::sort(loaded.written.begin(), loaded.written.end(),
              [](const WrittenRule& a, const WrittenRule& b) { return a.id < b.id; });
    for (CompiledRule& rule : rules_) {
      std::move(rule.stories.begin(), rule.stories.end(), std::back_inserter(loaded.stories));
    }
    if (!loaded.diagnostics.has_errors()) loaded.set = make_set();
    return loaded;
  }

  static WrittenRule written(const Rule& rule) {
    return {rule.id.value(), rule.title, std::string(key_of(rule.block)), rule.status, rule.owner,
            rule.file,       rule.line};
  }

  std::shared_ptr<const RuleSet> make_set() {
    auto set = std::make_shared<RuleSet>();
    set->risk = risk_;
    for (CompiledRule& rule : rules_) {
      if (rule.rule.status != RuleStatus::off) set->rules.push_back(std::move(rule.rule));
    }
    std::sort(set->rules.begin(), set->rules.end(), [](const Rule& a, const Rule& b) { return a.id < b.id; });
    number_half_lives(*set);
    return set;
  }

  static void number_half_lives(RuleSet& set) {
    std::set<Duration> distinct;
    const auto live_score = [](Rule& rule) -> ScoreBlock* {
      return rule.status == RuleStatus::live ? std::get_if<ScoreBlock>(&rule.block) : nullptr;
    };
    for (Rule& rule : set.rules) {
      if (const ScoreBlock* score = live_score(rule)) distinct.insert(score->half_life);
    }
    set.half_lives.assign(distinct.begin(), distinct.end());
    for (Rule& rule : set.rules) {
      ScoreBlock* score = live_score(rule);
      if (score == nullptr) continue;
      const auto place = std::lower_bound(set.half_lives.begin(), set.half_lives.end(), score->half_life);
      score->half_life_index = static_cast<std::uint32_t>(place - set.half_lives.begin());
    }
  }

  SetContext context_;
  std::deque<File> files_;
  std::vector<CompiledRule> rules_;
  RiskModel risk_;
  const File* risk_file_ = nullptr;
  std::size_t written_ = 0;
};

}  // namespace

std::string_view key_of(const Block& block) {
  static constexpr std::array<std::string_view, std::variant_size_v<Block>> kKeys{
      "check", "score", "level", "count", "clash", "quota", "sequence", "absence", "absence", "spike"};
  return kKeys[block.index()];
}

Loaded load(const std::vector<SourceFile>& files, const Reference& reference) {
  return SetLoader(files, reference).load();
}

}  // namespace kentongan::rules
