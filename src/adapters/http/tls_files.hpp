// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <filesystem>

namespace kentongan::http {

/// What a server needs for TLS: files in PEM.
struct TlsFiles {
  std::filesystem::path certificate;  ///< with the chain behind it; empty: no TLS
  std::filesystem::path key;
  std::filesystem::path client_ca;  ///< clients need a certificate of these authorities; empty: none

  [[nodiscard]] bool wanted() const { return !certificate.empty(); }
};

}  // namespace kentongan::http
