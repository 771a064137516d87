// SPDX-License-Identifier: Apache-2.0
#include "support.hpp"

#include <fmt/format.h>
#include <gtest/gtest.h>
#include <sqlite3.h>
#include <stdlib.h>
#include <unistd.h>

#include <fstream>
#include <future>

namespace kentongan::sqlite::testing {

namespace {

/// In memory where that is possible: a killed process leaves there what it leaves on a disk, and the tests of
/// power cuts bring their own disk.
std::filesystem::path folder_for_tests() {
  if (std::getenv("TMPDIR") == nullptr && access("/dev/shm", W_OK) == 0) return "/dev/shm";
  return std::filesystem::temp_directory_path();
}

}  // namespace

TempFolder::TempFolder() {
  std::string name = (folder_for_tests() / "kentongan-sqlite-XXXXXX").string();
  if (mkdtemp(name.data()) == nullptr) ADD_FAILURE() << "no temporary folder";
  path_ = name;
}

TempFolder::~TempFolder() {
  std::error_code ignored;
  std::filesystem::remove_all(path_, ignored);
}

TimePoint at(std::int64_t seconds) { return TimePoint(std::chrono::seconds(seconds)); }

std::unique_ptr<EmbeddedJournal> open_journal(Options options) {
  auto journal = EmbeddedJournal::open(std::move(options));
  if (!journal) {
    ADD_FAILURE() << journal.error().message;
    throw std::runtime_error(journal.error().message);
  }
  return std::move(*journal);
}

std::unique_ptr<EmbeddedJournal> open_journal(const std::filesystem::path& path) {
  return open_journal(Options{.path = path});
}

std::string refusal(Options options) {
  const auto journal = EmbeddedJournal::open(std::move(options));
  return journal ? "it was opened" : journal.error().message;
}

std::string refusal(const std::filesystem::path& path) { return refusal(Options{.path = path}); }

Result<void> append(EmbeddedJournal& journal, std::vector<std::string> records) {
  std::promise<Result<void>> answer;
  if (!journal.inbox().append(std::move(records),
                              [&](Result<void> durable) { answer.set_value(std::move(durable)); })) {
    return fail(Error::Kind::failed, "full");
  }
  return answer.get_future().get();
}

void must_append(EmbeddedJournal& journal, std::vector<std::string> records) {
  const auto done = append(journal, std::move(records));
  ASSERT_TRUE(done) << done.error().message;
}

ports::OutputRecord alert_output(std::string alert, std::string step, std::string state, TimePoint time) {
  ports::OutputRecord record = output(ports::OutputTopic::alerts, fmt::format("{}/{}", alert, step));
  record.data = fmt::format(R"({{"alert":"{}","step":"{}"}})", alert, step);
  record.alert = std::move(alert);
  record.step = std::move(step);
  record.state = std::move(state);
  record.time = time;
  return record;
}

ports::OutputRecord output(ports::OutputTopic topic, std::string id) {
  ports::OutputRecord record;
  record.topic = topic;
  record.value = fmt::format(R"({{"id":"{}"}})", id);
  record.id = std::move(id);
  record.subject = "35.73";
  return record;
}

ports::StateChange put(std::string city, std::string kind, std::string key, std::string value) {
  return {{std::move(city), std::move(kind), std::move(key)}, std::move(value)};
}

ports::StateChange remove(std::string city, std::string kind, std::string key) {
  return {{std::move(city), std::move(kind), std::move(key)}, std::nullopt};
}

Picture picture_of(EmbeddedJournal& journal, const std::filesystem::path& path) {
  Picture picture;
  const auto committed = journal.journal().restore(
      [&](ports::StateKey key, std::string_view value) { picture.state.emplace_back(std::move(key), value); });
  EXPECT_TRUE(committed) << committed.error().message;
  picture.committed = committed ? committed->value() : -1;
  for (Offset after(0);;) {
    const auto records = journal.journal().poll(after, 1000, Duration(0));
    EXPECT_TRUE(records) << records.error().message;
    if (!records || records->empty()) break;
    for (const auto& record : *records) picture.inputs.emplace_back(record.offset.value(), record.value);
    after = records->back().offset;
  }
  picture.outputs = dumped(path);
  const auto page = journal.alerts().alerts("", "", 1000);
  EXPECT_TRUE(page) << page.error().message;
  if (!page) return picture;
  for (const auto& alert : page->alerts) {
    picture.alerts.push_back(alert.data);
    for (const auto& step : alert.steps) picture.alerts.back() += " " + step.step;
  }
  return picture;
}

void PrintTo(const Picture& picture, std::ostream* out) {
  *out << "committed " << picture.committed << ", inputs " << picture.inputs.size() << ", outputs";
  for (const auto& output : picture.outputs) *out << " [" << output << "]";
  *out << ", state";
  for (const auto& [key, value] : picture.state)
    *out << " [" << key.city << " " << key.kind << " " << key.key << " " << value.size() << "]";
  *out << ", alerts";
  for (const auto& alert : picture.alerts) *out << " [" << alert << "]";
}

std::vector<std::string> dumped(const std::filesystem::path& path, std::vector<ports::OutputTopic> topics) {
  std::vector<std::string> lines;
  auto dump = Dump::open(path);
  EXPECT_TRUE(dump) << dump.error().message;
  if (!dump) return lines;
  const auto visited = dump->visit(topics, [&](const DumpedOutput& output) {
    lines.push_back(fmt::format("{} {} {}", static_cast<int>(output.topic), output.id, output.value));
    return true;
  });
  EXPECT_TRUE(visited) << visited.error().message;
  return lines;
}

void with_write_lock(const std::filesystem::path& path, const std::function<void()>& work) {
  sqlite3* database = nullptr;
  ASSERT_EQ(SQLITE_OK, sqlite3_open(path.c_str(), &database));
  ASSERT_EQ(SQLITE_OK, sqlite3_exec(database, "BEGIN IMMEDIATE", nullptr, nullptr, nullptr));
  work();
  sqlite3_close(database);
}

void tamper(const std::filesystem::path& path, const std::string& sql) {
  sqlite3* database = nullptr;
  ASSERT_EQ(SQLITE_OK, sqlite3_open(path.c_str(), &database));
  char* message = nullptr;
  EXPECT_EQ(SQLITE_OK, sqlite3_exec(database, sql.c_str(), nullptr, nullptr, &message)) << message;
  sqlite3_free(message);
  sqlite3_close(database);
}

void overwrite(const std::filesystem::path& path, std::int64_t position, std::string_view bytes) {
  std::fstream file(path, std::ios::binary | std::ios::in | std::ios::out);
  file.seekp(position);
  file.write(bytes.data(), static_cast<std::streamsize>(bytes.size()));
  ASSERT_TRUE(file.good());
}

void write_file(const std::filesystem::path& path, std::string_view bytes) {
  std::ofstream file(path, std::ios::binary);
  file.write(bytes.data(), static_cast<std::streamsize>(bytes.size()));
  ASSERT_TRUE(file.good());
}

}  // namespace kentongan::sqlite::testing
