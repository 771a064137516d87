// SPDX-License-Identifier: Apache-2.0
#include "adapters/http/reply.hpp"

#include <algorithm>
#include <array>
#include <utility>

#include "codec/writer.hpp"

namespace kentongan::http {
namespace {

struct Phrase {
  unsigned status;
  std::string_view text;
};

constexpr std::array<Phrase, 18> kPhrases{{{200, "OK"},
                                           {202, "Accepted"},
                                           {400, "Bad Request"},
                                           {401, "Unauthorized"},
                                           {403, "Forbidden"},
                                           {404, "Not Found"},
                                           {405, "Method Not Allowed"},
                                           {410, "Gone"},
                                           {413, "Content Too Large"},
                                           {415, "Unsupported Media Type"},
                                           {417, "Expectation Failed"},
                                           {421, "Misdirected Request"},
                                           {429, "Too Many Requests"},
                                           {431, "Request Header Fields Too Large"},
                                           {500, "Internal Server Error"},
                                           {501, "Not Implemented"},
                                           {503, "Service Unavailable"},
                                           {505, "HTTP Version Not Supported"}}};

}  // namespace

std::string_view reason_phrase(unsigned status) {
  const auto* found = std::find_if(kPhrases.begin(), kPhrases.end(),
                                   [status](const Phrase& phrase) { return phrase.status == status; });
  return found == kPhrases.end() ? "Error" : found->text;
}

Reply json_reply(unsigned status, std::string body) {
  Reply reply;
  reply.status = status;
  reply.body = std::move(body);
  return reply;
}

Reply problem(unsigned status, std::string_view detail, std::string_view members) {
  Reply reply;
  reply.status = status;
  reply.content_type = "application/problem+json";
  reply.body = R"({"type":"about:blank","title":)";
  codec::append_string(reply.body, reason_phrase(status));
  reply.body += ",\"status\":" + std::to_string(status) + ",\"detail\":";
  codec::append_string(reply.body, detail);
  reply.body += members;
  reply.body += '}';
  return reply;
}

Reply try_later(unsigned status, std::string_view detail, int seconds) {
  Reply reply = problem(status, detail);
  reply.retry_after = seconds;
  return reply;
}

Reply refused(const Refusal& refusal) {
  Reply reply = problem(refusal.status, refusal.detail);
  reply.close = true;
  return reply;
}

}  // namespace kentongan::http
