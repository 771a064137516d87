// SPDX-License-Identifier: Apache-2.0
// The readers of raw bytes on their own: however the bytes are cut, the result is the same.
#include "adapters/http/framing.hpp"

#include <gtest/gtest.h>
#include <rapidcheck.h>

#include <algorithm>
#include <string>
#include <vector>

#include "adapters/http/chunks.hpp"
#include "adapters/http/request.hpp"

namespace kentongan::http {
namespace {

const std::string kHead = "GET / HTTP/1.1\r\nHost: localhost\r\nX: \r\n\r\n";

TEST(HeadEnd, ComesOnceWhereTheEmptyLineEnds) {
  HeadEnd whole;
  EXPECT_EQ(whole.find(kHead + "rest").value(), kHead.size());
  HeadEnd grown;
  for (std::size_t size = 0; size < kHead.size(); ++size) {
    EXPECT_EQ(grown.find(std::string_view(kHead).substr(0, size)).value(), std::nullopt);
  }
  EXPECT_EQ(grown.find(kHead).value(), kHead.size());
}

TEST(HeadEnd, RefusesTheByteThatCannotBeBeforeTheHeadIsWhole) {
  for (const std::string& bad :
       {std::string("GET\n"), std::string("GET\rx"), std::string("G\0", 2), std::string("\x7f")}) {
    HeadEnd end;
    EXPECT_FALSE(end.find(bad)) << bad;
  }
}

TEST(ReadHead, CopiesWhatTheServerUses) {
  const auto head = read_head(
      "POST /v1/events?x=1 HTTP/1.0\r\nhost: a.b\r\nCONTENT-TYPE: text/x\r\nOrigin: o\r\nExpect: e\r\n"
      "Content-Length: 7\r\nConnection: keep-alive\r\n\r\n");
  ASSERT_TRUE(head) << head.error().detail;
  EXPECT_EQ(head->method, "POST");
  EXPECT_EQ(head->target, "/v1/events?x=1");
  EXPECT_EQ(head->host, "a.b");
  EXPECT_EQ(head->content_type, "text/x");
  EXPECT_EQ(head->origin, "o");
  EXPECT_EQ(head->expect, "e");
  EXPECT_EQ(head->framing.content_length, 7U);
  EXPECT_EQ(head->framing.minor_version, 0);
  EXPECT_FALSE(head->framing.chunked);
  EXPECT_TRUE(head->keep_alive);
}

std::string hex(std::size_t number) {
  constexpr std::string_view kDigits = "0123456789abcdef";
  std::string text;
  do {
    text.insert(text.begin(), kDigits[number % 16]);
    number /= 16;
  } while (number > 0);
  return text;
}

/// Cuts a text into pieces of the given sizes, over and over; a size of 0 counts as 1.
std::vector<std::string> cut(std::string_view text, const std::vector<std::uint8_t>& sizes) {
  std::vector<std::string> pieces;
  for (std::size_t i = 0; !text.empty(); ++i) {
    const std::size_t size = sizes.empty() ? text.size() : std::max<std::size_t>(1, sizes[i % sizes.size()]);
    pieces.emplace_back(text.substr(0, size));
    text.remove_prefix(std::min(size, text.size()));
  }
  return pieces;
}

TEST(ChunkReader, GivesBackTheBodyHoweverItIsChunkedAndCut) {
  const bool held = rc::check([](const std::string& body, const std::vector<std::uint8_t>& chunk_sizes,
                                 const std::vector<std::uint8_t>& read_sizes) {
    std::string wire;
    for (const auto& chunk : cut(body, chunk_sizes)) wire += hex(chunk.size()) + ";e=1\r\n" + chunk + "\r\n";
    wire += "0\r\nTrailer: x\r\n\r\n";
    ChunkReader reader(body.size());
    std::string read;
    auto state = ChunkReader::State::reading;
    for (const auto& piece : cut(wire, read_sizes)) {
      RC_ASSERT(state == ChunkReader::State::reading);
      std::string_view bytes = piece;
      state = reader.read(bytes, read);
      RC_ASSERT(bytes.empty());
    }
    RC_ASSERT(state == ChunkReader::State::whole);
    RC_ASSERT(read == body);
  });
  EXPECT_TRUE(held);
}

TEST(ChunkReader, LeavesTheNextRequestAlone) {
  ChunkReader reader(10);
  std::string body;
  std::string_view bytes = "2\r\n{}\r\n0\r\n\r\nGET / HTTP/1.1\r\n";
  EXPECT_EQ(reader.read(bytes, body), ChunkReader::State::whole);
  EXPECT_EQ(bytes, "GET / HTTP/1.1\r\n");
  EXPECT_EQ(body, "{}");
}

TEST(ChunkReader, RefusesTheChunkThatPassesTheLimitBeforeItComes) {
  ChunkReader reader(3);
  std::string body;
  std::string_view bytes = "2\r\nab\r\n2\r\n";
  EXPECT_EQ(reader.read(bytes, body), ChunkReader::State::refused);
  EXPECT_EQ(reader.refusal().status, 413U);
}

TEST(ChunkReader, ExtensionsTogetherAreBounded) {
  ChunkReader reader(1000);
  std::string body;
  auto state = ChunkReader::State::reading;
  const std::string chunk = "1;" + std::string(99, 'e') + "\r\nx\r\n";
  int taken = 0;
  for (; state == ChunkReader::State::reading && taken < 1000; ++taken) {
    std::string_view bytes = chunk;
    state = reader.read(bytes, body);
  }
  EXPECT_EQ(state, ChunkReader::State::refused);
  EXPECT_EQ(taken, 16 * 1024 / 100 + 1);
}

}  // namespace
}  // namespace kentongan::http
