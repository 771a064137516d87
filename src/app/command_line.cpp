// SPDX-License-Identifier: Apache-2.0
#include "app/command_line.hpp"

#include <fmt/format.h>

#include <CLI/CLI.hpp>
#include <cstdio>
#include <exception>
#include <functional>

#include "app/access_command_line.hpp"
#include "app/build_info.hpp"
#include "app/command_line_alerts.hpp"
#include "app/commands/alerts_command.hpp"
#include "app/commands/commands.hpp"
#include "app/commands/notify_command.hpp"
#include "app/commands/pages.hpp"
#include "app/exit_codes.hpp"
#include "app/office_commands.hpp"

namespace kentongan::app {
namespace {

/// What the chosen subcommand does, once the whole line is read.
using Chosen = std::function<int()>;

void add_source(CLI::App& command, RuleSource& source, bool positional) {
  if (positional) command.add_option("PATH", source.rules, "rule files or folders (default: rules)");
  command.add_option("--rules", source.rules, "folder of rule files (*.yaml, *.yml, except below `reference`)")
      ->allow_extra_args(false);
  command.add_option("--reference", source.reference,
                     "folder of reference data (default: `reference` below the rules)");
}

void add_engine(CLI::App& command, EngineArguments& arguments) {
  command.add_option("--until", arguments.until, "move every city's clock on to this time behind the last event");
  command.add_option("--dedupe", arguments.dedupe, "how long duplicates are found and reports can be corrected (7d)");
  command.add_option("--lateness", arguments.lateness, "how late an event may be to enter windows (24h)");
}

void add_language(CLI::App& command, std::string& language) {
  command.add_option("--lang", language, "en or id (default: en; as text that of LANG)")
      ->check(CLI::IsMember({"en", "id"}));
}

RuleSource with_default(RuleSource source) {
  if (source.rules.empty()) source.rules = {installed_rules()};
  return source;
}

void add_replay(CLI::App& app, Chosen& chosen) {
  auto arguments = std::make_shared<ReplayArguments>();
  CLI::App* command =
      app.add_subcommand("replay", "run events from a file through the rules; alerts and risk go to standard output");
  command->footer(
      "example: kentongan replay --rules rules --summary summary.json events.ndjson > alerts.ndjson\n"
      "         kentongan replay --rules new-rules --against rules events.ndjson");
  add_source(*command, arguments->source, false);
  add_engine(*command, arguments->engine);
  command->add_option("--emit", arguments->emit, "what to write: alerts,risk,deadletters (default: alerts,risk)");
  command->add_option("--against", arguments->against,
                      "older rules: say which alerts appear, vanish or move, instead of writing events");
  command->add_option("--format", arguments->format, "of the comparison: text or json (default: text)")
      ->check(CLI::IsMember({"text", "json"}));
  command->add_option("--summary", arguments->summary, "write the counts to this file, as JSON");
  command->add_flag("--full-scan", arguments->full_scan,
                    "try every rule on every event, slowly; the output is the same");
  command->add_flag("--strict", arguments->strict, "exit code 1 when there are dead letters");
  command->add_option("FILE", arguments->input, "events, one CloudEvent a line; - is standard input")
      ->capture_default_str();
  command->callback([arguments, &chosen] {
    arguments->source = with_default(arguments->source);
    chosen = [arguments] { return replay(*arguments); };
  });
}

void add_explain(CLI::App& app, Chosen& chosen) {
  auto arguments = std::make_shared<ExplainArguments>();
  CLI::App* command = app.add_subcommand("explain", "why an alert fired, or what the rules make of an event");
  command->footer(
      "example: kentongan explain 35.73-1f0c9a3b5d7e --config kentongan.yaml\n"
      "         kentongan explain 35.73-1f0c9a3b5d7e --rules rules events.ndjson\n"
      "         kentongan explain --event report.json --rule repeated-intimidation --history events.ndjson --lang id");
  command->add_option("ALERT-ID", arguments->alert, "the alert, as it was sent");
  command->add_option("FILE", arguments->file, "events, one a line, that give the alert (default: the journal)");
  command->add_option("--config", arguments->config, "configuration of the service whose journal has the alert");
  command->add_option("--event", arguments->event,
                      "file with an event; of several, one a line, the last is explained, behind the others");
  command->add_option("--rule", arguments->rule, "only this rule, in full (default: all, a line each)");
  command->add_option("--history", arguments->history, "events that came before, one a line");
  add_source(*command, arguments->source, false);
  add_engine(*command, arguments->engine);
  command->add_option("--lang", arguments->language, "id or en")
      ->check(CLI::IsMember({"id", "en"}))
      ->capture_default_str();
  command->add_option("--format", arguments->format, "text or json")
      ->check(CLI::IsMember({"text", "json"}))
      ->capture_default_str();
  command->callback([arguments, &chosen] { chosen = [arguments] { return explain_command(*arguments); }; });
}

void add_check(CLI::App& app, Chosen& chosen) {
  auto arguments = std::make_shared<CheckArguments>();
  CLI::App* command = app.add_subcommand("check", "check rule files: every error with its place and what to do");
  command->footer("example: kentongan check rules");
  add_source(*command, arguments->source, true);
  command->add_option("--format", arguments->format, "text, json, sarif or github")
      ->check(CLI::IsMember({"text", "json", "sarif", "github"}))
      ->capture_default_str();
  add_language(*command, arguments->language);
  command->add_flag("--strict", arguments->strict, "exit code 1 when there are warnings");
  CLI::Option* fix = command->add_flag("--fix", arguments->fix, "repair in the files what is certain, report the rest");
  command->add_flag("--dry-run", arguments->dry_run, "with --fix: print the difference instead of writing")->needs(fix);
  command->callback([arguments, &chosen] {
    arguments->source = with_default(arguments->source);
    chosen = [arguments] { return check(*arguments); };
  });
}

void add_test(CLI::App& app, Chosen& chosen) {
  auto arguments = std::make_shared<TestArguments>();
  CLI::App* command = app.add_subcommand("test", "run the tests that stand inside the rules");
  command->footer("example: kentongan test rules");
  add_source(*command, arguments->source, true);
  command->add_option("--format", arguments->format, "text, json or junit")
      ->check(CLI::IsMember({"text", "json", "junit"}))
      ->capture_default_str();
  add_language(*command, arguments->language);
  command->add_flag("--coverage", arguments->coverage, "say which rules, conditions and steps no test reaches");
  command->callback([arguments, &chosen] {
    arguments->source = with_default(arguments->source);
    chosen = [arguments] { return test(*arguments); };
  });
}

void add_schema(CLI::App& app, Chosen& chosen) {
  CLI::App* command =
      app.add_subcommand("schema", "the JSON Schema of rule files, for completion and hover in editors");
  command->footer("example: kentongan schema > kentongan-rules.schema.json");
  command->callback([&chosen] { chosen = [] { return schema(); }; });
}

void add_rates(CLI::App& command, GenerateArguments& arguments) {
  const auto add = [&](const char* name, double& rate, const char* what) {
    command.add_option(name, rate, what)->check(CLI::Range(0.0, 1.0))->capture_default_str()->group("Rates");
  };
  command.add_option("--symptoms", arguments.symptoms, "small incidents of calm life, a kelurahan and day")
      ->check(CLI::Range(0.0, 1000.0))
      ->capture_default_str()
      ->group("Rates");
  add("--duplicates", arguments.duplicates, "share of lines that come again");
  add("--delayed", arguments.delayed, "share of reports that come minutes later");
  add("--late", arguments.late, "share of everyday reports that come 1 to 40 hours later");
  add("--corrections", arguments.corrections, "share of everyday reports that are corrected");
  add("--refutations", arguments.refutations, "share of everyday reports that are refuted");
  add("--malformed", arguments.malformed, "share of reports before which a broken line comes");
}

void add_generate(CLI::App& app, Chosen& chosen) {
  auto arguments = std::make_shared<GenerateArguments>();
  CLI::App* command =
      app.add_subcommand("generate", "a campaign that never was, as events on standard output, with labelled stories");
  command->footer(
      "example: kentongan generate --seed 7 --labels labels.ndjson > events.ndjson\n"
      "example: kentongan generate --cities 514 --events 5000000 --write-reference nation > events.ndjson\n"
      "The same options give the same bytes on every machine. Without --reference: the data of the installation.");
  command->add_option("--scenario", arguments->scenario, "45 days to a vote and the day after it")
      ->check(CLI::IsMember({"malang-2024"}))
      ->capture_default_str();
  command->add_option("--seed", arguments->seed, "another one gives other stories")->capture_default_str();
  command->add_option("--events", arguments->events, "about so many lines (350 a kelurahan); stories and routine stay");
  command->add_option("--days", arguments->days, "days up to voting day and with it")
      ->check(CLI::Range(1, 45))
      ->capture_default_str();
  command->add_option("--cities", arguments->cities, "with --write-reference: so many cities")
      ->check(CLI::Range(1, 1000))
      ->capture_default_str();
  command->add_option("--areas", arguments->areas, "with --write-reference: kelurahan of each city")
      ->check(CLI::Range(1, 1000));
  command->add_option("--stories", arguments->stories, "stories of each kind in each city")
      ->check(CLI::Range(0, 1000))
      ->capture_default_str();
  command->add_option("--labels", arguments->labels,
                      "write what each story is, and when it should alert, to this file");
  command->add_option("--summary", arguments->summary, "write the counts to this file, as JSON");
  command->add_option("--reference", arguments->reference, "folder of reference data");
  command->add_option("--write-reference", arguments->write_reference, "write the reference data of the places here");
  add_rates(*command, *arguments);
  command->callback([arguments, &chosen] { chosen = [arguments] { return generate(*arguments); }; });
}

void add_score(CLI::App& app, Chosen& chosen) {
  auto arguments = std::make_shared<ScoreArguments>();
  CLI::App* command = app.add_subcommand("score", "hold alerts against the labels of a generated campaign");
  command->footer(
      "example: kentongan replay --emit alerts --until 2024-11-30T00:00:00+07:00 events.ndjson |\n"
      "           kentongan score --labels labels.ndjson");
  command->add_option("--labels", arguments->labels, "labels that `generate` wrote")->required();
  command->add_option("--format", arguments->format, "text or json")
      ->check(CLI::IsMember({"text", "json"}))
      ->capture_default_str();
  command->add_flag("--strict", arguments->strict, "exit code 1 when a story is missed");
  command->add_option("ALERTS", arguments->alerts, "output of replay; - is standard input")->capture_default_str();
  command->callback([arguments, &chosen] { chosen = [arguments] { return score(*arguments); }; });
}

void add_run(CLI::App& app, Chosen& chosen) {
  auto arguments = std::make_shared<RunArguments>();
  CLI::App* command = app.add_subcommand("run", "run the service: HTTP in, alerts out, all of it in one file");
  command->footer(
      "example: kentongan run --config kentongan.yaml\n"
      "Without a configuration it keeps its data in ./kentongan-data, listens on 127.0.0.1:8080 and uses the rules\n"
      "of the installation. SIGTERM and Ctrl-C end it cleanly.");
  command->add_option("--config", arguments->config, "configuration file (YAML)");
  command->add_option("--rules", arguments->rules, "folder of rule files, instead of that of the configuration");
  command->add_option("--reference", arguments->reference,
                      "reference data (default: `reference` below --rules, else that of the configuration)");
  command->callback([arguments, &chosen] { chosen = [arguments] { return run(*arguments); }; });
}

void add_journal(CLI::App& app, Chosen& chosen) {
  CLI::App* journal = app.add_subcommand("journal", "look into the journal of the service");
  journal->require_subcommand(1);
  auto arguments = std::make_shared<JournalDumpArguments>();
  CLI::App* command =
      journal->add_subcommand("dump", "write what was committed, as replay does; the service may be running");
  command->footer("example: kentongan journal dump --config kentongan.yaml --emit alerts");
  command->add_option("--config", arguments->config, "configuration file (YAML)");
  command->add_option("--emit", arguments->emit, "what to write: alerts,risk,deadletters")->capture_default_str();
  command->callback([arguments, &chosen] { chosen = [arguments] { return journal_dump(*arguments); }; });
}

void add_topics(CLI::App& app, Chosen& chosen) {
  CLI::App* topics = app.add_subcommand("topics", "the Kafka topics of a configuration");
  topics->require_subcommand(1);
  const auto add = [&](const char* name, const char* what, const char* example, int (*run)(const TopicsArguments&)) {
    auto arguments = std::make_shared<TopicsArguments>();
    CLI::App* command = topics->add_subcommand(name, what);
    command->footer(example);
    command->add_option("--config", arguments->config, "configuration file (YAML)");
    command->callback([arguments, run, &chosen] { chosen = [arguments, run] { return run(*arguments); }; });
    return std::pair(command, arguments);
  };
  const auto [create, create_arguments] =
      add("create", "make those that are missing",
          "example: kentongan topics create --config kentongan.yaml --partitions 12", topics_create);
  create->add_option("--partitions", create_arguments->partitions, "of each topic; cannot be changed later")
      ->check(CLI::Range(1, 10'000))
      ->capture_default_str();
  create
      ->add_option("--replication", create_arguments->replication,
                   "copies of each (3, or as many as there are brokers)")
      ->check(CLI::Range(1, 100));
  const auto [describe, describe_arguments] =
      add("describe", "what there is", "example: kentongan topics describe --config kentongan.yaml", topics_describe);
  describe->add_option("--format", describe_arguments->format, "text or json")
      ->check(CLI::IsMember({"text", "json"}))
      ->capture_default_str();
  add("check", "whether all are as they must be; exit code 1 when not",
      "example: kentongan topics check --config kentongan.yaml", topics_check);
}

void add_deadletter(CLI::App& app, Chosen& chosen) {
  CLI::App* group = app.add_subcommand("deadletter", "the events that were put aside: look at them, put them back");
  group->require_subcommand(1);
  const auto add = [&](const char* name, const char* what, const char* example,
                       int (*run)(const DeadLetterArguments&)) {
    auto arguments = std::make_shared<DeadLetterArguments>();
    CLI::App* command = group->add_subcommand(name, what);
    command->footer(example);
    command->add_option("--config", arguments->config, "configuration file (YAML)");
    command->callback([arguments, run, &chosen] { chosen = [arguments, run] { return run(*arguments); }; });
    return std::pair(command, arguments);
  };
  const auto [list, list_arguments] = add(
      "list", "what there is", "example: kentongan deadletter list --reason unknown_area --since 2d", deadletter_list);
  list->add_option("--reason", list_arguments->reasons, "only these reasons; may be given several times")
      ->allow_extra_args(false);
  list->add_option("--since", list_arguments->since,
                   "only those of this time and later: RFC 3339, or 2d for two days ago");
  list->add_flag("--json", list_arguments->json, "one JSON object a line");
  const auto [show, show_arguments] =
      add("show", "all of one: headers and bytes", "example: kentongan deadletter show dead-6b1f", deadletter_show);
  show->add_option("ID", show_arguments->id, "as `list` shows it")->required();
  show->add_flag("--json", show_arguments->json, "one JSON object a line, bytes in base64");
  show->add_flag("--raw", show_arguments->raw, "nothing but the bytes, as they came");
  const auto [retry, retry_arguments] = add("retry", "put the bytes of one back where inputs come in, once",
                                            "example: kentongan deadletter retry dead-6b1f", deadletter_retry);
  retry->add_option("ID", retry_arguments->id, "as `list` shows it")->required();
}

void add_config(CLI::App& app, Chosen& chosen) {
  CLI::App* group = app.add_subcommand("config", "the configuration: is it right, and what is in effect");
  group->require_subcommand(1);
  auto arguments = std::make_shared<ConfigArguments>();
  CLI::App* check = group->add_subcommand("check", "every error of it, with its place; exit code 2 when there is one");
  check->footer("example: kentongan config check --config kentongan.yaml");
  CLI::App* show = group->add_subcommand("show", "every key with its value and where that comes from, without secrets");
  show->footer("example: kentongan config show --config kentongan.yaml");
  for (CLI::App* command : {check, show}) {
    command->add_option("--config", arguments->config, "configuration file (YAML)");
  }
  show->add_option("--format", arguments->format, "text or json")
      ->check(CLI::IsMember({"text", "json"}))
      ->capture_default_str();
  check->callback([arguments, &chosen] { chosen = [arguments] { return config_check(*arguments); }; });
  show->callback([arguments, &chosen] { chosen = [arguments] { return config_show(*arguments); }; });
}

void add_doctor(CLI::App& app, Chosen& chosen) {
  auto arguments = std::make_shared<DoctorArguments>();
  CLI::App* command = app.add_subcommand("doctor", "look at all that the service needs, and say what to do");
  command->footer(
      "example: runuser -u kentongan -- kentongan doctor --config /etc/kentongan/kentongan.yaml\n"
      "One line each: ok, warn or fail. Exit code 1 when there is a fail. Best run as the user of the service.");
  command->add_option("--config", arguments->config, "configuration file (YAML)");
  command->add_option("--format", arguments->format, "text or json")
      ->check(CLI::IsMember({"text", "json"}))
      ->capture_default_str();
  command->callback([arguments, &chosen] { chosen = [arguments] { return doctor_command(*arguments); }; });
}

void add_backup(CLI::App& app, Chosen& chosen) {
  const auto add = [&](const char* name, const char* what, const char* example, const char* file,
                       int (*run)(const BackupArguments&)) {
    auto arguments = std::make_shared<BackupArguments>();
    CLI::App* command = app.add_subcommand(name, what);
    command->footer(example);
    command->add_option("--config", arguments->config, "configuration file (YAML)");
    command->add_option("FILE", arguments->file, file)->required();
    command->callback([arguments, run, &chosen] { chosen = [arguments, run] { return run(*arguments); }; });
  };
  add("backup", "copy the journal, while the service runs or not, and check the copy",
      "example: kentongan backup --config kentongan.yaml kentongan-2024-11-27.db", "the copy; must not be there yet",
      backup);
  add("restore", "put a copy of the journal back; the service must be stopped",
      "example: kentongan restore --config kentongan.yaml kentongan-2024-11-27.db\n"
      "The journal that is there is moved beside, not deleted.",
      "what `backup` wrote", restore);
}

/// They tell of all commands, so they are added last.
void add_pages(CLI::App& app, Chosen& chosen) {
  auto arguments = std::make_shared<ManArguments>();
  CLI::App* manual = app.add_subcommand("man", "the manual page of a command, or of the program");
  manual->footer("example: kentongan man journal dump | man -l -");
  manual->add_option("COMMAND", arguments->command, "as on the command line; none: the program");
  manual->add_option("--write", arguments->folder, "write the pages of all commands into this folder");
  manual->callback(
      [arguments, &app, &chosen] { chosen = [arguments, &app] { return man(*arguments, page_of(app), kVersion); }; });
  auto shell = std::make_shared<std::string>();
  CLI::App* command = app.add_subcommand("completion", "a script that lets a shell complete the command line");
  command->footer("example: kentongan completion bash > ~/.local/share/bash-completion/completions/kentongan");
  command->add_option("SHELL", *shell, "bash, zsh or fish")->required()->check(CLI::IsMember({"bash", "zsh", "fish"}));
  command->callback(
      [shell, &app, &chosen] { chosen = [shell, &app] { return print_completion(*shell, page_of(app)); }; });
}

int run_chosen(int argc, char** argv) {
  CLI::App app{"Kentongan: early warning from reports of the neighbourhoods", "kentongan"};
  app.set_version_flag("--version", fmt::format("kentongan {} ({})", kVersion, kCommit));
  app.footer(
      "`kentongan COMMAND --help` has an example of each. Exit codes: 0 good, 1 what was examined is wrong,\n"
      "2 usage or configuration, 3 the work could not be done.");
  app.require_subcommand(1);
  Chosen chosen;
  add_run(app, chosen);
  add_check(app, chosen);
  add_test(app, chosen);
  add_schema(app, chosen);
  add_replay(app, chosen);
  add_explain(app, chosen);
  add_generate(app, chosen);
  add_score(app, chosen);
  add_demo(app, chosen);
  add_report(app, chosen);
  add_journal(app, chosen);
  add_topics(app, chosen);
  add_deadletter(app, chosen);
  add_duty(app, chosen);
  add_cap(app, chosen);
  add_alerts(app, chosen);
  add_notify(app, chosen);
  add_token(app, chosen);
  add_audit(app, chosen);
  add_config(app, chosen);
  add_doctor(app, chosen);
  add_backup(app, chosen);
  add_pages(app, chosen);
  try {
    app.parse(argc, argv);
  } catch (const CLI::ParseError& error) {
    return app.exit(error) == 0 ? kGood : kUsage;
  }
  const int code = chosen();
  if (code == kFailed) return code;
  if (std::fflush(stdout) != 0 || std::ferror(stdout) != 0) {
    fmt::print(stderr, "kentongan: cannot write to standard output\n");
    return kFailed;
  }
  return code;
}

}  // namespace

int run_command_line(int argc, char** argv) {
  try {
    return run_chosen(argc, argv);
  } catch (const std::exception& error) {
    fmt::print(stderr, "kentongan: {}\n", error.what());
    return kFailed;
  }
}

}  // namespace kentongan::app
