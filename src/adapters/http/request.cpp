// SPDX-License-Identifier: Apache-2.0
#include "adapters/http/request.hpp"

#include <boost/asio/buffer.hpp>
#include <boost/beast/http/empty_body.hpp>
#include <boost/beast/http/parser.hpp>

namespace kentongan::http {
namespace {

namespace beast_http = boost::beast::http;
using Parser = beast_http::request_parser<beast_http::empty_body>;

tl::unexpected<Refusal> refuse(std::string detail) { return tl::unexpected<Refusal>(Refusal{400, std::move(detail)}); }

RequestHead copy_fields(const Parser& parser, const Framing& framing) {
  const auto& message = parser.get();
  const auto text = [&message](beast_http::field name) {
    const auto value = message[name];
    return std::string(value.data(), value.size());
  };
  RequestHead head;
  head.method = std::string(message.method_string().data(), message.method_string().size());
  head.target = std::string(message.target().data(), message.target().size());
  head.host = text(beast_http::field::host);
  head.content_type = text(beast_http::field::content_type);
  head.content_encoding = text(beast_http::field::content_encoding);
  head.origin = text(beast_http::field::origin);
  head.expect = text(beast_http::field::expect);
  head.authorization = text(beast_http::field::authorization);
  const auto named = [&message](std::string_view name) {
    const auto value = message[boost::beast::string_view(name.data(), name.size())];
    return std::string(value.data(), value.size());
  };
  head.last_event_id = named("last-event-id");
  head.signature = named("x-hub-signature-256");
  head.trace = {named("traceparent"), named("tracestate")};
  head.framing = framing;
  head.keep_alive = message.keep_alive();
  return head;
}

}  // namespace

tl::expected<RequestHead, Refusal> read_head(std::string_view raw) {
  const auto framing = judge_framing(raw);
  if (!framing) return tl::unexpected(framing.error());
  Parser parser;
  parser.header_limit(static_cast<std::uint32_t>(raw.size() + 1));
  parser.body_limit(boost::none);
  parser.skip(true);
  boost::beast::error_code error;
  parser.put(boost::asio::buffer(raw), error);
  if (error || !parser.is_header_done()) return refuse("The header cannot be read: " + error.message() + ".");
  if (parser.get().count(beast_http::field::content_type) > 1) return refuse("There are several Content-Type headers.");
  if (parser.get().count(beast_http::field::authorization) > 1) {
    return refuse("There are several Authorization headers.");
  }
  return copy_fields(parser, *framing);
}

}  // namespace kentongan::http
