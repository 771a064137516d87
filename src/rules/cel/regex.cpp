// SPDX-License-Identifier: Apache-2.0
#include "rules/cel/regex.hpp"

#include <re2/re2.h>

#include "rules/said/say.hpp"

namespace kentongan::cel {
namespace {

constexpr std::size_t longest_pattern = 4096;
constexpr std::int64_t engine_memory = std::int64_t{1} << 20U;

re2::StringPiece piece(std::string_view text) { return {text.data(), text.size()}; }

}  // namespace

struct Regex::Engine {
  explicit Engine(std::string_view pattern, const re2::RE2::Options& options) : re2(piece(pattern), options) {}

  re2::RE2 re2;
};

Regex::Regex(std::unique_ptr<Engine> engine) : engine_(std::move(engine)) {}
Regex::~Regex() = default;

tl::expected<std::shared_ptr<const Regex>, said::Text> Regex::compile(std::string_view pattern) {
  if (pattern.size() > longest_pattern) {
    return tl::unexpected(said::Text(said::TextView("the pattern is too long")));
  }
  re2::RE2::Options options;
  options.set_log_errors(false);
  options.set_max_mem(engine_memory);
  auto engine = std::make_unique<Engine>(pattern, options);
  if (!engine->re2.ok()) {
    return tl::unexpected(said::Text(said::as_is(engine->re2.error())));
  }
  return std::shared_ptr<const Regex>(new Regex(std::move(engine)));
}

bool Regex::occurs_in(std::string_view text) const { return re2::RE2::PartialMatch(piece(text), engine_->re2); }

}  // namespace kentongan::cel
