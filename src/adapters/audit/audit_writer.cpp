// SPDX-License-Identifier: Apache-2.0
#include "adapters/audit/audit_writer.hpp"

#include <fmt/format.h>

#include <chrono>
#include <utility>
#include <vector>

namespace kentongan::audit {
namespace {

constexpr auto kRetainEvery = std::chrono::hours(1);

}  // namespace

AuditWriter::AuditWriter(WriterOptions options, std::unique_ptr<AuditFile> file)
    : options_(std::move(options)), file_(std::move(file)), thread_([this] { work(); }) {}

AuditWriter::~AuditWriter() { stop(); }

Result<std::unique_ptr<AuditWriter>> AuditWriter::open(WriterOptions options) {
  auto file = AuditFile::open(options.path, AuditFile::Open::append);
  if (!file) return tl::unexpected(file.error());
  return std::unique_ptr<AuditWriter>(new AuditWriter(std::move(options), *std::move(file)));
}

void AuditWriter::keep(ports::Deed deed, std::function<void(const Result<void>&)> done) {
  {
    const std::lock_guard lock(mutex_);
    if (!stopping_ && waiting_.size() < options_.most_waiting) {
      waiting_.push_back({std::move(deed), std::move(done)});
      changed_.notify_one();
      return;
    }
  }
  done(fail(Error::Kind::failed, "too much is waiting to be put on record; nothing was done, try again in a moment"));
}

void AuditWriter::stop() {
  {
    const std::lock_guard lock(mutex_);
    stopping_ = true;
  }
  changed_.notify_one();
  if (thread_.joinable()) thread_.join();
}

void AuditWriter::work() {
  retain();
  auto retain_at = std::chrono::steady_clock::now() + kRetainEvery;
  std::unique_lock lock(mutex_);
  for (;;) {
    changed_.wait_until(lock, retain_at, [this] { return stopping_ || !waiting_.empty(); });
    std::deque<Waiting> batch = std::exchange(waiting_, {});
    if (batch.empty() && stopping_) return;
    lock.unlock();
    if (!batch.empty()) write(std::move(batch));
    if (std::chrono::steady_clock::now() >= retain_at) {
      retain();
      retain_at = std::chrono::steady_clock::now() + kRetainEvery;
    }
    lock.lock();
  }
}

void AuditWriter::write(std::deque<Waiting> batch) {
  std::vector<ports::Deed> deeds;
  for (Waiting& waiting : batch) deeds.push_back(std::move(waiting.deed));
  auto written = file_->append(deeds, options_.now());
  if (!written) {
    options_.tell(false, written.error().message);
    written =
        fail(Error::Kind::failed, "the record cannot be written, so nothing was done; the service's log says why");
  }
  for (const Waiting& waiting : batch) waiting.done(written);
}

void AuditWriter::retain() {
  const TimePoint now = options_.now();
  const auto removed = file_->retain(now - options_.keep, now);
  if (!removed) return options_.tell(false, removed.error().message);
  if (*removed > 0)
    options_.tell(true, fmt::format("{} entries of the record were older than access.keep_audit", *removed));
}

}  // namespace kentongan::audit
