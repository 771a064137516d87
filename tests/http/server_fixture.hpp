// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <gtest/gtest.h>

#include <memory>
#include <string>
#include <utility>

#include "adapters/http/server.hpp"
#include "fake_api.hpp"
#include "raw_client.hpp"

namespace kentongan::http {

/// A server over a FakeApi on a free port.
class ServerTest : public ::testing::Test {
 protected:
  void start(Options options = {}, Observer* observer = nullptr) {
    options.listen = "127.0.0.1:0";
    auto started = Server::start(std::move(options), api, observer, beside);
    ASSERT_TRUE(started) << started.error().message;
    server = std::move(*started);
  }
  [[nodiscard]] WireReply ask(std::string_view bytes, bool without_body = false) const {
    auto reply = exchange(server->port(), bytes, without_body);
    return reply.value_or(WireReply{});
  }

  FakeApi api;
  Beside beside;
  std::unique_ptr<Server> server;
};

}  // namespace kentongan::http
