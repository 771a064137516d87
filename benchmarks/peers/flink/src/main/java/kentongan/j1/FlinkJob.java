// SPDX-License-Identifier: Apache-2.0
package kentongan.j1;

import java.util.Properties;
import org.apache.flink.api.common.eventtime.WatermarkStrategy;
import org.apache.flink.api.common.serialization.AbstractDeserializationSchema;
import org.apache.flink.api.common.serialization.SerializationSchema;
import org.apache.flink.api.common.typeinfo.PrimitiveArrayTypeInfo;
import org.apache.flink.api.common.typeinfo.Types;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.connector.base.DeliveryGuarantee;
import org.apache.flink.connector.kafka.sink.KafkaRecordSerializationSchema;
import org.apache.flink.connector.kafka.sink.KafkaSink;
import org.apache.flink.connector.kafka.source.KafkaSource;
import org.apache.flink.connector.kafka.source.enumerator.initializer.OffsetsInitializer;
import org.apache.flink.streaming.api.datastream.DataStream;
import org.apache.flink.streaming.api.datastream.DataStreamUtils;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;

/** The job on Flink: exactly once, heap state, no shuffle, as all of a city is in one partition. */
public final class FlinkJob {
  private FlinkJob() {}

  public static void main(String[] arguments) throws Exception {
    if (arguments.length != 5) {
      System.err.println("usage: FlinkJob BROKERS REPORTS ALERTS EVENTS CHECKPOINT-FOLDER");
      System.exit(2);
    }
    Meter.expect(Long.parseLong(arguments[3]));
    Configuration settings = new Configuration();
    settings.setString("state.backend.type", "hashmap");
    settings.setString("execution.checkpointing.storage", "filesystem");
    settings.setString("execution.checkpointing.dir", "file://" + arguments[4]);
    settings.setString("execution.checkpointing.interval", "1s");
    settings.setString("execution.checkpointing.mode", "EXACTLY_ONCE");
    settings.setString("rest.port", "0");
    StreamExecutionEnvironment environment = StreamExecutionEnvironment.createLocalEnvironment(1, settings);
    environment.getConfig().enableObjectReuse();

    KafkaSource<byte[]> source =
        KafkaSource.<byte[]>builder()
            .setBootstrapServers(arguments[0])
            .setTopics(arguments[1])
            .setGroupId("j1-flink")
            .setStartingOffsets(OffsetsInitializer.earliest())
            .setBounded(OffsetsInitializer.latest())
            .setValueOnlyDeserializer(new RawBytes())
            .setProperty("isolation.level", "read_committed")
            .setProperty("max.poll.records", "5000")
            .setProperty("max.partition.fetch.bytes", "4194304")
            .build();
    DataStream<byte[]> reports =
        environment.fromSource(source, WatermarkStrategy.noWatermarks(), "reports", PrimitiveArrayTypeInfo.BYTE_PRIMITIVE_ARRAY_TYPE_INFO);
    Rules.Parse parse = new Rules.Parse();
    DataStream<byte[]> alerts =
        DataStreamUtils.reinterpretAsKeyedStream(
                reports.map(parse).returns(Types.GENERIC(Report.class)), report -> report.area, Types.STRING)
            .process(new Rules())
            .returns(PrimitiveArrayTypeInfo.BYTE_PRIMITIVE_ARRAY_TYPE_INFO);
    alerts.sinkTo(sink(arguments[0], arguments[2]));
    environment.execute("j1");
    System.out.println(Meter.told());
    System.exit(0);
  }

  private static KafkaSink<byte[]> sink(String brokers, String topic) {
    Properties producer = new Properties();
    producer.setProperty("transaction.timeout.ms", "600000");
    producer.setProperty("compression.type", "lz4");
    return KafkaSink.<byte[]>builder()
        .setBootstrapServers(brokers)
        .setKafkaProducerConfig(producer)
        .setDeliveryGuarantee(DeliveryGuarantee.EXACTLY_ONCE)
        .setTransactionalIdPrefix("j1-flink")
        .setRecordSerializer(
            KafkaRecordSerializationSchema.<byte[]>builder()
                .setTopic(topic)
                .setValueSerializationSchema(new AsItIs())
                .build())
        .build();
  }

  /** Not a lambda: Flink wants to read its type. */
  private static final class AsItIs implements SerializationSchema<byte[]> {
    @Override
    public byte[] serialize(byte[] bytes) {
      return bytes;
    }
  }

  private static final class RawBytes extends AbstractDeserializationSchema<byte[]> {
    RawBytes() {
      super(byte[].class);
    }

    @Override
    public byte[] deserialize(byte[] bytes) {
      return bytes;
    }
  }
}
