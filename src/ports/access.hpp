// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <functional>
#include <string>
#include <string_view>

#include "domain/error.hpp"
#include "ports/caller.hpp"

namespace kentongan::ports {

/// What became of a credential.
struct Admission {
  enum class Verdict : unsigned char {
    admitted,   ///< `caller` says who it is
    missing,    ///< there is none: 401
    wrong,      ///< of no token that is valid now: 401
    slow_down,  ///< too many requests, or too many wrong credentials from there: 429
    busy,       ///< too many are being looked at: 503
  };
  Verdict verdict = Verdict::wrong;
  Caller caller = {};
  int retry_after = 1;  ///< seconds, of slow_down and busy
};

/// Who holds which token. Thread-safe.
class Access {
 public:
  virtual ~Access() = default;
  /// `authorization`: the value of that header; `from`: the other end's numeric address. `done` is called once, from
  /// any thread, also before ask() returns.
  virtual void ask(std::string authorization, std::string from, std::function<void(Admission)> done) = 0;
};

/// What is put on record: who did what to what, from where. Texts without line breaks; no free text of people.
struct Deed {
  std::string who;     ///< Caller::who, "system", or the name of a user of the machine
  std::string what;    ///< acknowledge, read, reload, token-create, ..
  std::string on;      ///< id of an alert, a token, a version of rules
  std::string from;    ///< numeric address; empty: this machine
  std::string detail;  ///< one line: the actor of an action, the result of a reload
};

/// The record. Thread-safe.
class Record {
 public:
  virtual ~Record() = default;
  /// `done` is called once, from any thread, when the deed is durable or cannot be made so.
  virtual void keep(Deed deed, std::function<void(const Result<void>&)> done) = 0;
};

}  // namespace kentongan::ports
