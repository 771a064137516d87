// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <curl/curl.h>

#include <array>
#include <memory>
#include <string>
#include <string_view>

#include "adapters/web/client.hpp"

/// One exchange of libcurl, with what all of them have in common. For the sources of this folder.
namespace kentongan::web {

class Transfer {
 public:
  using Schemes = std::array<std::string_view, 2>;
  /// `tls`: nothing is said before TLS has begun.
  Transfer(const Network& network, const std::string& url, Schemes schemes, bool tls);
  Transfer(const Transfer&) = delete;
  Transfer& operator=(const Transfer&) = delete;

  template <class Value>
  void set(CURLoption option, Value value) {
    if (curl_easy_setopt(handle_.get(), option, value) != CURLE_OK) broken_ = true;
  }
  void limit(std::chrono::milliseconds whole);
  void add_line(const std::string& line);  ///< to the list that lines() gives
  [[nodiscard]] curl_slist* lines() const noexcept { return lines_.get(); }
  [[nodiscard]] Answer run();

 private:
  struct Free {
    void operator()(CURL* handle) const { curl_easy_cleanup(handle); }
    void operator()(curl_slist* list) const { curl_slist_free_all(list); }
    void operator()(CURLU* url) const { curl_url_cleanup(url); }
  };
  static std::size_t on_bytes(const char* data, std::size_t one, std::size_t count, void* self);
  static curl_socket_t on_socket(void* self, curlsocktype purpose, curl_sockaddr* address);
  static int on_progress(void* self, curl_off_t, curl_off_t, curl_off_t, curl_off_t);
  [[nodiscard]] Answer explain(CURLcode code);
  void read_url(const std::string& url, bool tls);

  const Network& network_;
  const Schemes schemes_;
  std::unique_ptr<CURL, Free> handle_;
  std::unique_ptr<curl_slist, Free> lines_;
  std::string target_;  ///< host and port, for messages
  Answer answer_;
  bool broken_ = false;
  bool refused_ = false;
};

}  // namespace kentongan::web
