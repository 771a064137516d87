// SPDX-License-Identifier: Apache-2.0
#include "app/dead_letters.hpp"

#include <fmt/format.h>

#include <array>
#include <chrono>
#include <future>

#include "adapters/http/client.hpp"
#include "adapters/kafka/dead_letters.hpp"
#include "adapters/sqlite/dump.hpp"
#include "adapters/sqlite/embedded_journal.hpp"
#include "app/access/token_option.hpp"
#include "app/kafka_settings.hpp"
#include "codec/base64.hpp"
#include "codec/json_reader.hpp"

namespace kentongan::app {
namespace {

using namespace std::chrono_literals;

constexpr int kDeepest = 64;
constexpr auto kStop = std::chrono::seconds(3);
constexpr auto kAnswer = 30s;

Error unknown(const std::string& id) {
  return {Error::Kind::usage, fmt::format("there is no dead letter {}; `kentongan deadletter list` shows them", id)};
}

/// Whether its bytes are those that came; else why not.
Result<void> check_bytes(const KeptDeadLetter& letter) {
  if (letter.reason == "personal_data") {
    return fail(Error::Kind::invalid,
                "its bytes are not as they came: personal numbers in them were masked or left out; "
                "send the event again without them");
  }
  if (letter.cut) return fail(Error::Kind::invalid, "only the beginning of its bytes was kept; send the event again");
  if (!letter.raw) return fail(Error::Kind::invalid, "it holds no bytes: the record had none");
  return {};
}

/// How often a dead letter was made of the same bytes, and how often they were put back.
struct History {
  std::optional<KeptDeadLetter> last;
  std::int64_t letters = 0;
  std::int64_t puts = 0;
};

Result<void> check_history(const History& history, const std::string& id) {
  if (!history.last) return tl::unexpected(unknown(id));
  if (history.puts < history.letters) return check_bytes(*history.last);
  return fail(Error::Kind::invalid,
              fmt::format("{} was put back already and has not come to the dead letters again", id));
}

class KafkaDeadLetters : public DeadLetters {
 public:
  explicit KafkaDeadLetters(kafka::Settings settings) : settings_(std::move(settings)) {}

  Result<void> visit(const std::function<bool(KeptDeadLetter)>& visit) override {
    return kafka::visit_dead_letters(settings_, [&](const kafka::DeadLetterRecord& record) {
      auto letter = taken_apart(record);
      return letter ? visit(*std::move(letter)) : true;
    });
  }

  Result<std::string> retry(const std::string& id) override {
    History history;
    kafka::DeadLetterRecord last;
    const auto visited = kafka::visit_dead_letters(settings_, [&](const kafka::DeadLetterRecord& record) {
      if (record.event.empty()) {
        history.puts += kafka::find_header(record.headers, kafka::kRetriedHeader) == id ? 1 : 0;
      } else if (auto letter = taken_apart(record); letter && letter->id == id) {
        history.last = std::move(letter);
        last = record;
        ++history.letters;
      }
      return true;
    });
    if (!visited) return tl::unexpected(visited.error());
    if (auto good = check_history(history, id); !good) return tl::unexpected(good.error());
    const auto put = kafka::put_back(settings_, last, id, history.last->city, *history.last->raw);
    if (!put) return tl::unexpected(put.error());
    return fmt::format("written to {}, partition {}", put->topic, put->partition);
  }

 private:
  [[nodiscard]] std::optional<KeptDeadLetter> taken_apart(const kafka::DeadLetterRecord& record) const {
    if (record.event.empty()) return std::nullopt;
    auto letter = read_dead_letter(record.event);
    if (!letter) return letter;
    letter->place = fmt::format("{}-{}@{}", settings_.topics.deadletter, record.partition, record.offset);
    letter->cut = kafka::find_header(record.headers, kafka::kCutHeader).has_value();
    letter->headers = record.headers;
    if (record.key) letter->headers.emplace(letter->headers.begin(), "key", *record.key);
    return letter;
  }
  kafka::Settings settings_;
};

class EmbeddedDeadLetters : public DeadLetters {
 public:
  EmbeddedDeadLetters(Config config, sqlite::Dump dump) : config_(std::move(config)), dump_(std::move(dump)) {}

  Result<void> visit(const std::function<bool(KeptDeadLetter)>& visit) override {
    constexpr std::array topics{ports::OutputTopic::deadletters};
    return dump_.visit(topics, [&](const sqlite::DumpedOutput& output) {
      auto letter = read_dead_letter(output.value);
      if (!letter) return true;
      letter->place = std::to_string(output.sequence);
      return visit(*std::move(letter));
    });
  }

