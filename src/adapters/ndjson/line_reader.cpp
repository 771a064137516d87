// SPDX-License-Identifier: Apache-2.0
#include "adapters/ndjson/line_reader.hpp"

#include <fcntl.h>
#include <fmt/format.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cerrno>
#include <cstring>
#include <utility>

namespace kentongan::ndjson {

Result<LineReader> LineReader::open(const std::string& path) {
  if (path == "-") return LineReader(STDIN_FILENO, "standard input", std::nullopt);
  const int file = ::open(path.c_str(), O_RDONLY | O_CLOEXEC);
  if (file < 0) return fail(Error::Kind::failed, fmt::format("cannot read {}: {}", path, std::strerror(errno)));
  struct stat status {};
  ::fstat(file, &status);
  if (S_ISDIR(status.st_mode)) {
    ::close(file);
    return fail(Error::Kind::failed, fmt::format("{} is a folder; name a file of events, one a line", path));
  }
  std::optional<std::uint64_t> size;
  if (S_ISREG(status.st_mode)) size = static_cast<std::uint64_t>(status.st_size);
  return LineReader(file, path, size);
}

LineReader::LineReader(int file, std::string name, std::optional<std::uint64_t> size)
    : file_(file), name_(std::move(name)), size_(size), buffer_(kLongestLine + 1) {}

LineReader::LineReader(LineReader&& other) noexcept
    : file_(std::exchange(other.file_, -1)),
      name_(std::move(other.name_)),
      size_(other.size_),
      buffer_(std::move(other.buffer_)),
      begin_(other.begin_),
      end_(other.end_),
      at_end_(other.at_end_),
      bytes_read_(other.bytes_read_) {}

LineReader::~LineReader() {
  if (file_ > STDIN_FILENO) ::close(file_);
}

/// Reads more behind the unread bytes. False at the end of the file, or when the buffer is full.
Result<bool> LineReader::fill() {
  if (begin_ > 0) {
    std::memmove(buffer_.data(), buffer_.data() + begin_, end_ - begin_);
    end_ -= begin_;
    begin_ = 0;
  }
  if (at_end_ || end_ == buffer_.size()) return false;
  for (;;) {
    const ssize_t got = ::read(file_, buffer_.data() + end_, buffer_.size() - end_);
    if (got < 0 && errno == EINTR) continue;
    if (got < 0) return fail(Error::Kind::failed, fmt::format("cannot read {}: {}", name_, std::strerror(errno)));
    at_end_ = got == 0;
    end_ += static_cast<std::size_t>(got);
    bytes_read_ += static_cast<std::uint64_t>(got);
    return got > 0;
  }
}

Result<void> LineReader::skip_rest_of_line() {
  for (;;) {
    const auto* lf = static_cast<const char*>(std::memchr(buffer_.data() + begin_, '\n', end_ - begin_));
    if (lf != nullptr) {
      begin_ = static_cast<std::size_t>(lf - buffer_.data()) + 1;
      return {};
    }
    begin_ = end_;
    const auto more = fill();
    if (!more) return tl::unexpected(more.error());
    if (!*more) return {};
  }
}

Result<std::optional<Line>> LineReader::next() {
  for (;;) {
    std::size_t searched = 0;
    const char* lf = nullptr;
    for (;;) {
      lf = static_cast<const char*>(std::memchr(buffer_.data() + begin_ + searched, '\n', end_ - begin_ - searched));
      if (lf != nullptr) break;
      searched = end_ - begin_;
      const auto more = fill();
      if (!more) return tl::unexpected(more.error());
      if (!*more) break;
    }
    const std::size_t start = begin_;
    std::size_t length = lf != nullptr ? static_cast<std::size_t>(lf - buffer_.data()) - begin_ : end_ - begin_;
    if (lf == nullptr && !at_end_) {
      // The buffer is full of one line: its beginning is kept aside, the rest is passed over.
      cut_.assign(buffer_.data() + begin_, length);
      begin_ = end_;
      if (auto skipped = skip_rest_of_line(); !skipped) return tl::unexpected(skipped.error());
      return Line{cut_, true};
    }
    begin_ += length + (lf != nullptr ? 1 : 0);
    if (length > 0 && buffer_[start + length - 1] == '\r' && lf != nullptr) --length;
    if (length > 0) return Line{{buffer_.data() + start, length}, false};
    if (lf == nullptr) return std::nullopt;
  }
}

}  // namespace kentongan::ndjson
