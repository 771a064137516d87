// SPDX-License-Identifier: Apache-2.0
package kentongan.j1;

import java.util.Properties;
import org.apache.kafka.common.serialization.Serdes;
import org.apache.kafka.common.utils.Bytes;
import org.apache.kafka.streams.KafkaStreams;
import org.apache.kafka.streams.StreamsConfig;
import org.apache.kafka.streams.Topology;
import org.apache.kafka.streams.state.KeyValueBytesStoreSupplier;
import org.apache.kafka.streams.state.StoreBuilder;
import org.apache.kafka.streams.state.KeyValueStore;
import org.apache.kafka.streams.state.Stores;

/** The job on Kafka Streams: exactly_once_v2, the Processor API, one store. */
public final class StreamsJob {
  static final String STORE = "state";

  private StreamsJob() {}

  public static void main(String[] arguments) throws Exception {
    if (arguments.length != 6) {
      System.err.println("usage: StreamsJob BROKERS REPORTS ALERTS EVENTS memory|rocksdb STATE-FOLDER");
      System.exit(2);
    }
    Meter.expect(Long.parseLong(arguments[3]));
    boolean memory = arguments[4].equals("memory");
    try (KafkaStreams streams =
        new KafkaStreams(topology(arguments[1], arguments[2], memory), properties(arguments[0], arguments[4], arguments[5]))) {
      streams.setUncaughtExceptionHandler(
          error -> {
            error.printStackTrace();
            Runtime.getRuntime().halt(3);
            return null;
          });
      streams.start();
      while (!Meter.done()) Thread.sleep(20);
    }
    System.out.println(Meter.told());
  }

  private static Topology topology(String reports, String alerts, boolean memory) {
    KeyValueBytesStoreSupplier supplier =
        memory ? Stores.inMemoryKeyValueStore(STORE) : Stores.persistentKeyValueStore(STORE);
    StoreBuilder<KeyValueStore<Bytes, byte[]>> store =
        Stores.keyValueStoreBuilder(supplier, Serdes.Bytes(), Serdes.ByteArray()).withCachingEnabled();
    Topology topology = new Topology();
    var bytes = Serdes.ByteArray();
    topology.addSource("reports", bytes.deserializer(), bytes.deserializer(), reports);
    topology.addProcessor("rules", RulesProcessor::new, "reports");
    topology.addStateStore(store, "rules");
    topology.addSink("alerts", alerts, bytes.serializer(), bytes.serializer(), "rules");
    return topology;
  }

  private static Properties properties(String brokers, String store, String folder) {
    Properties settings = new Properties();
    // A group of its own: the next run on this broker reads from the beginning too.
    settings.put(StreamsConfig.APPLICATION_ID_CONFIG, "j1-" + store);
    settings.put(StreamsConfig.BOOTSTRAP_SERVERS_CONFIG, brokers);
    settings.put(StreamsConfig.PROCESSING_GUARANTEE_CONFIG, StreamsConfig.EXACTLY_ONCE_V2);
    settings.put(StreamsConfig.STATE_DIR_CONFIG, folder);
    settings.put(StreamsConfig.REPLICATION_FACTOR_CONFIG, 1);
    settings.put(StreamsConfig.STATESTORE_CACHE_MAX_BYTES_CONFIG, 64 << 20);
    settings.put(StreamsConfig.COMMIT_INTERVAL_MS_CONFIG, 100);
    settings.put(StreamsConfig.consumerPrefix("auto.offset.reset"), "earliest");
    settings.put(StreamsConfig.consumerPrefix("max.poll.records"), 5000);
    settings.put(StreamsConfig.consumerPrefix("fetch.min.bytes"), 65536);
    settings.put(StreamsConfig.consumerPrefix("max.partition.fetch.bytes"), 4 << 20);
    settings.put(StreamsConfig.producerPrefix("compression.type"), "lz4");
    settings.put(StreamsConfig.producerPrefix("batch.size"), 131072);
    return settings;
  }
}
