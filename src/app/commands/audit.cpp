// SPDX-License-Identifier: Apache-2.0
#include <fmt/format.h>

#include <charconv>
#include <cstdio>

#include "adapters/audit/audit_file.hpp"
#include "app/access/open_access.hpp"
#include "app/commands/access_commands.hpp"
#include "app/commands/terminal.hpp"
#include "app/config.hpp"
#include "app/exit_codes.hpp"
#include "codec/json_append.hpp"

namespace kentongan::app {
namespace {

Result<std::unique_ptr<audit::AuditFile>> open_record(const AuditArguments& arguments) {
  std::filesystem::path path = arguments.file;
  if (path.empty()) {
    const auto config = load_config(arguments.config);
    if (!config) return tl::unexpected(config.error());
    path = audit_path(*config);
  }
  if (path.empty()) {
    return fail(Error::Kind::usage, "no record is kept: set access.tokens or access.audit, or say --file PATH");
  }
  return audit::AuditFile::open(path, audit::AuditFile::Open::read);
}

struct Expected {
  std::int64_t number = 0;
  std::string link;
};

Result<Expected> read_expected(const std::string& text) {
  Expected expected;
  const std::size_t colon = text.find(':');
  const char* const end = text.data() + std::min(colon, text.size());
  const auto read = std::from_chars(text.data(), end, expected.number);
  if (colon == std::string::npos || read.ec != std::errc() || read.ptr != end || text.size() - colon != 65) {
    return fail(Error::Kind::usage, fmt::format("--expect {} is not NUMBER:HASH, as verify writes it", text));
  }
  expected.link = text.substr(colon + 1);
  return expected;
}

/// What an earlier look saw must still be there, or be removed by retention.
Result<std::string> fault_of_expected(audit::AuditFile& record, const audit::ChainState& state,
                                      const std::string& text) {
  if (text.empty()) return "";
  const auto expected = read_expected(text);
  if (!expected) return tl::unexpected(expected.error());
  if (expected->number < state.removed) return "";
  const auto link = record.link_at(expected->number);
  if (!link) return tl::unexpected(link.error());
  if (!*link) return fmt::format("entry {} was there, and is gone: the record was cut off", expected->number);
  if (**link != expected->link) return fmt::format("entry {} is another one than it was", expected->number);
  return "";
}

void print_entry(const access::AuditEntry& entry, bool json) {
  const ports::Deed& deed = entry.deed;
  const std::string time = format_rfc3339(entry.time, std::chrono::seconds{0});
  if (!json) {
    fmt::print("{:>6}  {}  {:<28} {:<12} {:<26} {:<15} {}\n", entry.number, time, deed.who, deed.what, deed.on,
               deed.from, deed.detail);
    return;
  }
  std::string line;
  {
    codec::ObjectWriter object(line);
    object.integer("number", entry.number);
    object.text("time", time);
    object.text("who", deed.who);
    object.text("what", deed.what);
    object.text("on", deed.on);
    object.text("from", deed.from);
    object.text("detail", deed.detail);
  }
  fmt::print("{}\n", line);
}

bool holds(const std::string& text, const std::string& part) { return text.find(part) != std::string::npos; }

}  // namespace

int audit_verify(const AuditArguments& arguments) {
  const auto record = open_record(arguments);
  if (!record) return complain("audit verify", record.error());
  const auto state = (*record)->verify();
  if (!state) return complain("audit verify", state.error());
  if (state->broken) {
    fmt::print(stderr, "the record is broken at entry {}: {}\n", state->broken->number, state->broken->why);
    return kWrong;
  }
  const auto fault = fault_of_expected(**record, *state, arguments.expect);
  if (!fault) return complain("audit verify", fault.error());
  if (!fault->empty()) {
    fmt::print(stderr, "the record is broken: {}\n", *fault);
    return kWrong;
  }
  fmt::print("whole: {} entries, {} to {}", state->last == 0 ? 0 : state->last - state->first + 1, state->first,
             state->last);
  if (state->removed > 0) fmt::print("; up to {} removed by retention", state->removed);
  fmt::print("\n{}:{}\n", state->last, state->head);
  return kGood;
}

int audit_list(const AuditArguments& arguments) {
  const auto record = open_record(arguments);
  if (!record) return complain("audit list", record.error());
  const auto listed = (*record)->each_of_last(
      arguments.last,
      [&](const access::AuditEntry& entry) {
        return holds(entry.deed.who, arguments.who) && holds(entry.deed.what, arguments.what) &&
               holds(entry.deed.on, arguments.on);
      },
      [&](const access::AuditEntry& entry) { print_entry(entry, arguments.format == "json"); });
  return listed ? kGood : complain("audit list", listed.error());
}

}  // namespace kentongan::app
