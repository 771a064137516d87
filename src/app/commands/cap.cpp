// SPDX-License-Identifier: Apache-2.0
#include <fmt/format.h>
#include <unistd.h>

#include <fstream>
#include <map>

#include "app/alert_lines.hpp"
#include "app/commands/alert_commands.hpp"
#include "app/commands/terminal.hpp"
#include "app/emit.hpp"
#include "app/exit_codes.hpp"
#include "codec/cap.hpp"

namespace kentongan::app {
namespace {

namespace fs = std::filesystem;

codec::CapSender sender_of(const CapArguments& arguments) {
  codec::CapSender sender{arguments.sender, arguments.sender_name, arguments.web, arguments.contact, arguments.status};
  if (arguments.scope == "Public") sender.scope = codec::CapScope::open;
  if (arguments.scope == "Private") sender.scope = codec::CapScope::closed;
  return sender;
}

/// A file for each document, or a line.
class Sink {
 public:
  explicit Sink(std::optional<fs::path> folder) : folder_(std::move(folder)), out_(STDOUT_FILENO) {}

  [[nodiscard]] Result<void> write(const codec::CapDocument& document) {
    if (!folder_) {
      out_.write(document.xml);
      return {};
    }
    const fs::path path = *folder_ / (document.identifier + ".xml");
    std::ofstream file(path, std::ios::binary | std::ios::trunc);
    file << document.xml << '\n';
    file.flush();
    if (!file) return fail(Error::Kind::failed, fmt::format("cannot write {}", path.string()));
    return {};
  }
  [[nodiscard]] Result<void> finish() {
    if (out_.flush()) return {};
    return fail(Error::Kind::failed, "cannot write to standard output");
  }

 private:
  std::optional<fs::path> folder_;
  LineWriter out_;
};

bool is_over(const AlertStep& step) {
  return step.state != AlertState::firing && step.state != AlertState::acknowledged;
}

/// An id names a file, so nothing that leads out of the folder may stand in it.
bool is_plain_id(std::string_view id) {
  return !id.empty() && id.front() != '.' && id.find('/') == std::string_view::npos;
}

Result<void> write_all(const CapArguments& arguments) {
  const codec::CapSender sender = sender_of(arguments);
  if (auto good = codec::check_cap_sender(sender); !good) return good;
  const auto loaded = load_places(arguments.source);
  if (!loaded) return tl::unexpected(loaded.error());
  if (arguments.folder) {
    std::error_code problem;
    fs::create_directories(*arguments.folder, problem);
    if (problem)
      return fail(Error::Kind::failed,
                  fmt::format("cannot make {}: {}", arguments.folder->string(), problem.message()));
  }
  Sink sink(arguments.folder);
  std::map<std::string, std::vector<codec::CapReference>> earlier;  // of alerts that are open
  auto written = each_alert(arguments.input, [&](const explain::CommittedStep& committed) -> Result<void> {
    const AlertStep& step = committed.step;
    if (!is_plain_id(committed.id)) {
      return fail(Error::Kind::invalid, fmt::format("\"{}\" is no id of an alert event", committed.id));
    }
    auto& before = earlier[step.alert.value()];
    const auto document = cap_document(step, committed.id, committed.time, before, *loaded->reference, sender);
    if (document) before.push_back({document->identifier, document->sent});
    if (is_over(step) || before.empty()) earlier.erase(step.alert.value());
    return document ? sink.write(*document) : Result<void>();
  });
  return written ? sink.finish() : written;
}

}  // namespace

int cap(const CapArguments& arguments) {
  const auto written = write_all(arguments);
  return written ? kGood : complain("cap", written.error());
}

}  // namespace kentongan::app
