// SPDX-License-Identifier: Apache-2.0
#include "city_under_fire.hpp"

#include <fmt/format.h>
#include <sqlite3.h>

#include <algorithm>
#include <memory>
#include <sstream>

#include "raw_client.hpp"

namespace kentongan::crash {
namespace {

constexpr const char* kEverything = "alerts,risk,deadletters";

std::vector<std::string> lines_of(const std::string& text) {
  std::vector<std::string> lines;
  std::istringstream stream(text);
  for (std::string line; std::getline(stream, line);) lines.push_back(line);
  return lines;
}

std::string joined(const std::vector<std::string>& lines) {
  std::string text;
  for (const std::string& line : lines) text += line + '\n';
  return text;
}

/// The number behind "name": in a flat JSON object; -1: it is not there.
long number_in(const std::string& json, const std::string& name) {
  const std::size_t at = json.find('"' + name + "\":");
  return at == std::string::npos ? -1 : std::stol(json.substr(at + name.size() + 3));
}

}  // namespace

CityUnderFire::CityUnderFire(std::size_t clients, std::size_t events, std::size_t batch)
    : config_(folder_ / "kentongan.yaml"), clients_(clients) {
  const std::string source = KENTONGAN_SOURCE_DIR;
  app::testing::write_file(
      config_, fmt::format("journal: {{type: sqlite, path: \"{}\"}}\nrules: {}/rules\nreference: {}/rules/reference\n"
                           "http: {{listen: \"127.0.0.1:0\"}}\nclock: event\n",
                           folder_ / "kentongan.db", source, source));
  std::vector<std::string> all = lines_of(app::testing::read_file(source + "/deploy/example/malang-day.ndjson"));
  // What the door refuses is never acknowledged; one event is given up, not its batch.
  std::erase_if(all, [](const std::string& event) { return event.find("\"id\":\"bad-") != std::string::npos; });
  all.resize(std::min(all.size(), events));
  sent_.insert(all.begin(), all.end());
  for (std::size_t i = 0; i < all.size(); i += batch) {
    const std::size_t end = std::min(all.size(), i + batch);
    clients_[i / batch % clients].batches.emplace_back(all.begin() + static_cast<std::ptrdiff_t>(i),
                                                       all.begin() + static_cast<std::ptrdiff_t>(end));
  }
}

void CityUnderFire::send_to(std::uint16_t port, std::atomic<int>& acknowledged) {
  std::vector<std::jthread> threads;
  for (Client& client : clients_) {
    threads.emplace_back([this, &client, port, &acknowledged] { send_all(client, port, acknowledged); });
  }
}

void CityUnderFire::send_all(Client& client, std::uint16_t port, std::atomic<int>& acknowledged) {
  while (client.next < client.batches.size()) {
    const auto& batch = client.batches[client.next];
    const auto reply = http::exchange(port, http::post("/v1/events", "application/x-ndjson", joined(batch)));
    if (!reply) return;  // the service is gone; whether it kept the batch is not known
    if (reply->status != 202) return;
    ++client.next;
    const std::lock_guard lock(mutex_);
    acknowledged_.insert(batch.begin(), batch.end());
    ++acknowledged;
  }
}

bool CityUnderFire::all_sent() const {
  return std::all_of(clients_.begin(), clients_.end(),
                     [](const Client& client) { return client.next == client.batches.size(); });
}

std::vector<std::string> CityUnderFire::query(const char* sql) const {
  sqlite3* opened = nullptr;
  sqlite3_open_v2((folder_ / "kentongan.db").c_str(), &opened, SQLITE_OPEN_READONLY, nullptr);
  const std::unique_ptr<sqlite3, decltype(&sqlite3_close)> database(opened, sqlite3_close);
  sqlite3_stmt* prepared = nullptr;
  sqlite3_busy_timeout(opened, 1000);
  sqlite3_prepare_v2(opened, sql, -1, &prepared, nullptr);
  const std::unique_ptr<sqlite3_stmt, decltype(&sqlite3_finalize)> statement(prepared, sqlite3_finalize);
  std::vector<std::string> values;
  while (prepared != nullptr && sqlite3_step(prepared) == SQLITE_ROW) {
    const void* value = sqlite3_column_blob(prepared, 0);
    values.emplace_back(static_cast<const char*>(value), static_cast<std::size_t>(sqlite3_column_bytes(prepared, 0)));
  }
  return values;
}

bool CityUnderFire::all_applied() const {
  const std::vector<std::string> counts =
      query("SELECT (SELECT value FROM progress WHERE name = 'committed_offset') = (SELECT max(offset) FROM inputs)");
  return counts == std::vector<std::string>{"1"};
}

std::vector<std::string> CityUnderFire::complaints() const {
  std::vector<std::string> complaints;
  const std::vector<std::string> inputs = query("SELECT value FROM inputs ORDER BY offset");
  const std::set<std::string> kept(inputs.begin(), inputs.end());
  for (const std::string& event : acknowledged_) {
    if (!kept.contains(event)) complaints.push_back("acknowledged and lost: " + event);
  }
  for (const std::string& event : kept) {
    if (!sent_.contains(event)) complaints.push_back("never sent: " + event);
  }
  const auto dump = app::testing::run_program({"journal", "dump", "--config", config_, "--emit", kEverything});
  if (dump.code != 0) complaints.push_back("journal dump: " + dump.err);
  const std::string source = KENTONGAN_SOURCE_DIR;
  const std::string summary = folder_ / "summary.json";
  const auto replay =
      app::testing::run_program({"replay", "--rules", source + "/rules", "--reference", source + "/rules/reference",
                                 "--emit", kEverything, "--summary", summary, "-"},
                                joined(inputs));
  if (replay.code != 0) complaints.push_back("replay: " + replay.err);
  if (replay.out.empty()) complaints.push_back("replay wrote nothing");
  if (dump.out != replay.out) {
    const auto committed = lines_of(dump.out);
    const auto expected = lines_of(replay.out);
    const auto [a, b] = std::mismatch(committed.begin(), committed.end(), expected.begin(), expected.end());
    complaints.push_back(fmt::format("committed and replayed differ at output {} ({} and {} outputs):\n{}\n{}",
                                     a - committed.begin(), committed.size(), expected.size(),
                                     a == committed.end() ? "" : *a, b == expected.end() ? "" : *b));
  }
  const std::string counts = app::testing::read_file(summary);
  const long once = number_in(counts, "applied") + number_in(counts, "late") + number_in(counts, "dead_letter");
  if (number_in(counts, "read") != static_cast<long>(inputs.size()) || once != static_cast<long>(kept.size())) {
    complaints.push_back(
        fmt::format("{} inputs, {} different ones, but counted: {}", inputs.size(), kept.size(), counts));
  }
  return complaints;
}

}  // namespace kentongan::crash
