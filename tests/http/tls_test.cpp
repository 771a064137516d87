// SPDX-License-Identifier: Apache-2.0
// TLS with certificates of a small authority of our own, made by openssl, against our client, curl and s_client.
#include <fmt/format.h>
#include <gmock/gmock.h>
#include <unistd.h>

#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <mutex>

#include "adapters/http/client.hpp"
#include "server_fixture.hpp"

namespace kentongan::http {
namespace {

using std::chrono::milliseconds;
using ::testing::HasSubstr;
namespace fs = std::filesystem;

constexpr auto kPatience = std::chrono::seconds(20);

/// Whether the command ends with 0. Its output goes to a file of the folder.
bool shell(const std::string& folder, const std::string& command) {
  return std::system(fmt::format("cd {} && ( {} ) >out 2>&1 </dev/null", folder, command).c_str()) == 0;
}

class TlsTest : public ServerTest {
 protected:
  void SetUp() override {
    std::string pattern = (fs::temp_directory_path() / "kentongan-tls-XXXXXX").string();
    ASSERT_NE(::mkdtemp(pattern.data()), nullptr);
    folder = pattern;
    make_authority("ca");
    make_certificate("ca", "server", "IP:127.0.0.1");
  }
  void TearDown() override {
    if (server) server->stop();
    fs::remove_all(folder);
  }
  void make_authority(const std::string& name) {
    ASSERT_TRUE(
        shell(folder, fmt::format("openssl req -x509 -newkey ec -pkeyopt ec_paramgen_curve:P-256 -nodes -keyout "
                                  "{0}.key -out {0}.pem -days 2 -subj /CN={0}",
                                  name)))
        << out();
  }
  void make_certificate(const std::string& authority, const std::string& name, const std::string& alternative) {
    ASSERT_TRUE(
        shell(folder, fmt::format("openssl req -newkey ec -pkeyopt ec_paramgen_curve:P-256 -nodes -keyout {0}.key "
                                  "-out {0}.csr -subj /CN={0} -addext subjectAltName={2} && "
                                  "openssl x509 -req -in {0}.csr -CA {1}.pem -CAkey {1}.key -days 2 "
                                  "-copy_extensions copy -out {0}.pem",
                                  name, authority, alternative)))
        << out();
  }
  [[nodiscard]] std::string out() const {
    std::ifstream file(folder + "/out");
    return std::string{std::istreambuf_iterator<char>(file), {}};
  }
  Options options() {
    Options given;
    given.tls = {folder + "/server.pem", folder + "/server.key", {}};
    given.tls_look = milliseconds(0);
    given.tell = [this](bool good, const std::string& line) {
      const std::lock_guard lock(mutex);
      told += (good ? "good: " : "bad: ") + line + '\n';
    };
    return given;
  }
  [[nodiscard]] Peer peer(const std::string& authority) const {
    Peer peer(fmt::format("127.0.0.1:{}", server->port()));
    peer.tls = true;
    if (!authority.empty()) peer.ca_file = folder + '/' + authority + ".pem";
    return peer;
  }
  /// The status of GET /livez; 0: no answer.
  [[nodiscard]] static unsigned status(const Peer& peer) {
    const auto answer = http::get(peer, "/livez", kPatience);
    return answer ? answer->status : 0;
  }
  bool curl(const std::string& more) {
    return shell(folder, fmt::format("curl -sS --max-time 20 -o body -w '%{{http_code}} %{{http_version}}' {} "
                                     "https://127.0.0.1:{}/v1/events",
                                     more, server->port()));
  }

