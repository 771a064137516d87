// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <functional>
#include <memory>
#include <mutex>
#include <string>
#include <string_view>
#include <vector>

#include "app/notify/notify_config.hpp"
#include "app/notify/planning.hpp"
#include "domain/error.hpp"
#include "notify/answer_page.hpp"
#include "notify/callback.hpp"
#include "notify/link.hpp"
#include "ports/answers.hpp"
#include "ports/api.hpp"

namespace kentongan::app {

/// Answers that people give from outside: by the links in their messages, by callbacks of messenger services. Makes the
/// links too. Thread-safe.
class AnswerDesk final : public ports::Answers {
 public:
  struct Parts {
    ports::Api& api;  ///< outlives it, and the answers that are under way
    std::function<DutyBook()> book;
    std::function<TimePoint()> now;
  };
  /// Error::usage: a secret cannot be read, or is none.
  [[nodiscard]] static Result<std::unique_ptr<AnswerDesk>> open(const NotifyConfig& notify, Parts parts);

  /// Whether links are configured.
  [[nodiscard]] bool makes_links() const noexcept { return !keys_.empty(); }
  /// Where a page asks this person about this alert.
  [[nodiscard]] std::string link(const std::string& alert, const std::string& person) const;

  /// Who does what presses of WhatsApp ask for: as Notifying::press(). Empty: nobody, they are to be sent again.
  using Press = std::function<bool(std::vector<notify::ButtonPress>, std::function<void(bool)>)>;
  void connect(Press press);

  [[nodiscard]] ports::OutsideReply page(std::string_view link) override;
  void answer(ports::LinkPost post, std::function<void(ports::OutsideReply)> done) override;
  [[nodiscard]] ports::OutsideReply subscribe(
      const std::function<std::string_view(std::string_view name)>& parameter) override;
  void callback(ports::Callback callback, std::function<void(ports::OutsideReply)> done) override;

 private:
  explicit AnswerDesk(Parts parts) : parts_(std::move(parts)) {}
  /// What the link leads to now.
  [[nodiscard]] notify::AnswerPage look(std::string_view link, notify::AnswerLink& found) const;

  Parts parts_;
  std::vector<std::string> keys_;  ///< empty: no links
  std::string app_secret_;         ///< empty: no callbacks
  std::string verify_token_;
  std::mutex press_mutex_;
  Press press_;
  std::string base_;
  Duration valid_for_{};
};

}  // namespace kentongan::app
