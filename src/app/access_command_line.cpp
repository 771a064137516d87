// SPDX-License-Identifier: Apache-2.0
#include "app/access_command_line.hpp"

#include <CLI/CLI.hpp>
#include <limits>
#include <memory>

#include "app/commands/access_commands.hpp"
#include "ports/caller.hpp"

namespace kentongan::app {
namespace {

using Chosen = std::function<int()>;

void add_format(CLI::App& command, std::string& format) {
  command.add_option("--format", format, "text or json")->check(CLI::IsMember({"text", "json"}))->capture_default_str();
}

template <class Arguments>
CLI::App* add_one(CLI::App& group, const char* name, const char* what, const char* example, const char* file,
                  const std::shared_ptr<Arguments>& arguments, int (*run)(const Arguments&), Chosen& chosen) {
  CLI::App* command = group.add_subcommand(name, what);
  command->footer(example);
  command->add_option("--config", arguments->config, "configuration file (YAML)");
  command->add_option("--file", arguments->file, file);
  command->callback([arguments, run, &chosen] { chosen = [arguments, run] { return run(*arguments); }; });
  return command;
}

}  // namespace

void add_token(CLI::App& app, Chosen& chosen) {
  CLI::App* group = app.add_subcommand("token", "who may do what: tokens for the HTTP interface");
  group->require_subcommand(1);
  constexpr const char* kFile = "the file of tokens (default: access.tokens of the configuration)";
  const auto add = [&](const char* name, const char* what, const char* example, int (*run)(const TokenArguments&)) {
    auto arguments = std::make_shared<TokenArguments>();
    return std::pair(add_one(*group, name, what, example, kFile, arguments, run, chosen), arguments);
  };
  const auto [create, made] =
      add("create", "make a token and print it, once",
          "example: kentongan token create --config kentongan.yaml --role officer --name lurah-kauman --duty lurah "
          "--areas 35.73.02.1004 --expires 60d",
          token_create);
  create->add_option("--role", made->role, "reporter, officer, author, viewer or admin")
      ->required()
      ->check(CLI::IsMember({"reporter", "officer", "author", "viewer", "admin"}));
  create->add_option("--name", made->name, "a pseudonym: actions go under it (default: the role)");
  create->add_option("--duty", made->duty, "the role of the roster that its actions carry, such as lurah");
  create->add_option("--areas", made->areas, "codes of places it is valid for, commas between (default: everywhere)")
      ->delimiter(',');
  create->add_option("--expires", made->expires, "after this duration, or at this time (default: never)");
  const auto [list, listed] = add("list", "all tokens, without their secrets",
                                  "example: kentongan token list --config kentongan.yaml", token_list);
  add_format(*list, listed->format);
  const auto [revoke, revoked] =
      add("revoke", "make a token invalid, for good",
          "example: kentongan token revoke --config kentongan.yaml lurah-kauman", token_revoke);
  revoke->add_option("TOKEN", revoked->token, "its id or name, as `list` shows it")->required();
}

void add_audit(CLI::App& app, Chosen& chosen) {
  CLI::App* group = app.add_subcommand("audit", "the record of who did what, when, from where");
  group->require_subcommand(1);
  constexpr const char* kFile = "the record (default: that of the configuration)";
  const auto add = [&](const char* name, const char* what, const char* example, int (*run)(const AuditArguments&)) {
    auto arguments = std::make_shared<AuditArguments>();
    return std::pair(add_one(*group, name, what, example, kFile, arguments, run, chosen), arguments);
  };
  const auto [verify, verified] =
      add("verify", "is the chain whole? exit code 1 and the entry where it is not",
          "example: kentongan audit verify --config kentongan.yaml\n"
          "Keep its last line elsewhere: with it in --expect, a record that was cut off or made anew is found.",
          audit_verify);
  verify->add_option("--expect", verified->expect, "NUMBER:HASH, the last line of an earlier verify");
  const auto [list, listed] =
      add("list", "the last entries, the oldest first",
          "example: kentongan audit list --config kentongan.yaml --what read --last 20", audit_list);
  list->add_option("--last", listed->last, "how many at most")
      ->check(CLI::Range(std::int64_t{1}, std::int64_t{1'000'000}))
      ->capture_default_str();
  list->add_option("--who", listed->who, "only entries whose doer holds this text");
  list->add_option("--what", listed->what, "only these deeds: acknowledge, read, reload, token-create, ..");
  list->add_option("--on", listed->on, "only deeds on this: the id of an alert, a token");
  add_format(*list, listed->format);
}

}  // namespace kentongan::app
