// SPDX-License-Identifier: Apache-2.0
#include <fcntl.h>
#include <fmt/format.h>
#include <unistd.h>

#include <cerrno>
#include <cstring>
#include <mutex>

#include "adapters/notify/channels.hpp"
#include "adapters/notify/notice_body.hpp"
#include "codec/json_append.hpp"
#include "codec/writer.hpp"
#include "notify/notice_json.hpp"
#include "notify/wording.hpp"

namespace kentongan::notify {
namespace {

class File final : public ports::Channel {
 public:
  File(std::filesystem::path path, bool free_text) : path_(std::move(path)), free_text_(free_text) {}

  [[nodiscard]] std::string_view name() const override { return "file"; }

  [[nodiscard]] ports::SendOutcome send(const ports::Notice& notice, const std::string& to,
                                        const std::string& key) override {
    std::string line;
    {
      codec::ObjectWriter object(line);
      object.text("to", to);
      write_notice_body(object.key("notice"), notice, key, free_text_);
    }
    line += '\n';
    const std::lock_guard lock(mutex_);
    const int file = ::open(path_.c_str(), O_WRONLY | O_CREAT | O_APPEND | O_CLOEXEC | O_NOFOLLOW, 0600);
    if (file < 0) return failed("cannot be opened");
    const auto written = ::write(file, line.data(), line.size());
    const bool whole = written == static_cast<ssize_t>(line.size()) && fsync(file) == 0;
    const int reason = errno;
    ::close(file);
    errno = reason;
    if (!whole) return failed("cannot be written to");
    ports::SendOutcome outcome;
    outcome.fate = ports::Fate::delivered;
    return outcome;
  }

 private:
  [[nodiscard]] ports::SendOutcome failed(std::string_view what) const {
    ports::SendOutcome outcome;
    outcome.channel_fault = true;
    outcome.detail = fmt::format("{} {} ({})", path_.string(), what, std::strerror(errno));
    return outcome;
  }

  const std::filesystem::path path_;
  const bool free_text_;
  std::mutex mutex_;
};

}  // namespace

void write_notice_body(std::string& out, const ports::Notice& notice, const std::string& key, bool free_text) {
  const Wording words = words_of(notice, free_text);
  codec::ObjectWriter object(out);
  object.text("key", key);
  object.text("notice", notice.id);
  object.text("kind", name_of(notice.kind));
  object.text("person", notice.person);
  object.text("language", notice.tongue == ports::Tongue::en ? "en" : "id");
  object.text("title", words.title);
  object.text("text", words.as_text());
  object.boolean("asks", notice.asks);
  if (!notice.link.empty()) object.text("link", notice.link);
  codec::append_list(object.key("alerts"), notice.items, [](std::string& to, const ports::NoticeItem& item) {
    codec::ObjectWriter one(to);
    one.text("event", item.event);
    one.text("alert", item.alert);
    one.text("rule", item.rule);
    one.text("step", name_of(item.step));
    one.text("state", name_of(item.state));
    one.text("level", name_of(item.level));
    if (item.proposed) one.boolean("proposed", true);
    one.integer("tier", item.tier);
    one.text("area", item.area);
    one.text("place", item.place);
    one.text("since", format_rfc3339(item.since, item.offset));
  });
  if (notice.more > 0) object.integer("more", static_cast<std::int64_t>(notice.more));
}

std::unique_ptr<ports::Channel> make_file(std::filesystem::path path, bool free_text) {
  return std::make_unique<File>(std::move(path), free_text);
}

}  // namespace kentongan::notify
