// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstddef>
#include <functional>
#include <memory>

#include "adapters/http/budget.hpp"
#include "adapters/http/observer.hpp"
#include "adapters/http/request.hpp"
#include "ports/answers.hpp"
#include "ports/api.hpp"

namespace kentongan::http {

/// Makes the reply from what the port said. Run once, by the connection, so that the port's thread writes no JSON.
using MakeReply = std::function<Reply()>;
/// Called once, from any thread, also before answer() returns.
using Deliver = std::function<void(MakeReply)>;

/// Requests -> calls of the port -> replies. Thread-safe.
class Endpoints {
 public:
  /// `observer` and `answers` (then there are none) may be null. At most `max_reads` answers that may be large are made
  /// at a time (429 beyond).
  Endpoints(ports::Api& api, Observer* observer, std::size_t max_reads, ports::Answers* answers);

  /// `held` is given back when the port has let go of the body.
  void answer(Request request, Reservation held, Deliver deliver);

 private:
  void submit(Request request, Reservation held, Deliver deliver);
  void act(Request request, Reservation held, Deliver deliver);
  void outside(Request request, Reservation held, Deliver deliver);
  void check_rules(Request request, Reservation held, Deliver deliver);
  void read(const Request& request, const Deliver& deliver);
  void read_alert(const Request& request, Reservation slot, const Deliver& deliver);
  [[nodiscard]] Reply alerts(const Target& target, const ports::Caller& caller);

  ports::Api& api_;
  Observer* observer_;
  ports::Answers* answers_;
  std::shared_ptr<Budget> reads_;
};

}  // namespace kentongan::http