  std::string folder, told;
  std::mutex mutex;
};

TEST_F(TlsTest, ServesThoseWhoTrustItsAuthority) {
  start(options());
  EXPECT_EQ(status(peer("ca")), 200U);
  EXPECT_EQ(status(peer("")), 0U) << "the system does not know the authority";
  make_authority("other");
  EXPECT_EQ(status(peer("other")), 0U);
  Peer wrong_name = peer("ca");
  wrong_name.listen = fmt::format("localhost:{}", server->port());
  EXPECT_EQ(status(wrong_name), 0U) << "the certificate is for 127.0.0.1";
  Peer plain = peer("");
  plain.tls = false;
  EXPECT_EQ(status(plain), 0U);
  EXPECT_EQ(status(peer("ca")), 200U);
}

TEST_F(TlsTest, ACertificateCanBePinned) {
  start(options());
  Peer pinned = peer("");
  pinned.pinned = folder + "/server.pem";
  EXPECT_EQ(status(pinned), 200U);
  pinned.listen = fmt::format("localhost:{}", server->port());
  EXPECT_EQ(status(pinned), 200U) << "whatever name it is for";
  make_certificate("ca", "other", "IP:127.0.0.1");
  pinned.pinned = folder + "/other.pem";
  EXPECT_EQ(status(pinned), 0U) << "of the same authority, and another";
}

TEST_F(TlsTest, SpeaksTls12And13Only) {
  start(options());
  const auto speaks = [this](const std::string& version) {
    return shell(folder, fmt::format("echo | openssl s_client -connect 127.0.0.1:{} -CAfile ca.pem "
                                     "-verify_return_error -cipher DEFAULT@SECLEVEL=0 {}",
                                     server->port(), version));
  };
  EXPECT_TRUE(speaks("-tls1_3")) << out();
  EXPECT_TRUE(speaks("-tls1_2")) << out();
  EXPECT_FALSE(speaks("-tls1_1"));
  EXPECT_FALSE(speaks("-tls1_2 -cipher AES128-SHA")) << "neither forward secrecy nor authenticated encryption";
}

TEST_F(TlsTest, CurlPostsAndReadsARefusalOfALongBody) {
  start(options());
  ASSERT_TRUE(curl("--cacert ca.pem -H 'Content-Type: application/json' --data '{}'")) << out();
  EXPECT_EQ(out(), "202 1.1");
  std::ofstream(folder + "/long") << std::string(9 * 1024 * 1024, ' ');
  ASSERT_TRUE(curl("--cacert ca.pem -H 'Content-Type: application/json' --data-binary @long")) << out();
  EXPECT_EQ(out(), "413 1.1");
}

TEST_F(TlsTest, ChangedCertificatesAreReadForNewConnections) {
  start(options());
  EXPECT_EQ(status(peer("ca")), 200U);
  make_authority("next");
  make_certificate("next", "server", "IP:127.0.0.1");
  EXPECT_EQ(status(peer("next")), 200U);
  EXPECT_EQ(status(peer("ca")), 0U);
  std::ofstream(folder + "/server.pem") << "nonsense";
  EXPECT_EQ(status(peer("next")), 200U) << "a wrong file leaves the certificate of before";
  const std::lock_guard lock(mutex);
  EXPECT_THAT(told, AllOf(HasSubstr("good: certificate read again"), HasSubstr("bad: http.tls.certificate")));
}

TEST_F(TlsTest, ClientsMayNeedACertificateThemselves) {
  Options given = options();
  given.tls.client_ca = folder + "/ca.pem";
  start(given);
  make_certificate("ca", "client", "DNS:posko");
  make_authority("other");
  make_certificate("other", "stranger", "DNS:posko");
  const std::string post = "--cacert ca.pem -H 'Content-Type: application/json' --data '{}'";
  EXPECT_TRUE(curl(post + " --cert client.pem --key client.key")) << out();
  EXPECT_FALSE(curl(post));
  EXPECT_FALSE(curl(post + " --cert stranger.pem --key stranger.key"));
}

TEST_F(TlsTest, AHandshakeThatTakesTooLongEndsTheConnection) {
  Options given = options();
  given.header_timeout = milliseconds(100);
  start(given);
  RawClient silent(server->port());
  EXPECT_TRUE(silent.is_at_end());
  RawClient half(server->port());
  half.send(std::string("\x16\x03\x01\x02\x00\x01", 6));
  EXPECT_TRUE(half.is_at_end());
  EXPECT_EQ(status(peer("ca")), 200U);
}

TEST_F(TlsTest, WrongFilesAreToldAtTheStart) {
  const auto fails = [this](const Options& given, const std::string& said) {
    Options loopback = given;
    loopback.listen = "127.0.0.1:0";
    const auto started = Server::start(loopback, api);
    ASSERT_FALSE(started);
    EXPECT_EQ(started.error().kind, Error::Kind::usage);
    EXPECT_THAT(started.error().message, HasSubstr(said));
  };
  Options missing = options();
  missing.tls.certificate = folder + "/none.pem";
  fails(missing, "http.tls.certificate");
  Options others = options();
  others.tls.key = folder + "/ca.key";
  fails(others, "http.tls.key");
  Options authority = options();
  authority.tls.client_ca = folder + "/server.key";
  fails(authority, "http.tls.client_ca");
}

}  // namespace
}  // namespace kentongan::http
