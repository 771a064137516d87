// SPDX-License-Identifier: Apache-2.0
#include <CLI/CLI.hpp>
#include <memory>

#include "app/commands/notify_command.hpp"

namespace kentongan::app {
namespace {

using Arguments = std::shared_ptr<NotifyArguments>;

void add_common(CLI::App& command, const Arguments& arguments) {
  command.add_option("--config", arguments->config, "configuration of the service");
  command.add_option("--format", arguments->format, "text or json (default: text)")
      ->check(CLI::IsMember({"text", "json"}));
}

void add_test(CLI::App& notify, std::function<int()>& chosen) {
  auto arguments = std::make_shared<NotifyArguments>();
  CLI::App* const command =
      notify.add_subcommand("test", "send a test message by each of a person's channels, and say what came back");
  command->footer("example: kentongan notify test piket-1 --config kentongan.yaml");
  command->add_option("PERSON", arguments->person, "id of a person of roster.yaml")->required();
  command->add_option("--reference", arguments->reference, "folder with roster.yaml (default: the configuration's)");
  add_common(*command, arguments);
  command->callback([arguments, &chosen] { chosen = [arguments] { return notify_test(*arguments); }; });
}

void add_outbox(CLI::App& notify, std::function<int()>& chosen) {
  CLI::App* const outbox = notify.add_subcommand("outbox", "what is to be told, and what was");
  outbox->require_subcommand(1);
  auto list = std::make_shared<NotifyArguments>();
  CLI::App* const listing = outbox->add_subcommand("list", "deliveries, newest first");
  listing->footer("example: kentongan notify outbox list --state failed");
  listing->add_option("--state", list->state, "waiting, delivered, failed or spare (default: all)")
      ->check(CLI::IsMember({"waiting", "delivered", "failed", "spare"}));
  add_common(*listing, list);
  listing->callback([list, &chosen] { chosen = [list] { return outbox_list(*list); }; });
  auto retry = std::make_shared<NotifyArguments>();
  CLI::App* const retrying = outbox->add_subcommand("retry", "try deliveries again that were given up");
  retrying->footer("example: kentongan notify outbox retry 0f3a..   (without a key: all that failed)");
  retrying->add_option("KEY", retry->key, "the delivery's key, as `list` shows it");
  add_common(*retrying, retry);
  retrying->callback([retry, &chosen] { chosen = [retry] { return outbox_retry(*retry); }; });
}

}  // namespace

void add_notify(CLI::App& app, std::function<int()>& chosen) {
  CLI::App* const notify = app.add_subcommand("notify", "the ways to people: test them, see what is under way");
  notify->require_subcommand(1);
  add_test(*notify, chosen);
  add_outbox(*notify, chosen);
}

}  // namespace kentongan::app
