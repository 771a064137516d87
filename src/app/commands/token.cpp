// SPDX-License-Identifier: Apache-2.0
#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>
#include <chrono>
#include <cstdio>

#include "access/token_store.hpp"
#include "app/access/open_access.hpp"
#include "app/commands/access_commands.hpp"
#include "app/commands/terminal.hpp"
#include "app/config.hpp"
#include "app/exit_codes.hpp"
#include "app/rule_source.hpp"
#include "codec/json_append.hpp"
#include "rules/reference_loader.hpp"

namespace kentongan::app {
namespace {

using access::TokenRecord;

TimePoint wall_now() { return std::chrono::time_point_cast<Duration>(std::chrono::system_clock::now()); }

/// Where the tokens and the record of their changes are.
struct Files {
  std::filesystem::path tokens;
  std::optional<Config> config;  ///< none: nothing is on record, and areas are not looked up
};

Result<Files> files_of(const TokenArguments& arguments) {
  if (!arguments.config && !arguments.file.empty()) return Files{arguments.file, {}};
  auto config = load_config(arguments.config);
  if (!config) return tl::unexpected(config.error());
  if (!arguments.file.empty()) config->access.tokens = arguments.file;
  if (config->access.tokens.empty()) {
    return fail(Error::Kind::usage,
                "no file of tokens is named; set access.tokens in the configuration, or say --file PATH");
  }
  return Files{config->access.tokens, *config};
}

Result<void> put_on_record(const Files& files, const std::string& what, const TokenRecord& token) {
  if (!files.config) return {};
  const std::string areas = token.areas.empty() ? "everywhere" : fmt::format("{}", fmt::join(token.areas, ","));
  return record_command(*files.config, what, fmt::format("token {}", token.id),
                        fmt::format("{} role {} areas {}", token.name, word_of(token.role), areas));
}

Result<std::optional<TimePoint>> expiry_of(const std::string& text) {
  if (text.empty()) return std::nullopt;
  const auto span = parse_duration(text);
  const auto time =
      span ? std::optional(std::chrono::floor<std::chrono::seconds>(wall_now()) + *span) : parse_rfc3339(text);
  if (time && *time > wall_now()) return time;
  return fail(Error::Kind::usage, fmt::format("--expires {} is no duration such as 30d, and no time to come such as "
                                              "2024-12-01T00:00:00+07:00",
                                              text));
}

Result<void> check_areas(const std::vector<std::string>& areas, const Files& files) {
  for (const std::string& area : areas) {
    if (!access::is_area_code(area)) {
      return fail(Error::Kind::usage, fmt::format("--areas {} is no code of a place, such as 35.73.02", area));
    }
  }
  if (areas.empty() || !files.config) return {};
  const std::filesystem::path folder = reference_folder({{files.config->rules}, files.config->reference});
  const rules::LoadedReference loaded = rules::load_reference(folder);
  if (!loaded.reference) return {};  // `kentongan check` tells what is wrong with it
  for (const std::string& area : areas) {
    if (loaded.reference->find_place(area)) continue;
    return fail(Error::Kind::usage, fmt::format("--areas {}: the reference data in {} know no place with this code",
                                                area, folder.string()));
  }
  return {};
}

Result<TokenRecord> record_of(const TokenArguments& arguments, const Files& files) {
  TokenRecord about;
  about.role = *ports::read_role(arguments.role);  // the command line takes no other
  about.name = arguments.name.empty() ? arguments.role : arguments.name;
  about.duty = arguments.duty;
  about.areas = arguments.areas;
  about.created = wall_now();
  auto expires = expiry_of(arguments.expires);
  if (!expires) return tl::unexpected(expires.error());
  about.expires = *expires;
  if (!access::is_token_name(about.name)) {
    return fail(
        Error::Kind::usage,
        fmt::format("--name {}: up to 64 letters, digits, dots, dashes and underscores; a pseudonym, no name of "
                    "a person",
                    about.name));
  }
  if (auto checked = check_areas(about.areas, files); !checked) return tl::unexpected(checked.error());
  return about;
}

std::string state_of(const TokenRecord& token) {
  if (token.revoked) return "revoked";
  return token.valid_at(wall_now()) ? "valid" : "expired";
}

std::string time_text(const std::optional<TimePoint>& time) {
  return time ? format_rfc3339(*time, std::chrono::seconds{0}) : "";
}

void print_json(const TokenRecord& token) {
  std::string line;
  {
    codec::ObjectWriter object(line);
    object.text("id", token.id);
    object.text("name", token.name);
    object.text("role", word_of(token.role));
    if (!token.duty.empty()) object.text("duty", token.duty);
    object.texts("areas", token.areas);
    object.text("state", state_of(token));
    object.text("created", time_text(token.created));
    if (token.expires) object.text("expires", time_text(token.expires));
    if (token.revoked) object.text("revoked", time_text(token.revoked));
  }
  fmt::print("{}\n", line);
}

}  // namespace

int token_create(const TokenArguments& arguments) {
  const auto files = files_of(arguments);
  if (!files) return complain("token create", files.error());
  auto about = record_of(arguments, *files);
  if (!about) return complain("token create", about.error());
  const auto token = access::new_token();
  if (!token) return complain("token create", token.error());
  const auto record = access::make_record(*token, *std::move(about));
  if (!record) return complain("token create", record.error());
  const auto changed = access::change_tokens(files->tokens, [&](std::vector<TokenRecord>& tokens) -> Result<void> {
    const auto same_name = [&](const TokenRecord& other) { return other.name == record->name && !other.revoked; };
    if (!arguments.name.empty() && std::any_of(tokens.begin(), tokens.end(), same_name)) {
      return fail(Error::Kind::usage, fmt::format("there is a token of the name {} already; revoke it first, or choose "
                                                  "another name",
                                                  record->name));
    }
    tokens.push_back(*record);
    return put_on_record(*files, "token-create", *record);
  });
  if (!changed) return complain("token create", changed.error());
  fmt::print(stderr, "token {} ({}), role {}, in {}. It is shown once, here:\n", record->id, record->name,
             word_of(record->role), files->tokens.string());
  fmt::print("{}\n", token->text());
  return kGood;
}

int token_list(const TokenArguments& arguments) {
  const auto files = files_of(arguments);
  if (!files) return complain("token list", files.error());
  const auto tokens = access::load_tokens(files->tokens);
  if (!tokens) return complain("token list", tokens.error());
  if (arguments.format == "text") {
    fmt::print("{:<12} {:<8} {:<8} {:<16} {:<12} {:<20} {}\n", "ID", "STATE", "ROLE", "NAME", "DUTY", "EXPIRES",
               "AREAS");
  }
  for (const TokenRecord& token : *tokens) {
    if (arguments.format == "json") {
      print_json(token);
      continue;
    }
    fmt::print("{:<12} {:<8} {:<8} {:<16} {:<12} {:<20} {}\n", token.id, state_of(token), word_of(token.role),
               token.name, token.duty.empty() ? "-" : token.duty, token.expires ? time_text(token.expires) : "never",
               token.areas.empty() ? "everywhere" : fmt::format("{}", fmt::join(token.areas, ",")));
  }
  return kGood;
}

int token_revoke(const TokenArguments& arguments) {
  const auto files = files_of(arguments);
  if (!files) return complain("token revoke", files.error());
  std::size_t revoked = 0;
  const auto changed = access::change_tokens(files->tokens, [&](std::vector<TokenRecord>& tokens) -> Result<void> {
    for (TokenRecord& token : tokens) {
      if ((token.id != arguments.token && token.name != arguments.token) || token.revoked) continue;
      token.revoked = wall_now();
      ++revoked;
      if (auto kept = put_on_record(*files, "token-revoke", token); !kept) return kept;
    }
    if (revoked > 0) return {};
    return fail(Error::Kind::usage,
                fmt::format("there is no token {} that is not revoked yet; `kentongan token list` shows them",
                            arguments.token));
  });
  if (!changed) return complain("token revoke", changed.error());
  fmt::print("{} token{} revoked; the service knows within a second\n", revoked, revoked == 1 ? "" : "s");
  return kGood;
}

}  // namespace kentongan::app
