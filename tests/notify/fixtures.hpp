// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <gtest/gtest.h>

#include <cstdlib>
#include <filesystem>
#include <memory>
#include <string>

#include "adapters/outbox/sqlite_outbox.hpp"
#include "notify/identity.hpp"

namespace kentongan::notify {

inline const TimePoint kStart = TimePoint(Duration(1'700'000'000'000));

/// An outbox in a folder of its own.
class OutboxTest : public ::testing::Test {
 protected:
  OutboxTest() {
    std::string name = (std::filesystem::temp_directory_path() / "kentongan-outbox-XXXXXX").string();
    folder_ = mkdtemp(name.data());
    open();
  }
  ~OutboxTest() override {
    outbox_.reset();
    std::filesystem::remove_all(folder_);
  }
  void open() {
    outbox_.reset();
    auto opened = outbox::SqliteOutbox::open(path(), outbox::SqliteOutbox::Use::serve);
    ASSERT_TRUE(opened) << opened.error().message;
    outbox_ = *std::move(opened);
  }
  [[nodiscard]] std::filesystem::path path() const { return folder_ / "notify.db"; }
  [[nodiscard]] outbox::SqliteOutbox& box() { return *outbox_; }

  static ports::PlannedNotice planned(const std::string& name, std::vector<ports::Way> ways,
                                      Level level = Level::siaga) {
    ports::PlannedNotice notice;
    notice.notice.id = identity_of({name});
    notice.notice.person = "p-" + name;
    notice.notice.asks = true;
    ports::NoticeItem item;
    item.event = "e-" + name;
    item.alert = "35.73-" + name;
    item.level = level;
    item.proposed = level == Level::awas;
    notice.notice.items.push_back(item);
    notice.due = kStart;
    notice.ways = std::move(ways);
    return notice;
  }
  void put(const ports::PlannedNotice& notice) {
    ports::PlanCommit commit;
    commit.notices.push_back(notice);
    const auto done = outbox_->commit(commit, kStart);
    ASSERT_TRUE(done) << done.error().message;
  }

 private:
  std::filesystem::path folder_;
  std::unique_ptr<outbox::SqliteOutbox> outbox_;
};

}  // namespace kentongan::notify
