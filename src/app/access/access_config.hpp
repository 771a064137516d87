// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <filesystem>

#include "domain/time.hpp"

namespace kentongan::app {

/// `access` of the configuration: who may do what, and the record of it.
struct AccessConfig {
  std::filesystem::path tokens;            ///< empty: nobody is asked for a token, and only loopback is served
  std::uint32_t requests_per_second = 50;  ///< of one token
  std::filesystem::path audit;             ///< empty: with tokens audit.db beside the journal, without none
  Duration keep_audit = std::chrono::days(365);
};

/// `http.tls`.
struct TlsConfig {
  std::filesystem::path certificate, key;  ///< PEM; without a certificate there is no TLS
  std::filesystem::path client_ca;         ///< PEM: clients need a certificate of these authorities; empty: none
};

}  // namespace kentongan::app
