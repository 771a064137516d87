// SPDX-License-Identifier: Apache-2.0
#include <fmt/format.h>
#include <openssl/bio.h>
#include <openssl/pem.h>
#include <openssl/x509.h>

#include <ctime>
#include <memory>

#include "app/doctor/checks.hpp"

namespace kentongan::app::doctor {
namespace {

constexpr std::string_view kCheck = "certificate";

struct Free {
  void operator()(BIO* bio) const noexcept { BIO_free(bio); }
  void operator()(X509* certificate) const noexcept { X509_free(certificate); }
};

std::optional<TimePoint> end_of(const std::filesystem::path& path) {
  const std::unique_ptr<BIO, Free> file(BIO_new_file(path.c_str(), "r"));
  if (!file) return std::nullopt;
  const std::unique_ptr<X509, Free> certificate(PEM_read_bio_X509(file.get(), nullptr, nullptr, nullptr));
  std::tm parts{};
  if (!certificate || ASN1_TIME_to_tm(X509_get0_notAfter(certificate.get()), &parts) != 1) return std::nullopt;
  return TimePoint{std::chrono::seconds(timegm(&parts))};
}

}  // namespace

Finding check_certificate(const std::filesystem::path& path, TimePoint now) {
  const auto end = end_of(path);
  if (!end) {
    return bad(kCheck, fmt::format("{} cannot be read as a certificate", path.string()),
               "name a PEM file that begins with a certificate and that the user of the service may read");
  }
  const auto days = std::chrono::floor<std::chrono::days>(*end - now).count();
  if (*end <= now) {
    return bad(kCheck, fmt::format("{} ended {} days ago", path.string(), -days),
               "renew it; that of Kafka is read at the start only");
  }
  if (days < 30) return doubtful(kCheck, fmt::format("{} ends in {} days", path.string(), days), "renew it");
  return good(kCheck, fmt::format("{} ends in {} days", path.string(), days));
}

Findings check_certificates(const Config& config, TimePoint now) {
  Findings findings;
  for (const auto* path : {&config.tls.certificate, &config.tls.client_ca}) {
    if (!path->empty()) findings.push_back(check_certificate(*path, now));
  }
  if (config.journal != JournalKind::kafka) return findings;
  for (const char* property : {"ssl.ca.location", "ssl.certificate.location"}) {
    const auto named = config.kafka.properties.find(property);
    if (named == config.kafka.properties.end()) continue;
    std::error_code ignored;
    if (std::filesystem::is_directory(named->second, ignored)) continue;
    findings.push_back(check_certificate(named->second, now));
  }
  return findings;
}

}  // namespace kentongan::app::doctor
