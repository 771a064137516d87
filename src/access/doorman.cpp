// SPDX-License-Identifier: Apache-2.0
#include "access/doorman.hpp"

#include <condition_variable>
#include <deque>
#include <mutex>
#include <optional>
#include <thread>
#include <unordered_map>
#include <utility>
#include <vector>

#include "access/brakes.hpp"
#include "access/secret.hpp"
#include "access/token_store.hpp"

namespace kentongan::access {

using ports::Admission;
using Verdict = ports::Admission::Verdict;
using Done = std::function<void(Admission)>;

namespace {

/// A credential that waits for its hash.
struct Waiting {
  Token token;
  std::shared_ptr<const TokenRecord> record;
  std::string from;
  std::vector<Done> done;
};

Admission refuse(Verdict verdict, std::chrono::milliseconds wait = std::chrono::seconds(1)) {
  Admission admission;
  admission.verdict = verdict;
  admission.retry_after = static_cast<int>(std::chrono::ceil<std::chrono::seconds>(wait).count());
  return admission;
}

}  // namespace

class Doorman::Impl {
 public:
  explicit Impl(DoormanOptions options)
      : options_(std::move(options)), requests_(options_.requests_each_second, kMostTokens) {}

  ~Impl() {
    {
      const std::lock_guard lock(mutex_);
      stopping_ = true;
    }
    changed_.notify_all();
    if (thread_.joinable()) thread_.join();
    for (Waiting& waiting : waiting_) {
      for (Done& done : waiting.done) done(refuse(Verdict::busy));
    }
  }

  Result<void> open() {
    stamp_ = stamp_of_file(options_.tokens);
    auto tokens = load_tokens(options_.tokens);
    if (!tokens) return tl::unexpected(tokens.error());
    take(*std::move(tokens));
    looked_ = std::chrono::steady_clock::now();
    thread_ = std::thread([this] { work(); });
    return {};
  }

  void ask(const std::string& authorization, std::string from, Done done) {
    const auto bearer = bearer_of(authorization);
    const auto token = bearer ? read_token(*bearer) : std::nullopt;
    std::unique_lock lock(mutex_);
    look_at_file(lock);
    std::optional<Admission> admission = authorization.empty() ? refuse(Verdict::missing) : recognise(token, from);
    if (!admission && token && join(*token, done)) return;
    if (!admission) admission = brake(from);
    if (!admission && token && find(token->id)) {
      if (waiting_.size() < options_.most_waiting && !stopping_) {
        waiting_.push_back({*token, find(token->id), std::move(from), {std::move(done)}});
        changed_.notify_one();
        return;
      }
      guesses_.forgive(from);
      admission = refuse(Verdict::busy);
    }
    lock.unlock();
    done(admission ? *std::move(admission) : refuse(Verdict::wrong));
  }

 private:
  /// A token and, once its secret has been shown, the digest of that.
  struct Known {
    std::shared_ptr<const TokenRecord> record;
    std::optional<Digest> digest;
  };

  /// What has been shown of tokens that stay as they are is not forgotten.
  void take(std::vector<TokenRecord> tokens) {
    const auto before = std::exchange(known_, {});
    for (TokenRecord& token : tokens) {
      const auto old = before.find(token.id);
      const bool stays = old != before.end() && old->second.record->hash == token.hash;
      std::string id = token.id;
      known_.emplace(std::move(id), Known{std::make_shared<const TokenRecord>(std::move(token)),
                                          stays ? old->second.digest : std::nullopt});
    }
  }

  void look_at_file(std::unique_lock<std::mutex>& lock) {
    const auto now = std::chrono::steady_clock::now();
    if (now - looked_ < options_.look) return;
    looked_ = now;
    std::string stamp = stamp_of_file(options_.tokens);
    if (stamp == stamp_) return;
    stamp_ = std::move(stamp);
    auto tokens = load_tokens(options_.tokens);
    std::string line;
    if (tokens) {
      line = "tokens read again";
      take(*std::move(tokens));
    } else {
      line = tokens.error().message + "; the tokens of before stay in force";
    }
    const bool good = tokens.has_value();
    lock.unlock();
    options_.tell(good, line);
    lock.lock();
  }