  Result<std::string> retry(const std::string& id) override {
    History history;
    const auto visited = visit([&](KeptDeadLetter letter) {
      if (letter.id != id) return true;
      history.last = std::move(letter);
      ++history.letters;
      return true;
    });
    if (!visited) return tl::unexpected(visited.error());
    // Each of the inputs with these bytes has become a dead letter, but for those that were put back since.
    if (history.last && history.last->raw) {
      const auto inputs = dump_.count_inputs(*history.last->raw);
      if (!inputs) return tl::unexpected(inputs.error());
      if (*inputs > history.letters) history.puts = history.letters;
    }
    if (auto good = check_history(history, id); !good) return tl::unexpected(good.error());
    return put_back(*history.last->raw);
  }

 private:
  /// Through the door of the service that has the journal open, else into the journal itself.
  Result<std::string> put_back(const std::string& raw) {
    sqlite::Options options;
    options.path = config_.journal_path;
    options.create = false;
    auto opened = sqlite::EmbeddedJournal::open(std::move(options));
    if (opened) return append(**opened, raw);
    const auto service = service_of(config_);
    if (!service) return tl::unexpected(service.error());
    const auto answer = http::post(*service, "/v1/events", "application/cloudevents+json", raw, kAnswer);
    if (!answer) {
      return fail(Error::Kind::failed, fmt::format("{}; and {}", opened.error().message, answer.error().message));
    }
    if (answer->status == 202) return fmt::format("posted to the service at {}", config_.http_listen);
    const auto kind = answer->status == 400 ? Error::Kind::invalid : Error::Kind::failed;
    return fail(kind,
                fmt::format("the service at {} answered {}: {}", config_.http_listen, answer->status, answer->body));
  }

  static Result<std::string> append(sqlite::EmbeddedJournal& journal, const std::string& raw) {
    std::promise<Result<void>> done;
    auto durable = done.get_future();
    if (!journal.inbox().append({raw}, [&done](Result<void> result) { done.set_value(std::move(result)); })) {
      return fail(Error::Kind::failed, "the journal takes no inputs");
    }
    if (auto stored = durable.get(); !stored) return tl::unexpected(stored.error());
    if (auto stopped = journal.stop(kStop); !stopped) return tl::unexpected(stopped.error());
    return "stored in the journal; the next start of the service applies it";
  }

  Config config_;
  sqlite::Dump dump_;
};

/// Walks the members of an object that our own codec wrote.
void each_text(const codec::JsonReader& json, std::uint32_t object,
               const std::function<void(std::string_view key, std::string_view text)>& visit) {
  const auto nodes = json.nodes();
  for (std::uint32_t i = object + 1; i < nodes[object].next; i = nodes[i].next) {
    if (nodes[i].kind == codec::NodeKind::text) visit(json.key(nodes[i]), json.text(nodes[i]));
  }
}

}  // namespace

std::optional<KeptDeadLetter> read_dead_letter(std::string_view event) {
  constexpr std::string_view kSource = "/kentongan/";
  codec::JsonReader json;
  if (json.read(event, kDeepest) || json.nodes()[0].kind != codec::NodeKind::object) return std::nullopt;
  KeptDeadLetter letter;
  bool is_one = false;
  each_text(json, 0, [&](std::string_view key, std::string_view text) {
    letter.headers.emplace_back(key, text);
    if (key == "id") letter.id = text;
    if (key == "time") letter.time = text;
    if (key == "source" && text.starts_with(kSource)) letter.city = text.substr(kSource.size());
    if (key == "type") is_one = text == "kentongan.deadletter.v1";
  });
  if (!is_one) return std::nullopt;
  const auto nodes = json.nodes();
  for (std::uint32_t i = 1; i < nodes.size(); i = nodes[i].next) {
    if (json.key(nodes[i]) != "data" || nodes[i].kind != codec::NodeKind::object) continue;
    each_text(json, i, [&](std::string_view key, std::string_view text) {
      if (key == "reason") letter.reason = text;
      if (key == "pointer") letter.pointer = text;
      if (key == "message") letter.message = text;
      if (key == "raw_base64") letter.raw = codec::decode_base64(text);
    });
  }
  return letter;
}

Result<std::unique_ptr<DeadLetters>> open_dead_letters(const Config& config) {
  if (config.journal == JournalKind::kafka) {
    auto settings = kafka_settings(config);
    if (!settings) return tl::unexpected(settings.error());
    return std::make_unique<KafkaDeadLetters>(*std::move(settings));
  }
  auto dump = sqlite::Dump::open(config.journal_path);
  if (!dump) return tl::unexpected(dump.error());
  return std::make_unique<EmbeddedDeadLetters>(config, *std::move(dump));
}

}  // namespace kentongan::app
