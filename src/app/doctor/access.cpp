// SPDX-License-Identifier: Apache-2.0
#include <fmt/format.h>

#include <algorithm>
#include <chrono>

#include "access/token_store.hpp"
#include "adapters/audit/audit_file.hpp"
#include "adapters/http/authority.hpp"
#include "app/access/open_access.hpp"
#include "app/doctor/checks.hpp"

namespace kentongan::app::doctor {
namespace {

Finding check_tokens(const Config& config, TimePoint now) {
  constexpr std::string_view kCheck = "tokens";
  const auto tokens = access::load_tokens(config.access.tokens);
  if (!tokens) return bad(kCheck, tokens.error().message, "as the service would not start with it");
  const auto valid =
      std::count_if(tokens->begin(), tokens->end(), [now](const auto& one) { return one.valid_at(now); });
  if (valid == 0) {
    return doubtful(kCheck, fmt::format("{} holds no token that is valid now", config.access.tokens.string()),
                    "kentongan token create makes one");
  }
  if (config.tls.certificate.empty() && !http::parse_listen(config.http_listen)) {
    return doubtful(kCheck, "tokens come over plain HTTP from other machines, where they can be read on the way",
                    "set http.tls, or listen on loopback behind a proxy that speaks TLS");
  }
  return good(kCheck, fmt::format("{} of {} are valid", valid, tokens->size()));
}

Finding check_record(const std::filesystem::path& path) {
  constexpr std::string_view kCheck = "record";
  std::error_code ignored;
  if (!std::filesystem::exists(path, ignored)) return good(kCheck, fmt::format("{} is not there yet", path.string()));
  const auto record = audit::AuditFile::open(path, audit::AuditFile::Open::read);
  const auto state = record ? (*record)->verify() : tl::unexpected(record.error());
  if (!state) return bad(kCheck, state.error().message, "let the user of the service own it");
  if (state->broken) {
    return bad(kCheck,
               fmt::format("{} is broken at entry {}: {}", path.string(), state->broken->number, state->broken->why),
               "keep the file for an examination; access.audit may name another");
  }
  return good(kCheck, fmt::format("whole, {} entries up to {}", state->last == 0 ? 0 : state->last - state->first + 1,
                                  state->last));
}

}  // namespace

Findings check_access(const Config& config, TimePoint now) {
  Findings findings;
  if (!config.access.tokens.empty()) findings.push_back(check_tokens(config, now));
  if (const auto path = audit_path(config); !path.empty()) findings.push_back(check_record(path));
  return findings;
}

}  // namespace kentongan::app::doctor
