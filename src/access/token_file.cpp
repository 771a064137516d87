// SPDX-License-Identifier: Apache-2.0
#include "access/token_file.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <chrono>
#include <set>

#include "codec/base64.hpp"
#include "codec/json_append.hpp"
#include "codec/json_reader.hpp"
#include "codec/json_view.hpp"
#include "codec/read_time.hpp"

namespace kentongan::access {
namespace {

constexpr int kDepth = 8;
constexpr std::int64_t kVersion = 1;
constexpr std::size_t kSaltBytes = 16;
constexpr std::size_t kHashBytes = 32;
constexpr std::size_t kLongestName = 64;
constexpr std::size_t kLongestDuty = 64;
constexpr std::size_t kMostAreas = 200;
constexpr std::size_t kLongestArea = 32;

void append_time(codec::ObjectWriter& object, std::string_view name, const std::optional<TimePoint>& time) {
  if (time) object.text(name, format_rfc3339(*time, std::chrono::seconds{0}));
}

void append_bytes(codec::ObjectWriter& object, std::string_view name, std::string_view bytes) {
  std::string text;
  codec::append_base64(text, bytes);
  object.text(name, text);
}

void append_record(std::string& out, const TokenRecord& token) {
  codec::ObjectWriter object(out);
  object.text("id", token.id);
  object.text("name", token.name);
  object.text("role", word_of(token.role));
  if (!token.duty.empty()) object.text("duty", token.duty);
  if (!token.areas.empty()) object.texts("areas", token.areas);
  append_time(object, "created", token.created);
  append_time(object, "expires", token.expires);
  append_time(object, "revoked", token.revoked);
  {
    codec::ObjectWriter scrypt(object.key("scrypt"));
    scrypt.integer("n", static_cast<std::int64_t>(token.cost.n));
    scrypt.integer("r", static_cast<std::int64_t>(token.cost.r));
    scrypt.integer("p", static_cast<std::int64_t>(token.cost.p));
    append_bytes(scrypt, "salt", token.salt);
    append_bytes(scrypt, "hash", token.hash);
  }
}

/// Empty: there is none. False: it is no time.
bool read_time(const codec::JsonView& view, std::optional<TimePoint>& time) {
  if (!view) return true;
  time = codec::read_time(view.text());
  return time.has_value();
}

bool read_bytes(const codec::JsonView& view, std::size_t size, std::string& bytes) {
  auto read = codec::decode_base64(view.text());
  if (!read || read->size() != size) return false;
  bytes = *std::move(read);
  return true;
}

bool is_token_id(std::string_view id) {
  return read_token(Token{std::string(id), std::string(43, 'A')}.text()).has_value();
}

/// What is wrong with the record; empty: nothing.
std::string read_record(const codec::JsonView& view, TokenRecord& token) {
  token.id = view["id"].text();
  token.name = view["name"].text();
  token.duty = view["duty"].text();
  if (!is_token_id(token.id)) return "`id` is not twelve hex digits";
  if (!is_token_name(token.name)) return "`name` is missing or none";
  const auto role = ports::read_role(view["role"].text());
  if (!role) return "`role` is none of reporter, officer, author, viewer and admin";
  token.role = *role;
  for (const codec::JsonView& area : view["areas"].items()) token.areas.push_back(area.text());
  if ((view["areas"] && token.areas.empty()) || token.areas.size() > kMostAreas ||
      !std::all_of(token.areas.begin(), token.areas.end(), is_area_code)) {
    return "`areas` is not a list of codes such as 35.73.02";
  }
  std::optional<TimePoint> created;
  if (!read_time(view["created"], created) || !created) return "`created` is no time";
  token.created = *created;
  if (!read_time(view["expires"], token.expires)) return "`expires` is no time";
  if (!read_time(view["revoked"], token.revoked)) return "`revoked` is no time";
  const codec::JsonView scrypt = view["scrypt"];
  const auto number = [&scrypt](std::string_view name) {
    return static_cast<std::uint64_t>(std::max<std::int64_t>(0, scrypt[name].integer()));
  };
  token.cost = {number("n"), number("r"), number("p")};
  if (!token.cost.fair()) return "`scrypt` has no n, r and p that can be used";
  if (!read_bytes(scrypt["salt"], kSaltBytes, token.salt) || !read_bytes(scrypt["hash"], kHashBytes, token.hash)) {
    return "`scrypt` lacks its salt or hash";
  }
  return token.duty.size() > kLongestDuty ? "`duty` is too long" : "";
}

tl::unexpected<Error> wrong(std::string_view where, std::string_view what) {
  return fail(Error::Kind::usage,
              fmt::format("{}: {}; mend it or make the tokens anew with `kentongan token create`", where, what));
}

}  // namespace

ports::Caller TokenRecord::caller() const {
  ports::Caller caller;
  caller.who = fmt::format("token {} ({})", id, name);
  caller.role = role;
  caller.areas = areas;
  if (role == ports::Role::officer || role == ports::Role::admin) caller.actor = ports::Caller::Actor{name, duty};
  return caller;
}

Result<TokenRecord> make_record(const Token& token, TokenRecord about) {
  auto salt = random_bytes(kSaltBytes);
  if (!salt) return tl::unexpected(salt.error());
  auto hash = scrypt(token.secret, *salt, about.cost);
  if (!hash) return tl::unexpected(hash.error());
  about.id = token.id;
  about.salt = *std::move(salt);
  about.hash = *std::move(hash);
  return about;
}

bool is_secret_of(std::string_view secret, const TokenRecord& record) {
  const auto hash = scrypt(secret, record.salt, record.cost);
  return hash && same(*hash, record.hash);
}

bool is_token_name(std::string_view name) {
  return !name.empty() && name.size() <= kLongestName && std::all_of(name.begin(), name.end(), [](char c) {
    return (c >= '0' && c <= '9') || (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || c == '-' || c == '_' ||
           c == '.';
  });
}

bool is_area_code(std::string_view code) {
  return !code.empty() && code.size() <= kLongestArea && code.front() != '.' && code.back() != '.' &&
         code.find("..") == std::string_view::npos && code.find_first_not_of("0123456789.") == std::string_view::npos;
}

std::string write_tokens(const std::vector<TokenRecord>& tokens) {
  std::string text = fmt::format("{{\"version\":{},\"tokens\":[", kVersion);
  bool first = true;
  for (const TokenRecord& token : tokens) {
    text += first ? "\n" : ",\n";
    first = false;
    append_record(text, token);
  }
  return text + "\n]}\n";
}

Result<std::vector<TokenRecord>> read_tokens(std::string_view text, std::string_view where) {
  codec::JsonReader json;
  if (const auto bad = json.read(text, kDepth)) return wrong(where, fmt::format("byte {}: {}", bad->offset, bad->what));
  const codec::JsonView whole(json, 0);
  if (whole["version"].integer() > kVersion) return wrong(where, "it was written by a newer Kentongan");
  if (whole["version"].integer() != kVersion) return wrong(where, "it is no file of tokens");
  std::vector<TokenRecord> tokens;
  std::set<std::string, std::less<>> ids;
  for (const codec::JsonView& view : whole["tokens"].items()) {
    TokenRecord token;
    if (const std::string fault = read_record(view, token); !fault.empty()) {
      return wrong(where, fmt::format("token {} of the file: {}", tokens.size() + 1, fault));
    }
    if (!ids.insert(token.id).second) return wrong(where, fmt::format("the token {} stands in it twice", token.id));
    tokens.push_back(std::move(token));
  }
  if (tokens.size() > kMostTokens) return wrong(where, fmt::format("it holds more than {} tokens", kMostTokens));
  return tokens;
}

}  // namespace kentongan::access
