// SPDX-License-Identifier: Apache-2.0
// Raw bytes -> the statuses that come back, and whether the connection ends after them. A row that ends with
// `stays` is followed by a plain request on the same connection, which must be answered: nothing of the row was
// left over to be taken for a request.
#include "server_fixture.hpp"

namespace kentongan::http {
namespace {

enum class Then { closes, stays };

struct Row {
  std::string name;
  std::string bytes;
  std::vector<int> statuses;
  Then then;
};

const std::string kHost = "Host: localhost\r\n";
const std::string kEvents = "POST /v1/events HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/json\r\n";
const std::string kChunked = kEvents + "Transfer-Encoding: chunked\r\n\r\n";
const std::string kLast = "0\r\n\r\n";

std::string line(const std::string& request_line) { return request_line + "\r\n" + kHost + "\r\n"; }
std::string with(const std::string& header) { return "GET /livez HTTP/1.1\r\n" + kHost + header + "\r\n\r\n"; }
std::string on(const std::string& host) { return "GET /livez HTTP/1.1\r\nHost: " + host + "\r\n\r\n"; }
std::string bytes(std::string_view text) { return std::string(text); }

class HostileTest : public ServerTest {
 protected:
  void run(const std::vector<Row>& table) {
    Options options;
    options.linger_timeout = std::chrono::milliseconds(100);
    start(options);
    for (const auto& row : table) {
      SCOPED_TRACE(row.name);
      run(row);
    }
  }

