// SPDX-License-Identifier: Apache-2.0
#include <fmt/format.h>
#include <unistd.h>

#include <chrono>

#include "adapters/outbox/sqlite_outbox.hpp"
#include "app/commands/notify_command.hpp"
#include "app/commands/terminal.hpp"
#include "app/config.hpp"
#include "app/emit.hpp"
#include "app/exit_codes.hpp"
#include "app/notify/channels_of.hpp"
#include "app/random_hex.hpp"
#include "app/rule_source.hpp"
#include "codec/json_append.hpp"
#include "notify/identity.hpp"
#include "notify/plain_text.hpp"
#include "rules/reference_loader.hpp"

namespace kentongan::app {
namespace {

constexpr std::size_t kShownError = 90;

TimePoint wall_now() { return std::chrono::time_point_cast<Duration>(std::chrono::system_clock::now()); }

/// One line that a terminal takes for nothing but text.
std::string shown(std::string_view text) {
  return notify::cut(notify::clean(text, notify::Lines::join), kShownError, notify::Unit::code_points);
}

Result<duty::Person> find_person(const NotifyArguments& arguments, const Config& config) {
  const auto folder = arguments.reference.value_or(reference_folder({{config.rules}, config.reference}));
  const rules::LoadedReference loaded = rules::load_reference(folder);
  if (!loaded.roster) {
    return fail(Error::Kind::usage,
                fmt::format("{}: the reference data are wrong; `kentongan check` says where", folder.string()));
  }
  const duty::Person* const person = loaded.roster->find(arguments.person);
  if (person == nullptr) {
    return fail(Error::Kind::usage,
                fmt::format("roster.yaml in {} has no person {}", folder.string(), arguments.person));
  }
  return *person;
}

ports::Notice test_notice(const duty::Person& person) {
  const bool english = person.language == duty::Language::en;
  ports::Notice notice;
  notice.id = notify::identity_of({"test", person.id, random_hex(4)});
  notice.kind = ports::NoticeKind::test;
  notice.at = wall_now();
  notice.person = person.id;
  notice.tongue = english ? ports::Tongue::en : ports::Tongue::id;
  notice.text =
      english ? "If you can read this, alerts will reach you by this channel. Nothing is to be done."
              : "Bila pesan ini terbaca, peringatan akan sampai lewat saluran ini. Tidak ada yang perlu dilakukan.";
  return notice;
}

struct Tested {
  std::string channel;
  std::string to;
  bool taken = false;
  std::string said;
};

Tested try_channel(const std::vector<std::unique_ptr<ports::Channel>>& channels, const duty::Channel& way,
                   const ports::Notice& notice) {
  Tested tested{std::string(duty::name_of(way.type)), way.to, false, {}};
  for (const auto& channel : channels) {
    if (channel->name() != tested.channel) continue;
    const auto outcome = channel->send(notice, way.to, notify::delivery_key(notice.id, tested.channel, way.to));
    tested.taken = outcome.fate == ports::Fate::delivered;
    tested.said = outcome.receipt.empty() ? outcome.detail : fmt::format("receipt {}", outcome.receipt);
    return tested;
  }
  tested.said = way.type == duty::ChannelType::alertmanager
                    ? "it gets every alert anyhow and is no way to one person"
                    : fmt::format("the configuration has no notify.{}", tested.channel);
  return tested;
}

void show(LineWriter& out, const Tested& tested, bool json) {
  if (!json) {
    out.write(fmt::format("{:<10} {:<8} {:<32} {}", tested.channel, tested.taken ? "taken" : "FAILED", shown(tested.to),
                          shown(tested.said)));
    return;
  }
  std::string line;
  {
    codec::ObjectWriter object(line);
    object.text("channel", tested.channel);
    object.text("to", tested.to);
    object.boolean("taken", tested.taken);
    object.text("said", shown(tested.said));
  }
  out.write(line);
}

std::string to_json(const ports::Delivery& delivery) {
  std::string json;
  {
    codec::ObjectWriter object(json);
    object.text("key", delivery.key);
    object.text("notice", delivery.notice);
    object.text("person", delivery.person);
    object.text("channel", delivery.channel);
    object.text("to", delivery.to);
    object.text("state", ports::name_of(delivery.state));
    object.integer("attempts", delivery.attempts);
    object.text("due", format_rfc3339(delivery.due, std::chrono::seconds(0)));
    object.text("error", shown(delivery.error));
    object.text("receipt", shown(delivery.receipt));
  }
  return json;
}

Result<std::unique_ptr<outbox::SqliteOutbox>> open_outbox(const NotifyArguments& arguments) {
  const auto config = load_config(arguments.config);
  if (!config) return tl::unexpected(config.error());
  return outbox::SqliteOutbox::open(outbox_path(*config), outbox::SqliteOutbox::Use::visit);
}

int finish(LineWriter& out, int code) {
  if (out.flush()) return code;
  return complain("notify", {Error::Kind::failed, "cannot write to standard output"});
}

}  // namespace

int notify_test(const NotifyArguments& arguments) {
  const auto config = load_config(arguments.config);
  if (!config) return complain("notify test", config.error());
  const auto person = find_person(arguments, *config);
  if (!person) return complain("notify test", person.error());
  const auto channels = channels_of(config->notify, client_of(config->notify, nullptr));
  if (!channels) return complain("notify test", channels.error());
  if (person->channels.empty()) {
    return complain("notify test", {Error::Kind::invalid, person->id + " has no channels in roster.yaml"});
  }
  const ports::Notice notice = test_notice(*person);
  LineWriter out(STDOUT_FILENO);
  bool all = true;
  for (const duty::Channel& way : person->channels) {
    const Tested tested = try_channel(*channels, way, notice);
    all = all && (tested.taken || way.type == duty::ChannelType::alertmanager);
    show(out, tested, arguments.format == "json");
  }
  return finish(out, all ? kGood : kWrong);
}

int outbox_list(const NotifyArguments& arguments) {
  const auto outbox = open_outbox(arguments);
  if (!outbox) return complain("notify outbox list", outbox.error());
  std::optional<ports::DeliveryState> state;
  for (std::size_t i = 0; i < ports::kDeliveryStates.size(); ++i) {
    if (ports::kDeliveryStates[i] == arguments.state) state = static_cast<ports::DeliveryState>(i);
  }
  LineWriter out(STDOUT_FILENO);
  const bool json = arguments.format == "json";
  if (!json)
    out.write(
        fmt::format("{:<32}  {:<9}  {:<9}  {:>5}  {:<20}  {}", "KEY", "STATE", "CHANNEL", "TRIES", "PERSON", "SAID"));
  const auto listed = (*outbox)->list(state, [&](const ports::Delivery& delivery) {
    out.write(json
                  ? to_json(delivery)
                  : fmt::format("{:<32}  {:<9}  {:<9}  {:>5}  {:<20}  {}", delivery.key, ports::name_of(delivery.state),
                                delivery.channel, delivery.attempts, shown(delivery.person), shown(delivery.error)));
    return true;
  });
  if (!listed) return complain("notify outbox list", listed.error());
  return finish(out, kGood);
}

int outbox_retry(const NotifyArguments& arguments) {
  const auto outbox = open_outbox(arguments);
  if (!outbox) return complain("notify outbox retry", outbox.error());
  const auto count = (*outbox)->retry(arguments.key, wall_now());
  if (!count) return complain("notify outbox retry", count.error());
  if (*count == 0 && !arguments.key.empty()) {
    return complain(
        "notify outbox retry",
        {Error::Kind::invalid,
         fmt::format("no delivery {} was given up; `kentongan notify outbox list` shows them", arguments.key)});
  }
  fmt::print("{} deliveries are tried again\n", *count);
  return kGood;
}

}  // namespace kentongan::app
