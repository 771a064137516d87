// SPDX-License-Identifier: Apache-2.0
#include "adapters/web/client.hpp"

#include "adapters/web/transfer.hpp"

namespace kentongan::web {
namespace {

/// A line break in a header would begin another one.
bool is_plain(const std::string& text) { return text.find_first_of(std::string("\r\n\0", 3)) == std::string::npos; }

}  // namespace

Answer Client::send(const Request& request) const {
  Transfer transfer(network_, request.url, {"http", "https"}, request.url.starts_with("https://"));
  transfer.set(CURLOPT_PROTOCOLS_STR, "http,https");
  transfer.set(CURLOPT_USERAGENT, "kentongan");
  transfer.set(CURLOPT_CUSTOMREQUEST, request.method.c_str());
  if (request.method != "GET") {
    transfer.set(CURLOPT_POSTFIELDSIZE_LARGE, static_cast<curl_off_t>(request.body.size()));
    transfer.set(CURLOPT_POSTFIELDS, request.body.c_str());
  }
  transfer.add_line("Expect:");  // a pause of a second, for bodies that are small
  for (const auto& [name, value] : request.headers) {
    if (is_plain(name) && is_plain(value)) transfer.add_line(name + ": " + value);
  }
  transfer.set(CURLOPT_HTTPHEADER, transfer.lines());
  if (request.whole) transfer.limit(*request.whole);
  return transfer.run();
}

}  // namespace kentongan::web
