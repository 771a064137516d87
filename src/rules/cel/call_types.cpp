// SPDX-License-Identifier: Apache-2.0
#include "rules/cel/call_types.hpp"

#include <algorithm>
#include <array>

#include <fmt/format.h>

#include "rules/cel/time_text.hpp"
#include "rules/said/say.hpp"

namespace kentongan::cel {
namespace {

bool is_closed(const Type& type) {
  switch (type.kind()) {
    case TypeKind::dyn:
    case TypeKind::invalid:
      return false;
    case TypeKind::list:
    case TypeKind::optional:
      return is_closed(type.element());
    case TypeKind::map:
      return is_closed(type.key()) && is_closed(type.element());
    default:
      return true;
  }
}

// How many arguments fit, from the first on.
std::size_t fitting(const Overload& overload, const std::vector<Type>& arguments, TypeBindings& bindings) {
  std::size_t count = 0;
  while (count < arguments.size() && accepts(overload.parameter(count), arguments[count], bindings)) {
    ++count;
  }
  return count;
}

said::Text plural(std::size_t count) {
  return count == 1 ? said::Text(said::TextView("1 argument")) : said::say("{} arguments", count);
}

class Judge {
 public:
  Judge(const FunctionGroup& group, CallStyle style, const std::vector<Type>& arguments)
      : group_(group), style_(style), arguments_(arguments) {}

  CallVerdict run() {
    const bool closed = std::all_of(arguments_.begin(), arguments_.end(), is_closed);
    for (const Function& function : group_.functions) {
      for (const Overload& overload : function.overloads) {
        consider(overload);
        if (found_ && closed) {
          return verdict_;
        }
      }
    }
    return found_ ? verdict_ : complain();
  }

 private:
  void consider(const Overload& overload) {
    if (overload.style != style_) {
      other_style_ = true;
      return;
    }
    this_style_ = true;
    const std::size_t shown = overload.parameters.size() - (is_member() ? 1 : 0);
    if (!overload.takes(arguments_.size())) {
      counts_.push_back(shown);
      return;
    }
    right_count_ = true;
    TypeBindings bindings;
    const std::size_t good = fitting(overload, arguments_, bindings);
    if (good == arguments_.size()) {
      const Type result = substitute(overload.result, bindings);
      verdict_.result = found_ ? join(verdict_.result, result) : result;
      found_ = true;
      return;
    }
    if (good > farthest_) {
      farthest_ = good;
      wanted_.clear();
    }
    if (good == farthest_) {
      const std::string text = substitute(overload.parameter(good), bindings).text();
      if (std::find(wanted_.begin(), wanted_.end(), text) == wanted_.end()) {
        wanted_.push_back(text);
      }
    }
  }

  CallVerdict complain() {
    if (!this_style_ && other_style_) {
      verdict_.fault = CallFault::style;
      verdict_.message = is_member() ? said::say("`{0}` is called as {0}(..)", group_.name)
                                     : said::say("`{0}` is called as value.{0}(..)", group_.name);
      return verdict_;
    }
    if (!right_count_) {
      return wrong_count();
    }
    verdict_.fault = CallFault::argument;
    verdict_.argument = farthest_;
    verdict_.expected = said::any_of(said::each_as_is(wanted_));
    verdict_.message =
        is_member() && farthest_ == 0
            ? said::say("`{}` is not defined for {}", group_.name, arguments_[0].text())
            : said::say("`{}` expects {} here, not {}", group_.name, verdict_.expected, arguments_[farthest_].text());
    return verdict_;
  }

  CallVerdict wrong_count() {
    std::sort(counts_.begin(), counts_.end());
    counts_.erase(std::unique(counts_.begin(), counts_.end()), counts_.end());
    verdict_.fault = CallFault::count;
    verdict_.expected = counts_.size() == 1 ? plural(counts_.front())
                                            : said::say("{} arguments", said::any_of(said::each_as_is(shown_counts())));
    verdict_.message =
        said::say("`{}` takes {}, not {}", group_.name, verdict_.expected, arguments_.size() - (is_member() ? 1 : 0));
    return verdict_;
  }

  [[nodiscard]] std::vector<std::string> shown_counts() const {
    std::vector<std::string> shown;
    for (const std::size_t count : counts_) {
      shown.push_back(std::to_string(count));
    }
    return shown;
  }

  [[nodiscard]] bool is_member() const { return style_ == CallStyle::member; }

  const FunctionGroup& group_;
  CallStyle style_;
  const std::vector<Type>& arguments_;
  CallVerdict verdict_;
  bool found_ = false;
  bool this_style_ = false;
  bool other_style_ = false;
  bool right_count_ = false;
  std::size_t farthest_ = 0;
  std::vector<std::string> wanted_;
  std::vector<std::size_t> counts_;
};

}  // namespace

CallVerdict judge_call(const FunctionGroup& group, CallStyle style, const std::vector<Type>& arguments) {
  return Judge(group, style, arguments).run();
}

LiteralVerdict judge_literal(const FunctionGroup& function, std::string_view text) {
  LiteralVerdict verdict;
  if (function.name == "timestamp" && !parse_timestamp(text)) {
    verdict.complaint = said::TextView("not a moment; write it as 2024-11-10T08:00:00+07:00");
  } else if (function.name == "duration" && !parse_duration(text)) {
    verdict.complaint = said::TextView("not a duration; write it as 90s, 15m or 1h30m");
  } else if (function.name == "matches") {
    auto pattern = Regex::compile(text);
    if (pattern) {
      verdict.pattern = std::move(*pattern);
    } else {
      verdict.complaint = said::say("not a regular expression: {}", pattern.error());
    }
  }
  return verdict;
}

std::vector<std::string> function_candidates(const Environment& environment, CallStyle style) {
  static constexpr std::array<std::string_view, 12> member_macros = {
      "all",    "exists",     "exists_one",   "existsOne",         "filter", "map",
      "optMap", "optFlatMap", "transformMap", "transformMapEntry", "or",     "transformList"};
  std::vector<std::string> names;
  if (style == CallStyle::member) {
    names.assign(member_macros.begin(), member_macros.end());
  } else {
    names.emplace_back("has");
  }
  for (std::string& name : environment.function_names()) {
    const auto group = environment.function(name);
    const bool fits = std::any_of(group->functions.begin(), group->functions.end(), [&](const Function& function) {
      return std::any_of(function.overloads.begin(), function.overloads.end(),
                         [&](const Overload& overload) { return overload.style == style; });
    });
    if (fits) {
      names.push_back(std::move(name));
    }
  }
  return names;
}

std::vector<std::string> function_candidates(const Environment& environment, std::string_view space) {
  const std::string prefix = std::string(space) + '.';
  std::vector<std::string> names;
  for (const std::string& name : environment.function_names()) {
    if (name.starts_with(prefix)) {
      names.push_back(name.substr(prefix.size()));
    }
  }
  return names;
}

}  // namespace kentongan::cel
