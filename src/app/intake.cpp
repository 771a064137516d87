// SPDX-License-Identifier: Apache-2.0
#include "app/intake.hpp"

#include <fmt/format.h>
#include <spdlog/spdlog.h>

#include <utility>

#include "app/access/caller_limits.hpp"
#include "app/log/line.hpp"
#include "codec/batch.hpp"
#include "codec/trace.hpp"

namespace kentongan::app {
namespace {

codec::BodyShape shape_of(ports::BodyKind kind) {
  switch (kind) {
    case ports::BodyKind::single:
      return codec::BodyShape::single;
    case ports::BodyKind::batch:
      return codec::BodyShape::batch;
    case ports::BodyKind::ndjson:
      return codec::BodyShape::ndjson;
    case ports::BodyKind::by_shape:
      return codec::BodyShape::by_shape;
  }
  return codec::BodyShape::by_shape;
}

/// The event as it is stored: with the request's trace, where it has none and stays small enough to be read.
std::string traced(const codec::Decoder& decoder, std::string_view raw, const TraceContext& trace) {
  if (trace.empty() || decoder.trace()) return std::string(raw);
  std::string event = codec::with_trace(raw, trace);
  return event.size() <= codec::DecodeLimits{}.max_bytes ? event : std::string(raw);
}

}  // namespace

/// A decoder for the time of one request.
class Intake::Lease {
 public:
  explicit Lease(Intake& intake) : intake_(intake), reference_(intake.reference_()) {
    const std::lock_guard lock(intake.mutex_);
    if (intake.known_ != reference_) {
      intake.known_ = reference_;
      intake.decoders_.clear();
    }
    if (intake.decoders_.empty()) {
      decoder_ = std::make_unique<codec::Decoder>(reference_);
    } else {
      decoder_ = std::move(intake.decoders_.back());
      intake.decoders_.pop_back();
    }
  }
  ~Lease() {
    const std::lock_guard lock(intake_.mutex_);
    if (intake_.known_ == reference_) intake_.decoders_.push_back(std::move(decoder_));
  }
  Lease(const Lease&) = delete;
  Lease& operator=(const Lease&) = delete;
  [[nodiscard]] codec::Decoder& decoder() { return *decoder_; }
  [[nodiscard]] const Reference& reference() const { return *reference_; }

 private:
  Intake& intake_;
  std::shared_ptr<const Reference> reference_;
  std::unique_ptr<codec::Decoder> decoder_;
};

Intake::Intake(CurrentReference reference, ports::Inbox& inbox, std::function<TimePoint()> wall,
               Duration future_tolerance)
    : reference_(std::move(reference)), inbox_(inbox), wall_(std::move(wall)), future_tolerance_(future_tolerance) {}

Intake::~Intake() = default;

Intake::Judged Intake::judge(Lease& lease, std::string_view raw, std::size_t index, const ports::Caller& caller) const {
  Judged judged;
  const auto event = lease.decoder().decode(raw);
  if (!event) {
    const Rejection& rejection = event.error();
    judged.input.type = rejection.type;
    judged.forbidden = fault_of_type(caller, rejection.type, index);
    if (rejection.reason == RejectReason::unknown_alert) return judged;
    judged.rejected = {index, rejection.reason, rejection.pointer, rejection.message};
    return judged;
  }
  judged.input.type = event->type();
  judged.input.city = lease.reference().place(event->city).code;
  judged.forbidden = fault_of_event(caller, *event, lease.reference(), index);
  if (wall_ && event->time > wall_() + future_tolerance_) {
    judged.rejected = {index, RejectReason::future, "/time",
                       fmt::format("the event is more than {} ahead of the clock; check the sender's clock",
                                   format_duration(future_tolerance_))};
  }
  return judged;
}

void Intake::submit(ports::BodyKind kind, const std::string& body, const TraceContext& trace,
                    std::function<void(ports::IntakeAnswer)> done, const ports::Caller& caller) {
  ports::IntakeAnswer answer;
  const auto events = codec::split(body, shape_of(kind));
  if (!events) {
    answer.rejected.push_back({0, events.error().reason, events.error().pointer, events.error().message});
    return done(std::move(answer));
  }
  const TraceContext fitting = codec::read_trace(trace.parent, trace.state);
  std::vector<ports::NewInput> good;
  {
    Lease lease(*this);
    for (std::size_t i = 0; i < events->size(); ++i) {
      Judged judged = judge(lease, (*events)[i], i, caller);
      if (judged.forbidden) {
        answer.status = ports::IntakeAnswer::Status::forbidden;
        answer.message = *std::move(judged.forbidden);
        good.clear();
        break;
      }
      if (judged.rejected) {
        answer.rejected.push_back(*std::move(judged.rejected));
      } else {
        judged.input.value = traced(lease.decoder(), (*events)[i], fitting);
        good.push_back(std::move(judged.input));
      }
    }
  }
  if (good.empty()) return done(std::move(answer));
  answer.accepted = good.size();
  // The answer is shared: whoever comes to speak, the inbox or this function, gives it once.
  auto shared = std::make_shared<ports::IntakeAnswer>(std::move(answer));
  const bool taken = inbox_.append_sorted(std::move(good), [shared, done](const Result<void>& durable) {
    if (!durable) {
      spdlog::error("msg=\"inputs were not stored; their sender was told\" error={}",
                    log_text(durable.error().message));
      shared->status = ports::IntakeAnswer::Status::unavailable;
      shared->message = durable.error().message;
      shared->accepted = 0;
    }
    done(std::move(*shared));
  });
  if (taken) return;
  shared->status = ports::IntakeAnswer::Status::busy;
  shared->message = "too many events are waiting to be written; send them again in a moment";
  shared->accepted = 0;
  done(std::move(*shared));
}

}  // namespace kentongan::app
