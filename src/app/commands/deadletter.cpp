// SPDX-License-Identifier: Apache-2.0
#include <fmt/format.h>
#include <unistd.h>

#include <algorithm>
#include <chrono>

#include "app/access/open_access.hpp"
#include "app/commands/commands.hpp"
#include "app/commands/terminal.hpp"
#include "app/config.hpp"
#include "app/dead_letters.hpp"
#include "app/emit.hpp"
#include "app/exit_codes.hpp"
#include "codec/json_append.hpp"
#include "codec/writer.hpp"
#include "domain/output.hpp"

namespace kentongan::app {
namespace {

constexpr std::size_t kShownMessage = 80;

/// What a terminal would take for a command is shown as \xNN; other bytes as they are.
std::string shown(std::string_view bytes, bool lines) {
  std::string text;
  for (const char c : bytes) {
    const auto byte = static_cast<unsigned char>(c);
    if ((byte < 0x20 && !(lines && c == '\n')) || byte == 0x7F || byte == '\\') {
      text += fmt::format("\\x{:02x}", byte);
    } else {
      text += c;
    }
  }
  return text;
}

/// At most `most` bytes, ended at a character.
std::string_view shortened(std::string_view text, std::size_t most) {
  if (text.size() <= most) return text;
  while (most > 0 && (static_cast<unsigned char>(text[most]) & 0xC0) == 0x80) --most;
  return text.substr(0, most);
}

/// A time, or how long ago. Error::usage.
Result<std::optional<TimePoint>> read_since(const std::optional<std::string>& text) {
  if (!text) return std::nullopt;
  if (const auto time = parse_rfc3339(*text)) return time;
  const auto now = std::chrono::time_point_cast<Duration>(std::chrono::system_clock::now());
  if (const auto ago = parse_duration(*text)) return now - *ago;
  return fail(Error::Kind::usage,
              fmt::format("--since: \"{}\" is neither a time such as 2024-11-10T08:00:00+07:00 nor a "
                          "duration such as 2d",
                          *text));
}

Result<void> check_reasons(const std::vector<std::string>& reasons) {
  std::string known;
  for (std::size_t i = 0; i < kRejectReasons; ++i) {
    known += fmt::format("{}{}", i == 0 ? "" : ", ", name_of(static_cast<RejectReason>(i)));
  }
  for (const std::string& reason : reasons) {
    bool found = false;
    for (std::size_t i = 0; i < kRejectReasons; ++i) found = found || reason == name_of(static_cast<RejectReason>(i));
    if (!found) {
      return fail(Error::Kind::usage, fmt::format("--reason: \"{}\" is none of {}", reason, known));
    }
  }
  return {};
}

bool is_wanted(const KeptDeadLetter& letter, const std::vector<std::string>& reasons,
               const std::optional<TimePoint>& since) {
  if (!reasons.empty() && std::find(reasons.begin(), reasons.end(), letter.reason) == reasons.end()) return false;
  if (!since) return true;
  const auto time = parse_rfc3339(letter.time);
  return time && *time >= *since;
}

void write_common(codec::ObjectWriter& object, const KeptDeadLetter& letter) {
  object.text("id", letter.id);
  object.text("time", letter.time);
  object.text("reason", letter.reason);
  if (!letter.city.empty()) object.text("city", letter.city);
  object.text("pointer", letter.pointer);
  object.text("message", letter.message);
  object.text("place", letter.place);
  object.integer("bytes", letter.raw ? static_cast<std::int64_t>(letter.raw->size()) : 0);
}

std::string row(const KeptDeadLetter& letter) {
  return fmt::format("{:<25}  {:<16}  {:<6}  {:<29}  {}", letter.id, letter.reason,
                     letter.city.empty() ? "-" : letter.city, letter.time,
                     shown(shortened(letter.message, kShownMessage), false));
}

std::string to_json(const KeptDeadLetter& letter) {
  std::string json;
  {
    codec::ObjectWriter object(json);
    write_common(object, letter);
    if (letter.cut) object.boolean("cut", true);
    codec::append_list(object.key("headers"), letter.headers, [](std::string& out, const auto& header) {
      codec::ObjectWriter one(out);
      one.text("name", header.first);
      // A header may hold any bytes, a JSON text not.
      std::string& value = one.key("value_base64");
      value += '"';
      codec::append_base64(value, header.second);
      value += '"';
    });
    if (letter.raw) {
      std::string& raw = object.key("raw_base64");
      raw += '"';
      codec::append_base64(raw, *letter.raw);
      raw += '"';
    }
  }
  return json;
}

std::string to_text(const KeptDeadLetter& letter) {
  std::string text =
      fmt::format("id       {}\nplace    {}\ntime     {}\ncity     {}\nreason   {}\npointer  {}\nmessage  {}\n",
                  letter.id, letter.place, letter.time, letter.city.empty() ? "-" : letter.city, letter.reason,
                  letter.pointer, shown(letter.message, false));
  text += "headers\n";
  for (const auto& [name, value] : letter.headers) {
    text += fmt::format("  {}: {}\n", shown(name, false), shown(value, false));
  }
  if (!letter.raw) return text + "bytes    none were kept";
  return text + fmt::format("bytes    {}{}\n{}", letter.raw->size(), letter.cut ? ", only the beginning was kept" : "",
                            shown(*letter.raw, true));
}

Result<std::unique_ptr<DeadLetters>> open(const DeadLetterArguments& arguments) {
  const auto config = load_config(arguments.config);
  if (!config) return tl::unexpected(config.error());
  return open_dead_letters(*config);
}

int finish(LineWriter& out, int code) {
  if (out.flush()) return code;
  return complain("deadletter", {Error::Kind::failed, "cannot write to standard output"});
}

}  // namespace

int deadletter_list(const DeadLetterArguments& arguments) {
  if (const auto good = check_reasons(arguments.reasons); !good) return complain("deadletter list", good.error());
  const auto since = read_since(arguments.since);
  if (!since) return complain("deadletter list", since.error());
  const auto letters = open(arguments);
  if (!letters) return complain("deadletter list", letters.error());
  LineWriter out(STDOUT_FILENO);
  if (!arguments.json) {
    out.write(fmt::format("{:<25}  {:<16}  {:<6}  {:<29}  {}", "ID", "REASON", "CITY", "TIME", "MESSAGE"));
  }
  const auto visited = (*letters)->visit([&](const KeptDeadLetter& letter) {
    if (!is_wanted(letter, arguments.reasons, *since)) return true;
    if (!arguments.json) {
      out.write(row(letter));
      return true;
    }
    std::string json;
    {
      codec::ObjectWriter object(json);
      write_common(object, letter);
    }
    out.write(json);
    return true;
  });
  if (!visited) return complain("deadletter list", visited.error());
  return finish(out, kGood);
}

int deadletter_show(const DeadLetterArguments& arguments) {
  const auto letters = open(arguments);
  if (!letters) return complain("deadletter show", letters.error());
  const auto config = load_config(arguments.config);
  if (!config) return complain("deadletter show", config.error());
  if (auto kept = record_command(*config, "read", arguments.id); !kept)
    return complain("deadletter show", kept.error());
  LineWriter out(STDOUT_FILENO);
  bool found = false;
  const auto visited = (*letters)->visit([&](const KeptDeadLetter& letter) {
    if (letter.id != arguments.id) return true;
    if (arguments.raw) {
      if (!found) out.buffer() += letter.raw.value_or("");
    } else {
      if (found && !arguments.json) out.write("");
      out.write(arguments.json ? to_json(letter) : to_text(letter));
    }
    found = true;
    return true;
  });
  if (!visited) return complain("deadletter show", visited.error());
  if (!found) {
    return complain("deadletter show", {Error::Kind::usage, fmt::format("there is no dead letter {}; `kentongan "
                                                                        "deadletter list` shows them",
                                                                        arguments.id)});
  }
  return finish(out, kGood);
}

int deadletter_retry(const DeadLetterArguments& arguments) {
  const auto letters = open(arguments);
  if (!letters) return complain("deadletter retry", letters.error());
  const auto done = (*letters)->retry(arguments.id);
  if (!done) return complain("deadletter retry", done.error());
  fmt::print("{}: {}\n", arguments.id, *done);
  return kGood;
}

}  // namespace kentongan::app
