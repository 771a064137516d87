// SPDX-License-Identifier: Apache-2.0
#include "adapters/web/transfer.hpp"

#include <fmt/format.h>
#include <fmt/ranges.h>
#include <sys/socket.h>

#include <algorithm>
#include <string_view>

#include "adapters/web/address.hpp"

namespace kentongan::web {
namespace {

CURL* make_handle() {
  static const CURLcode ready = curl_global_init(CURL_GLOBAL_DEFAULT);  // once, whoever comes first
  return ready == CURLE_OK ? curl_easy_init() : nullptr;
}

}  // namespace

Transfer::Transfer(const Network& network, const std::string& url, Schemes schemes, bool tls)
    : network_(network), schemes_(schemes), handle_(make_handle()) {
  if (!handle_) {
    broken_ = true;
    return;
  }
  read_url(url, tls);
  set(CURLOPT_URL, url.c_str());
  set(CURLOPT_NOSIGNAL, 1L);
  set(CURLOPT_PROXY, "");
  set(CURLOPT_FOLLOWLOCATION, 0L);
  set(CURLOPT_SSL_VERIFYPEER, 1L);
  set(CURLOPT_SSL_VERIFYHOST, 2L);
  set(CURLOPT_SSLVERSION, static_cast<long>(CURL_SSLVERSION_TLSv1_2));
  if (!network.ca_file.empty()) {
    set(CURLOPT_CAINFO, network.ca_file.c_str());
    set(CURLOPT_CAPATH, nullptr);
  }
  set(CURLOPT_CONNECTTIMEOUT_MS, static_cast<long>(network.connect.count()));
  limit(network.whole);
  set(CURLOPT_WRITEFUNCTION, &Transfer::on_bytes);
  set(CURLOPT_WRITEDATA, this);
  set(CURLOPT_OPENSOCKETFUNCTION, &Transfer::on_socket);
  set(CURLOPT_OPENSOCKETDATA, this);
  set(CURLOPT_NOPROGRESS, 0L);
  set(CURLOPT_XFERINFOFUNCTION, &Transfer::on_progress);
  set(CURLOPT_XFERINFODATA, this);
}

void Transfer::read_url(const std::string& url, bool tls) {
  const std::unique_ptr<CURLU, Free> parsed(curl_url());
  char* scheme = nullptr;
  char* host = nullptr;
  char* port = nullptr;
  const bool good = parsed && curl_url_set(parsed.get(), CURLUPART_URL, url.c_str(), 0) == CURLUE_OK &&
                    curl_url_get(parsed.get(), CURLUPART_SCHEME, &scheme, 0) == CURLUE_OK &&
                    curl_url_get(parsed.get(), CURLUPART_HOST, &host, 0) == CURLUE_OK &&
                    curl_url_get(parsed.get(), CURLUPART_PORT, &port, CURLU_DEFAULT_PORT) == CURLUE_OK;
  const bool spoken = good && std::find(schemes_.begin(), schemes_.end(), std::string_view(scheme)) != schemes_.end();
  if (spoken) {
    target_ = fmt::format("{}:{}", host, port);
  } else {
    answer_.reached = Reached::wrong_url;
    answer_.why = fmt::format("the address is no URL that begins with {}://", fmt::join(schemes_, ":// or "));
  }
  curl_free(scheme);
  curl_free(host);
  curl_free(port);
  if (spoken && !tls && !network_.own_networks) {
    answer_.reached = Reached::forbidden;
    answer_.why = fmt::format("{}: without TLS only own networks may be reached; write https", target_);
  }
}

void Transfer::limit(std::chrono::milliseconds whole) { set(CURLOPT_TIMEOUT_MS, static_cast<long>(whole.count())); }

void Transfer::add_line(const std::string& line) {
  curl_slist* const longer = curl_slist_append(lines_.get(), line.c_str());
  if (longer == nullptr) {
    broken_ = true;
    return;
  }
  (void)lines_.release();
  lines_.reset(longer);
}

std::size_t Transfer::on_bytes(const char* data, std::size_t one, std::size_t count, void* self) {
  auto& transfer = *static_cast<Transfer*>(self);
  const std::size_t size = one * count;
  const std::size_t room = transfer.network_.answer_bytes - transfer.answer_.body.size();
  transfer.answer_.body.append(data, std::min(size, room));
  transfer.answer_.cut = size > room;
  return transfer.answer_.cut ? 0 : size;
}

curl_socket_t Transfer::on_socket(void* self, curlsocktype, curl_sockaddr* address) {
  auto& transfer = *static_cast<Transfer*>(self);
  if (!transfer.network_.own_networks && !is_public(address->addr)) {
    transfer.refused_ = true;
    return CURL_SOCKET_BAD;
  }
  return socket(address->family, address->socktype | SOCK_CLOEXEC, address->protocol);
}

int Transfer::on_progress(void* self, curl_off_t, curl_off_t, curl_off_t, curl_off_t) {
  const auto* const stop = static_cast<Transfer*>(self)->network_.stop;
  return stop != nullptr && *stop ? 1 : 0;
}

Answer Transfer::run() {
  if (answer_.reached == Reached::forbidden || answer_.reached == Reached::wrong_url) return answer_;
  if (broken_) {
    answer_.why = fmt::format("{}: the request cannot be put together (out of memory?)", target_);
    return answer_;
  }
  return explain(curl_easy_perform(handle_.get()));
}

Answer Transfer::explain(CURLcode code) {
  long status = 0;
  curl_off_t wait = 0;
  curl_easy_getinfo(handle_.get(), CURLINFO_RESPONSE_CODE, &status);
  curl_easy_getinfo(handle_.get(), CURLINFO_RETRY_AFTER, &wait);
  answer_.status = static_cast<int>(status);
  if (wait > 0) answer_.retry_after = std::chrono::seconds(wait);
  if (code == CURLE_OK || (code == CURLE_WRITE_ERROR && answer_.cut)) {
    answer_.reached = Reached::answered;
  } else if (code == CURLE_ABORTED_BY_CALLBACK) {
    answer_.reached = Reached::stopped;
    answer_.why = "the service stops";
  } else if (refused_) {
    answer_.reached = Reached::forbidden;
    answer_.why = fmt::format(
        "{}: the address is of no public network; `notify.own_networks: true` lets Kentongan reach it", target_);
  } else if (code == CURLE_URL_MALFORMAT) {
    answer_.reached = Reached::wrong_url;
    answer_.why = "the address is no URL that can be spoken with";
  } else {
    answer_.why = fmt::format("{}: {}", target_, curl_easy_strerror(code));
  }
  return answer_;
}

}  // namespace kentongan::web
