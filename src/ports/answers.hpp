// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <functional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace kentongan::ports {

/// What is shown to a person outside, or said to a service there.
struct OutsideReply {
  unsigned status = 200;
  std::string content_type;
  std::string body;
  std::vector<std::pair<std::string, std::string>> headers = {};  ///< beside those of every reply
};

/// What the page behind a link posts.
struct LinkPost {
  std::string link;
  std::string form;
  std::string from;  ///< numeric address of the other end of the connection
};

/// What a messenger service posts, and what it says of it.
struct Callback {
  std::string signature;  ///< of the body, as its header has it; empty: none
  std::string body;
};

/// Answers of people from outside. What they send carries its right in itself: a link that is signed, a callback that
/// is. All calls are thread-safe; nothing but answer() and callback() changes anything.
class Answers {
 public:
  virtual ~Answers() = default;
  /// The page behind a link, which asks whether to act.
  [[nodiscard]] virtual OutsideReply page(std::string_view link) = 0;
  /// What the page's buttons post. `done` is called once, from any thread.
  virtual void answer(LinkPost post, std::function<void(OutsideReply)> done) = 0;
  /// A service asks whether its callbacks are wanted here. `parameter` gives those of its request.
  [[nodiscard]] virtual OutsideReply subscribe(
      const std::function<std::string_view(std::string_view name)>& parameter) = 0;
  /// A press of a button below a message. `done` is called once, from any thread.
  virtual void callback(Callback callback, std::function<void(OutsideReply)> done) = 0;
};

}  // namespace kentongan::ports
