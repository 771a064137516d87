// SPDX-License-Identifier: Apache-2.0
#include "adapters/notify/heartbeat.hpp"

#include "adapters/notify/http_outcome.hpp"

namespace kentongan::notify {

std::string beat(const web::Client& client, const std::string& url) {
  web::Request request;
  request.method = "GET";
  request.url = url;
  const web::Answer answer = client.send(request);
  return outcome_of(answer, Server::one_for_all).fate == ports::Fate::delivered ? std::string() : said(answer);
}

}  // namespace kentongan::notify
