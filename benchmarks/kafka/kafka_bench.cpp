// SPDX-License-Identifier: Apache-2.0
// What a client alone can do with a topic, beside which the service is held: it writes, reads, reads and parses, and
// measures how long an event takes to become a committed alert. Used by run.py; prints one JSON object.
#include <fmt/format.h>
#include <librdkafka/rdkafka.h>
#include <rapidjson/reader.h>
#include <rapidjson/stream.h>
#include <sys/resource.h>

#include <algorithm>
#include <atomic>
#include <chrono>
#include <cmath>
#include <cstdlib>
#include <fstream>
#include <map>
#include <string>
#include <thread>
#include <unordered_map>
#include <vector>

namespace {

using Clock = std::chrono::steady_clock;

[[noreturn]] void die(const std::string& what) {
  fmt::print(stderr, "kafka_bench: {}\n", what);
  std::exit(3);
}

double cpu_seconds() {
  rusage usage{};
  getrusage(RUSAGE_SELF, &usage);
  const auto seconds = [](const timeval& time) {
    return static_cast<double>(time.tv_sec) + static_cast<double>(time.tv_usec) / 1e6;
  };
  return seconds(usage.ru_utime) + seconds(usage.ru_stime);
}

double seconds_since(Clock::time_point start) { return std::chrono::duration<double>(Clock::now() - start).count(); }

rd_kafka_t* client(rd_kafka_type_t type, const std::map<std::string, std::string>& properties) {
  rd_kafka_conf_t* const conf = rd_kafka_conf_new();
  char why[512];
  for (const auto& [name, value] : properties) {
    if (rd_kafka_conf_set(conf, name.c_str(), value.c_str(), why, sizeof why) != RD_KAFKA_CONF_OK) die(why);
  }
  rd_kafka_t* const made = rd_kafka_new(type, conf, why, sizeof why);
  if (made == nullptr) die(why);
  if (type == RD_KAFKA_CONSUMER) rd_kafka_poll_set_consumer(made);
  return made;
}

rd_kafka_t* producer(const std::string& brokers, const char* linger) {
  return client(RD_KAFKA_PRODUCER, {{"bootstrap.servers", brokers},
                                    {"partitioner", "murmur2_random"},
                                    {"compression.codec", "lz4"},
                                    {"enable.idempotence", "true"},
                                    {"linger.ms", linger},
                                    {"socket.nagle.disable", "true"}});
}

void send(rd_kafka_t* to, const std::string& topic, std::string_view key, std::string_view value) {
  for (;;) {
    const auto code =
        rd_kafka_producev(to, RD_KAFKA_V_TOPIC(topic.c_str()), RD_KAFKA_V_MSGFLAGS(RD_KAFKA_MSG_F_COPY),
                          RD_KAFKA_V_KEY(key.data(), key.size()),
                          RD_KAFKA_V_VALUE(const_cast<char*>(value.data()), value.size()), RD_KAFKA_V_END);
    if (code == RD_KAFKA_RESP_ERR_NO_ERROR) return;
    if (code != RD_KAFKA_RESP_ERR__QUEUE_FULL) die(rd_kafka_err2str(code));
    rd_kafka_poll(to, 10);
  }
}

/// The city of an event: the first five letters of its area.
std::string_view key_of(std::string_view line) {
  const auto at = line.find("\"area\":\"");
  return at == std::string_view::npos ? std::string_view("35.73") : line.substr(at + 8, 5);
}

int produce(const std::string& brokers, const std::string& topic, const std::string& file) {
  rd_kafka_t* const to = producer(brokers, "20");
  std::ifstream in(file);
  if (!in) die(file + " cannot be read");
  const auto start = Clock::now();
  std::size_t count = 0;
  for (std::string line; std::getline(in, line); ++count) {
    send(to, topic, key_of(line), line);
    if (count % 1000 == 0) rd_kafka_poll(to, 0);
  }
  if (rd_kafka_flush(to, 120'000) != RD_KAFKA_RESP_ERR_NO_ERROR) die("not everything was written");
  fmt::print("{{\"records\":{},\"seconds\":{:.3f}}}\n", count, seconds_since(start));
  rd_kafka_destroy(to);
  return 0;
}

rd_kafka_t* reader(const std::string& brokers, const std::string& topic, bool from_end, std::size_t& partitions) {
  rd_kafka_t* const from = client(RD_KAFKA_CONSUMER, {{"bootstrap.servers", brokers},
                                                      {"group.id", "kafka-bench"},
                                                      {"enable.auto.commit", "false"},
                                                      {"enable.auto.offset.store", "false"},
                                                      {"isolation.level", "read_committed"},
                                                      {"enable.partition.eof", "true"},
                                                      {"check.crcs", "true"},
                                                      {"socket.nagle.disable", "true"},
                                                      {"fetch.wait.max.ms", "20"},
                                                      {"queued.min.messages", "400000"},
                                                      {"queued.max.messages.kbytes", "131072"}});
  const rd_kafka_metadata_t* metadata = nullptr;
  rd_kafka_topic_t* const handle = rd_kafka_topic_new(from, topic.c_str(), nullptr);
  if (rd_kafka_metadata(from, 0, handle, &metadata, 10'000) != RD_KAFKA_RESP_ERR_NO_ERROR) die("no broker answers");
  partitions = static_cast<std::size_t>(metadata->topics[0].partition_cnt);
  rd_kafka_metadata_destroy(metadata);
  rd_kafka_topic_destroy(handle);
  rd_kafka_topic_partition_list_t* const list = rd_kafka_topic_partition_list_new(1);
  for (std::size_t i = 0; i < partitions; ++i) {
    rd_kafka_topic_partition_list_add(list, topic.c_str(), static_cast<std::int32_t>(i))->offset =
        from_end ? RD_KAFKA_OFFSET_END : RD_KAFKA_OFFSET_BEGINNING;
  }
  rd_kafka_assign(from, list);
  rd_kafka_topic_partition_list_destroy(list);
  return from;
}

/// What parsing costs at least: RapidJSON's SAX reader, in place, with its usual flags.
std::size_t parse_in_place(rd_kafka_message_t& message) {
  rapidjson::Reader reader;
  rapidjson::BaseReaderHandler<> ignore;
  rapidjson::InsituStringStream stream(static_cast<char*>(message.payload));
  return reader.Parse<rapidjson::kParseInsituFlag | rapidjson::kParseStopWhenDoneFlag>(stream, ignore).IsError() ? 0
                                                                                                                 : 1;
}

int consume(const std::string& brokers, const std::string& topic, bool parse) {
  std::size_t open = 0;
  rd_kafka_t* const from = reader(brokers, topic, false, open);
  rd_kafka_queue_t* const queue = rd_kafka_queue_get_consumer(from);
  std::vector<rd_kafka_message_t*> batch(2048);
  std::size_t records = 0, bytes = 0, good = 0;
  Clock::time_point start{};
  double cpu = 0;
  while (open > 0) {
    const auto count = rd_kafka_consume_batch_queue(queue, 1, batch.data(), batch.size());
    for (std::size_t i = 0; i < static_cast<std::size_t>(std::max<ssize_t>(count, 0)); ++i) {
      rd_kafka_message_t& message = *batch[i];
      if (message.err == RD_KAFKA_RESP_ERR__PARTITION_EOF) {
        --open;
      } else if (message.err == RD_KAFKA_RESP_ERR_NO_ERROR) {
        if (records++ == 0) {
          start = Clock::now();
          cpu = cpu_seconds();
        }
        bytes += message.len;
        if (parse) good += parse_in_place(message);
      }
      rd_kafka_message_destroy(&message);
    }
  }
  const double seconds = seconds_since(start);
  fmt::print("{{\"records\":{},\"seconds\":{:.3f},\"cpu\":{:.3f},\"bytes\":{},\"parsed\":{}}}\n", records, seconds,
             cpu_seconds() - cpu, bytes, good);
  rd_kafka_queue_destroy(queue);
  rd_kafka_destroy(from);
  return parse && good != records ? 1 : 0;
}

/// The id of the event that the first alert of a probe is about; none for alerts of other rules, which may name it too.
std::string event_of(std::string_view alert) {
  if (alert.find("\"rule\":\"probe\"") == std::string_view::npos) return {};
  const auto at = alert.find("\"events\":[\"");
  if (at == std::string_view::npos) return {};
  const auto begin = at + 11;
  return std::string(alert.substr(begin, alert.find('"', begin) - begin));
}

std::string_view id_of(std::string_view event) {
  const auto at = event.find("\"id\":\"");
  return event.substr(at + 6, event.find('"', at + 6) - at - 6);
}

/// Sends the events of a file at a rate; those whose category is the probe's become alerts one by one.
int latency(const std::string& brokers, const std::string& in, const std::string& out, const std::string& file,
            double rate) {
  std::vector<std::string> lines;
  std::ifstream stream(file);
  for (std::string line; std::getline(stream, line);) lines.push_back(line);
  std::size_t partitions = 0;
  rd_kafka_t* const from = reader(brokers, out, true, partitions);
  for (std::size_t ends = 0; ends < partitions;) {  // it stands at the ends
    rd_kafka_message_t* const message = rd_kafka_consumer_poll(from, 100);
    if (message == nullptr) continue;
    if (message->err == RD_KAFKA_RESP_ERR__PARTITION_EOF) ++ends;
    rd_kafka_message_destroy(message);
  }
  std::vector<Clock::time_point> sent(lines.size());
  std::unordered_map<std::string, std::size_t> probes;
  for (std::size_t i = 0; i < lines.size(); ++i) {
    if (lines[i].find("\"site\":\"probe") != std::string::npos) probes.emplace(id_of(lines[i]), i);
  }
  std::atomic<bool> sending = true;
  std::thread writer([&] {
    rd_kafka_t* const to = producer(brokers, "1");
    const auto start = Clock::now();
    for (std::size_t i = 0; i < lines.size(); ++i) {
      const auto due = start + std::chrono::duration_cast<Clock::duration>(
                                   std::chrono::duration<double>(static_cast<double>(i) / rate));
      while (Clock::now() < due) {
        std::this_thread::sleep_for(std::min<Clock::duration>(due - Clock::now(), std::chrono::milliseconds(1)));
      }
      // From when it was due: an event that waits behind a slow one has waited.
      sent[i] = due;
      send(to, in, key_of(lines[i]), lines[i]);
      if (i % 256 == 0) rd_kafka_poll(to, 0);
    }
    rd_kafka_flush(to, 60'000);
    rd_kafka_destroy(to);
    sending = false;
  });
  const std::size_t expected = probes.size();
  std::vector<double> took;
  Clock::time_point quiet;
  while (!probes.empty() && (sending || seconds_since(quiet) < 20)) {
    if (sending) quiet = Clock::now();
    rd_kafka_message_t* const message = rd_kafka_consumer_poll(from, 50);
    if (message == nullptr) continue;
    if (message->err == RD_KAFKA_RESP_ERR_NO_ERROR) {
      const auto probe = probes.find(event_of({static_cast<const char*>(message->payload), message->len}));
      if (probe != probes.end()) {
        took.push_back(seconds_since(sent[probe->second]) * 1000);
        probes.erase(probe);  // what follows of it is no news
        quiet = Clock::now();
      }
    }
    rd_kafka_message_destroy(message);
  }
  writer.join();
  rd_kafka_destroy(from);
  std::sort(took.begin(), took.end());
  const auto at = [&](double share) {
    if (took.empty()) return -1.0;
    return took[std::min(took.size() - 1, static_cast<std::size_t>(share * static_cast<double>(took.size())))];
  };
  fmt::print("{{\"rate\":{:.0f},\"probes\":{},\"seen\":{},\"p50_ms\":{:.1f},\"p99_ms\":{:.1f},\"p999_ms\":{:.1f}}}\n",
             rate, expected, took.size(), at(0.5), at(0.99), at(0.999));
  return probes.empty() ? 0 : 1;
}

}  // namespace

int main(int argc, char** argv) {
  const std::vector<std::string> words(argv + 1, argv + argc);
  if (words.size() == 4 && words[0] == "produce") return produce(words[1], words[2], words[3]);
  if (words.size() == 3 && words[0] == "consume") return consume(words[1], words[2], false);
  if (words.size() == 3 && words[0] == "parse") return consume(words[1], words[2], true);
  if (words.size() == 6 && words[0] == "latency") {
    return latency(words[1], words[2], words[3], words[4], std::strtod(words[5].c_str(), nullptr));
  }
  fmt::print(stderr,
             "usage: kafka_bench produce BROKERS TOPIC FILE\n"
             "       kafka_bench consume|parse BROKERS TOPIC\n"
             "       kafka_bench latency BROKERS INPUTS ALERTS FILE EVENTS-A-SECOND\n");
  return 2;
}