  /// The record of a token that is valid now.
  std::shared_ptr<const TokenRecord> find(const std::string& id) {
    const auto at = known_.find(id);
    return at != known_.end() && at->second.record->valid_at(options_.now()) ? at->second.record : nullptr;
  }

  Admission admit(const TokenRecord& record, const std::string& from) {
    if (!requests_.take(record.id, std::chrono::steady_clock::now())) return refuse(Verdict::slow_down);
    Admission admission;
    admission.verdict = Verdict::admitted;
    admission.caller = record.caller();
    admission.caller.from = from;
    return admission;
  }

  /// A token that has been shown before.
  std::optional<Admission> recognise(const std::optional<Token>& token, const std::string& from) {
    if (!token) return std::nullopt;
    const auto at = known_.find(token->id);
    if (at == known_.end() || !at->second.digest || !same(*at->second.digest, sha256(token->secret)))
      return std::nullopt;
    const auto record = find(token->id);
    return record ? std::optional(admit(*record, from)) : std::nullopt;
  }

  /// Waits along with the same credential, whose hash is being computed.
  bool join(const Token& token, Done& done) {
    for (Waiting& waiting : waiting_) {
      if (waiting.token.id != token.id || !same(waiting.token.secret, token.secret)) continue;
      waiting.done.push_back(std::move(done));
      return true;
    }
    return false;
  }

  std::optional<Admission> brake(const std::string& from) {
    const auto now = std::chrono::steady_clock::now();
    if (const auto wait = guesses_.wait(from, now); wait.count() > 0) return refuse(Verdict::slow_down, wait);
    guesses_.charge(from, now);
    return std::nullopt;
  }

  void work() {
    std::unique_lock lock(mutex_);
    for (;;) {
      changed_.wait(lock, [this] { return stopping_ || !waiting_.empty(); });
      if (stopping_) return;
      const Token token = waiting_.front().token;  // it stays in the line meanwhile, for others to join
      const auto record = waiting_.front().record;
      lock.unlock();
      const bool right = is_secret_of(token.secret, *record);
      lock.lock();
      Waiting waiting = std::move(waiting_.front());
      waiting_.pop_front();
      std::vector<Admission> admissions;
      for (std::size_t i = 0; i < waiting.done.size(); ++i) admissions.push_back(conclude(waiting, right));
      lock.unlock();
      for (std::size_t i = 0; i < waiting.done.size(); ++i) waiting.done[i](std::move(admissions[i]));
      lock.lock();
    }
  }

  /// Revoked, or read anew, while the hash was computed: what the file says now counts.
  Admission conclude(const Waiting& waiting, bool right) {
    const auto at = known_.find(waiting.record->id);
    const bool still =
        at != known_.end() && at->second.record->hash == waiting.record->hash && find(waiting.record->id);
    if (!right || !still) return refuse(Verdict::wrong);
    at->second.digest = sha256(waiting.token.secret);
    guesses_.forgive(waiting.from);
    return admit(*at->second.record, waiting.from);
  }

  const DoormanOptions options_;
  std::mutex mutex_;
  std::condition_variable changed_;
  std::unordered_map<std::string, Known> known_;  ///< by id
  std::string stamp_;
  SteadyTime looked_;
  GuessBrake guesses_;
  RequestBrake requests_;
  std::deque<Waiting> waiting_;
  bool stopping_ = false;
  std::thread thread_;
};

Doorman::Doorman(std::unique_ptr<Impl> impl) : impl_(std::move(impl)) {}
Doorman::~Doorman() = default;

Result<std::unique_ptr<Doorman>> Doorman::open(DoormanOptions options) {
  auto impl = std::make_unique<Impl>(std::move(options));
  if (auto opened = impl->open(); !opened) return tl::unexpected(opened.error());
  return std::unique_ptr<Doorman>(new Doorman(std::move(impl)));
}

void Doorman::ask(std::string authorization, std::string from, Done done) {
  impl_->ask(authorization, std::move(from), std::move(done));
}

}  // namespace kentongan::access