 private:
  void run(const Row& row) {
    RawClient client(server->port());
    client.send(row.bytes);
    for (const int status : row.statuses) {
      const auto reply = client.read_reply();
      ASSERT_TRUE(reply) << "no reply; expected " << status;
      EXPECT_EQ(reply->status, status) << reply->body;
      EXPECT_EQ(reply->header("Content-Type"), status < 400 ? "application/json" : "application/problem+json");
    }
    if (row.then == Then::closes) {
      EXPECT_TRUE(client.is_at_end());
      return;
    }
    client.send(get("/livez"));
    const auto after = client.read_reply();
    ASSERT_TRUE(after) << "the connection ended";
    EXPECT_EQ(after->body, R"({"status":"live"})");
  }
};

TEST_F(HostileTest, RequestLines) {
  using enum Then;
  run({
      {"plain", line("GET /livez HTTP/1.1"), {200}, stays},
      {"an empty line before it", "\r\n" + line("GET /livez HTTP/1.1"), {200}, stays},
      {"two empty lines before it", "\r\n\r\n" + line("GET /livez HTTP/1.1"), {400}, closes},
      {"absolute target", line("GET http://localhost/livez HTTP/1.1"), {200}, stays},
      {"absolute target elsewhere", line("GET http://example.org/livez HTTP/1.1"), {421}, closes},
      {"two spaces", line("GET  /livez HTTP/1.1"), {400}, closes},
      {"a space behind", line("GET /livez HTTP/1.1 "), {400}, closes},
      {"a tab", line("GET\t/livez HTTP/1.1"), {400}, closes},
      {"no version", line("GET /livez"), {400}, closes},
      {"no target", line("GET HTTP/1.1"), {400}, closes},
      {"lower case version", line("GET /livez http/1.1"), {400}, closes},
      {"HTTP/1.2", line("GET /livez HTTP/1.2"), {505}, closes},
      {"HTTP/2.0", line("GET /livez HTTP/2.0"), {505}, closes},
      {"HTTP/11", line("GET /livez HTTP/11"), {400}, closes},
      {"HTTP/2 preface", "PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n", {400}, closes},
      {"TLS hello", bytes({"\x16\x03\x01\x02\x00\x01", 6}), {400}, closes},
      {"unknown method", line("BREW /livez HTTP/1.1"), {501}, stays},
      {"no token as method", line("GE(T /livez HTTP/1.1"), {400}, closes},
      {"tunnel", line("CONNECT localhost:22 HTTP/1.1"), {400}, closes},
      {"asterisk", line("OPTIONS * HTTP/1.1"), {400}, closes},
      {"bytes beyond ASCII", line("GET /livez\xC3\xA9 HTTP/1.1"), {400}, closes},
      {"broken percent", line("GET /v1/alerts/%4 HTTP/1.1"), {400}, closes},
      {"an encoded slash is no path", line("GET /v1%2Frisk HTTP/1.1"), {404}, stays},
  });
}

TEST_F(HostileTest, HeaderLines) {
  using enum Then;
  run({
      {"bare LF", "GET /livez HTTP/1.1\nHost: localhost\n\n", {400}, closes},
      {"bare CR", "GET /livez HTTP/1.1\r\nHost: localhost\rX: y\r\n\r\n", {400}, closes},
      {"NUL in a value", with(bytes({"X: a\0b", 6})), {400}, closes},
      {"escape in a value", with("X: a\x1b[1m"), {400}, closes},
      {"DEL in a value", with("X: a\x7f"), {400}, closes},
      {"vertical tab",
       with("Transfer-Encoding: \x0b"
            "chunked"),
       {400},
       closes},
      {"folded", with("X: a\r\n b"), {400}, closes},
      {"folded by a tab", with("X: a\r\n\tb"), {400}, closes},
      {"folded at the start", "GET /livez HTTP/1.1\r\n " + kHost + "\r\n", {400}, closes},
      {"space before the colon", with("X : a"), {400}, closes},
      {"tab before the colon", with("X\t: a"), {400}, closes},
      {"no colon", with("X"), {400}, closes},
      {"no name", with(": a"), {400}, closes},
      {"a space in the name", with("X Y: a"), {400}, closes},
      {"a byte beyond ASCII in the name", with("X\xC3: a"), {400}, closes},
      {"a byte beyond ASCII in the value", with("X: \xC3\xA9"), {200}, stays},
      {"an empty value", with("X:"), {200}, stays},
      {"spaces around the value", with("X: \t a \t "), {200}, stays},
  });
}

TEST_F(HostileTest, Hosts) {
  using enum Then;
  run({
      {"none", "GET /livez HTTP/1.1\r\n\r\n", {400}, closes},
      {"two", with("Host: localhost"), {400}, closes},
      {"two, written differently", with("hOST: localhost"), {400}, closes},
      {"empty", on(""), {400}, closes},
      {"localhost with a port", on("LocalHost:8080"), {200}, stays},
      {"127.0.0.1", on("127.0.0.1:8080"), {200}, stays},
      {"another of 127/8", on("127.1.2.3"), {200}, stays},
      {"IPv6", on("[::1]:8080"), {200}, stays},
      {"a name that may resolve to us", on("evil.example"), {421}, closes},
      {"a name that begins like us", on("localhost.evil.example"), {421}, closes},
      {"a name that begins like our address", on("127.0.0.1.evil.example"), {421}, closes},
      {"another address", on("10.0.0.1"), {421}, closes},
      {"any address", on("0.0.0.0"), {421}, closes},
      {"a user before it", on("localhost@evil.example"), {400}, closes},
      {"a port that is none", on("localhost:80x"), {400}, closes},
      {"a port too high", on("localhost:65536"), {400}, closes},
      {"a list", on("localhost, evil.example"), {400}, closes},
      {"HTTP/1.0 without one", "GET /livez HTTP/1.0\r\n\r\n", {200}, closes},
      {"HTTP/1.0 with another one", "GET /livez HTTP/1.0\r\nHost: evil.example\r\n\r\n", {421}, closes},
  });
}

TEST_F(HostileTest, Lengths) {
  using enum Then;
  run({
      {"plain", kEvents + "Content-Length: 2\r\n\r\n{}", {202}, stays},
      {"none", kEvents + "\r\n", {202}, stays},
      {"two", kEvents + "Content-Length: 2\r\nContent-Length: 3\r\n\r\n{}", {400}, closes},
      {"two that agree", kEvents + "Content-Length: 2\r\nContent-Length: 2\r\n\r\n{}", {400}, closes},
      {"a list", kEvents + "Content-Length: 2, 2\r\n\r\n{}", {400}, closes},
      {"signed", kEvents + "Content-Length: +2\r\n\r\n{}", {400}, closes},
      {"negative", kEvents + "Content-Length: -1\r\n\r\n{}", {400}, closes},
      {"hexadecimal", kEvents + "Content-Length: 0x2\r\n\r\n{}", {400}, closes},
      {"empty", kEvents + "Content-Length:\r\n\r\n{}", {400}, closes},
      {"a fraction", kEvents + "Content-Length: 2.0\r\n\r\n{}", {400}, closes},
      {"beyond 64 bits", kEvents + "Content-Length: 18446744073709551618\r\n\r\n{}", {413}, closes},
      {"a body behind GET", with("Content-Length: 5") + "GET /", {200}, closes},
      {"a body behind 404", "POST /x HTTP/1.1\r\n" + kHost + "Content-Length: 5\r\n\r\nGET /", {404}, closes},
      {"a body behind 405", "PUT /livez HTTP/1.1\r\n" + kHost + "Content-Length: 5\r\n\r\nGET /", {405}, closes},
  });
}

TEST_F(HostileTest, TransferEncodings) {
  using enum Then;
  const auto encoded = [](const std::string& value) {
    return kEvents + "Transfer-Encoding:" + value + "\r\n\r\n" + "2\r\n{}\r\n" + kLast;
  };
  run({
      {"plain", encoded(" chunked"), {202}, stays},
      {"without a space", encoded("chunked"), {202}, stays},
      {"upper case", encoded(" Chunked"), {400}, closes},
      {"another name", encoded(" xchunked"), {400}, closes},
      {"behind a tab", encoded("\tchunked"), {400}, closes},
      {"quoted", encoded(" \"chunked\""), {400}, closes},
      {"identity", encoded(" identity"), {400}, closes},
      {"identity behind", encoded(" chunked, identity"), {400}, closes},
      {"gzip before", encoded(" gzip, chunked"), {400}, closes},
      {"twice in a list", encoded(" chunked, chunked"), {400}, closes},
      {"a comma", encoded(" chunked,"), {400}, closes},
      {"a parameter", encoded(" chunked;q=1"), {400}, closes},
      {"empty", encoded(""), {400}, closes},
      {"two headers", encoded(" chunked\r\nTransfer-Encoding: chunked"), {400}, closes},
      {"with a length before",
       kEvents + "Content-Length: 2\r\nTransfer-Encoding: chunked\r\n\r\n" + kLast,
       {400},
       closes},
      {"with a length behind",
       kEvents + "Transfer-Encoding: chunked\r\nContent-Length: 2\r\n\r\n" + kLast,
       {400},
       closes},
      {"in HTTP/1.0",
       "POST /v1/events HTTP/1.0\r\n" + kHost + "Content-Type: application/json\r\nTransfer-Encoding: chunked\r\n\r\n" +
           kLast,
       {400},
       closes},
      {"behind GET", with("Transfer-Encoding: chunked") + kLast, {200}, closes},
  });
}

TEST_F(HostileTest, Chunks) {
  using enum Then;
  run({
      {"two chunks", kChunked + "1\r\n{\r\n1\r\n}\r\n" + kLast, {202}, stays},
      {"hexadecimal in both cases", kChunked + "a\r\n0123456789\r\nA\r\n0123456789\r\n" + kLast, {202}, stays},
      {"leading zeros", kChunked + "0000000000000002\r\n{}\r\n" + kLast, {202}, stays},
      {"an extension", kChunked + "2;a=b;c=\"d\"\r\n{}\r\n" + kLast, {202}, stays},
      {"a trailer", kChunked + "2\r\n{}\r\n0\r\nX: y\r\n\r\n", {202}, stays},
      {"none", kChunked + kLast, {202}, stays},
      {"no size", kChunked + "\r\n{}\r\n" + kLast, {400}, closes},
      {"0x", kChunked + "0x2\r\n{}\r\n" + kLast, {400}, closes},
      {"a sign", kChunked + "+2\r\n{}\r\n" + kLast, {400}, closes},
      {"negative", kChunked + "-2\r\n{}\r\n" + kLast, {400}, closes},
      {"no digit", kChunked + "g\r\n{}\r\n" + kLast, {400}, closes},
      {"a space before", kChunked + " 2\r\n{}\r\n" + kLast, {400}, closes},
      {"a space behind", kChunked + "2 \r\n{}\r\n" + kLast, {400}, closes},
      {"seventeen digits", kChunked + "00000000000000002\r\n{}\r\n" + kLast, {400}, closes},
      {"beyond 64 bits", kChunked + "10000000000000000\r\n{}\r\n" + kLast, {400}, closes},
      {"all of 64 bits", kChunked + "FFFFFFFFFFFFFFFF\r\n{}\r\n" + kLast, {413}, closes},
      {"more than 8 MiB", kChunked + "800001\r\n{}", {413}, closes},
      {"size ends in LF", kChunked + "2\n{}\r\n" + kLast, {400}, closes},
      {"CR inside the size", kChunked + "2\rX\r\n{}\r\n" + kLast, {400}, closes},
      {"longer than its size", kChunked + "2\r\n{}}\r\n" + kLast, {400}, closes},
      {"shorter than its size", kChunked + "3\r\n{}\r\n" + kLast, {400}, closes},
      {"a control in an extension", kChunked + "2;a=\x01\r\n{}\r\n" + kLast, {400}, closes},
      {"a trailer that is none", kChunked + "0\r\nX y\r\n\r\n", {400}, closes},
      {"a folded trailer", kChunked + "0\r\nX: y\r\n z\r\n\r\n", {400}, closes},
      {"endless extension", kChunked + "2;" + std::string(17000, 'a'), {400}, closes},
      {"endless trailers",
       kChunked + "0\r\nX: " + std::string(9000, 'a') + "\r\nY: " + std::string(9000, 'a') + "\r\n\r\n",
       {400},
       closes},
      {"a second request behind it", kChunked + "2\r\n{}\r\n" + kLast + get("/livez"), {202, 200}, stays},
  });
}

TEST_F(HostileTest, Connections) {
  using enum Then;
  run({
      {"close", with("Connection: close"), {200}, closes},
      {"close in a list", with("Connection: foo, Close"), {200}, closes},
      {"HTTP/1.0 kept", "GET /livez HTTP/1.0\r\n" + kHost + "Connection: keep-alive\r\n\r\n", {200}, stays},
      {"three in a row", get("/livez") + get("/livez") + get("/v2"), {200, 200, 404}, stays},
      {"nothing is answered behind close", with("Connection: close") + get("/livez"), {200}, closes},
      {"nothing is answered behind a bad one", with("X : y") + get("/livez"), {400}, closes},
      {"100-continue with the body at once",
       kEvents + "Expect: 100-continue\r\nContent-Length: 2\r\n\r\n{}",
       {202},
       stays},
      {"another expectation", kEvents + "Expect: 200-ok\r\nContent-Length: 2\r\n\r\n{}", {417}, closes},
      {"foreign origin", kEvents + "Origin: http://evil.example\r\nContent-Length: 2\r\n\r\n{}", {403}, closes},
      {"origin of a sandbox", kEvents + "Origin: null\r\nContent-Length: 2\r\n\r\n{}", {403}, closes},
      {"origin of this machine",
       kEvents + "Origin: http://localhost:3000\r\nContent-Length: 2\r\n\r\n{}",
       {202},
       stays},
      {"two content types", kEvents + "Content-Type: text/plain\r\nContent-Length: 2\r\n\r\n{}", {400}, closes},
  });
}

}  // namespace
}  // namespace kentongan::http
