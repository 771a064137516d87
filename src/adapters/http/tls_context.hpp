// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <chrono>
#include <functional>
#include <memory>
#include <mutex>
#include <string>

#include <boost/asio/ssl/context.hpp>

#include "adapters/http/tls_files.hpp"
#include "domain/error.hpp"

namespace kentongan::http {

/// Certificate and key of a server, read again when their files change: connections that are made from then on get the
/// new ones. Thread-safe.
class TlsContext {
 public:
  using Tell = std::function<void(bool good, const std::string& line)>;
  /// `look`: how often it looks at the files at most. Error::usage: they cannot be read or do not belong together.
  [[nodiscard]] static Result<std::unique_ptr<TlsContext>> open(TlsFiles files, std::chrono::milliseconds look,
                                                                Tell tell);

  /// For one connection, which keeps it. Files that are wrong leave the context of before, and are told.
  [[nodiscard]] std::shared_ptr<boost::asio::ssl::context> current();

 private:
  TlsContext(TlsFiles files, std::chrono::milliseconds look, Tell tell)
      : files_(std::move(files)), look_(look), tell_(std::move(tell)) {}

  const TlsFiles files_;
  const std::chrono::milliseconds look_;
  const Tell tell_;
  std::mutex mutex_;
  std::shared_ptr<boost::asio::ssl::context> context_;
  std::string stamp_;
  std::chrono::steady_clock::time_point looked_;
};

}  // namespace kentongan::http
