// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <chrono>
#include <filesystem>
#include <functional>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "adapters/web/client.hpp"
#include "domain/error.hpp"
#include "domain/output.hpp"
#include "domain/time.hpp"

/// The alerts of a running service, as `kentongan alerts` asks for them over HTTP.
namespace kentongan::app::alerts {

struct StepTaken {
  std::string step;
  TimePoint time;
};

struct RemoteAlert {
  std::string json;  ///< as the service said it
  AlertStep last;    ///< its last step
  std::vector<StepTaken> steps;
  std::chrono::seconds offset{};  ///< of its city's zone when it fired

  [[nodiscard]] bool open() const { return last.state == AlertState::firing || last.state == AlertState::acknowledged; }
};

/// Which alerts are wanted; all that is named must hold.
struct Filter {
  std::string state = "open";  ///< open (firing and acknowledged), all, or a state
  std::string level;           ///< at least this one; empty: any
  std::string area;            ///< a code: it and all that lies in it; empty: any
  std::string rule;            ///< a name, which may end in `*`; empty: any

  [[nodiscard]] bool wants(const RemoteAlert& alert) const;
};

/// None: it is no alert of a service. For tests.
[[nodiscard]] std::optional<RemoteAlert> read_alert(std::string json);
/// The alerts of a page, and where the next one begins. None: it is no page.
struct RemotePage {
  std::vector<RemoteAlert> alerts;
  std::string next;  ///< empty: it is the last
};
[[nodiscard]] std::optional<RemotePage> read_page(std::string_view body);

/// Errors say where, what and what to do; Error::failed: the service does not answer; usage: it does not let us in;
/// invalid: there is no such alert, or what was asked for is wrong.
class Remote {
 public:
  /// `url`: http://HOST:PORT or https://.. `token` empty: none is shown.
  Remote(std::string url, std::string token, std::filesystem::path ca_file);

  [[nodiscard]] const std::string& url() const noexcept { return url_; }
  /// Newest first.
  [[nodiscard]] Result<std::vector<RemoteAlert>> list(const Filter& filter) const;
  [[nodiscard]] Result<RemoteAlert> one(const std::string& id) const;
  /// `body`: as POST /v1/alerts/{id}/actions takes it. Durable on return.
  [[nodiscard]] Result<void> act(const std::string& id, const std::string& body) const;

 private:
  [[nodiscard]] Result<std::string> ask(std::string method, const std::string& path, std::string body,
                                        const std::string& alert) const;
  [[nodiscard]] Result<void> add_state(std::string_view state, const Filter& filter,
                                       std::vector<RemoteAlert>& found) const;

  web::Client client_;
  std::string url_;
  std::string token_;
};

}  // namespace kentongan::app::alerts
