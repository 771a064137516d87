// SPDX-License-Identifier: Apache-2.0
package kentongan.j1;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Map;
import org.apache.kafka.common.utils.Bytes;
import org.apache.kafka.streams.KeyValue;
import org.apache.kafka.streams.processor.api.Processor;
import org.apache.kafka.streams.processor.api.ProcessorContext;
import org.apache.kafka.streams.processor.api.Record;
import org.apache.kafka.streams.state.KeyValueIterator;
import org.apache.kafka.streams.state.KeyValueStore;

/**
 * Works on objects and keeps them in the store: a small value for each area's score, each rule's last alert and each
 * reporter within a rule and area. Reads the store only at the start.
 */
final class RulesProcessor implements Processor<byte[], byte[], byte[], byte[]> {
  private static final byte SCORE = 's', FIRED = 'f', SEEN = 'r';

  private final ReportReader reader = new ReportReader();
  private final Report report = new Report();
  private final Map<String, Score> scores = new HashMap<>();
  private final Map<String, Reporters>[] windows = newWindows();
  private ProcessorContext<byte[], byte[]> context;
  private KeyValueStore<Bytes, byte[]> store;

  @SuppressWarnings("unchecked")
  private static Map<String, Reporters>[] newWindows() {
    Map<String, Reporters>[] maps = new Map[Job.COUNT_RULES];
    for (int i = 0; i < maps.length; i++) maps[i] = new HashMap<>();
    return maps;
  }

  @Override
  public void init(ProcessorContext<byte[], byte[]> given) {
    context = given;
    store = given.getStateStore(StreamsJob.STORE);
    Map<Long, java.util.List<Runnable>> byTime = new java.util.TreeMap<>();
    try (KeyValueIterator<Bytes, byte[]> all = store.all()) {
      while (all.hasNext()) restore(all.next(), byTime);
    }
    byTime.values().forEach(steps -> steps.forEach(Runnable::run));
  }

  private void restore(KeyValue<Bytes, byte[]> kept, Map<Long, java.util.List<Runnable>> byTime) {
    byte[] key = kept.key.get();
    ByteBuffer value = ByteBuffer.wrap(kept.value);
    if (key[0] == SCORE) {
      Score score = new Score();
      score.score = value.getDouble();
      score.time = value.getLong();
      score.level = value.getInt();
      scores.put(text(key, 2, key.length), score);
      return;
    }
    String[] parts = text(key, 2, key.length).split("\0");
    Reporters window = windows[key[1]].computeIfAbsent(parts[0], area -> new Reporters());
    long time = value.getLong();
    if (key[0] == FIRED) {
      window.fired = time;
    } else {
      byTime.computeIfAbsent(time, t -> new java.util.ArrayList<>()).add(() -> window.last.put(parts[1], time));
    }
  }

  @Override
  public void process(Record<byte[], byte[]> record) {
    try {
      reader.read(record.value(), report);
    } catch (java.io.IOException error) {
      throw new IllegalStateException(error);
    }
    addToScore(record);
    for (int rule = 0; rule < Job.COUNT_RULES; rule++) {
      if (Job.counts(rule, report)) addToWindow(rule, record);
    }
    Meter.count();
  }

  private void addToScore(Record<byte[], byte[]> record) {
    Score score = scores.computeIfAbsent(report.area, area -> new Score());
    int raised = score.add(report);
    byte[] value = new byte[20];
    ByteBuffer.wrap(value).putDouble(score.score).putLong(score.time).putInt(score.level);
    store.put(key(SCORE, 0, report.area, null), value);
    if (raised >= 0) context.forward(record.withValue(Alert.raised(raised, report)));
  }

  private void addToWindow(int rule, Record<byte[], byte[]> record) {
    Reporters window = windows[rule].computeIfAbsent(report.area, area -> new Reporters());
    String area = report.area;
    boolean fires = window.add(report, Job.atLeast(rule), gone -> store.delete(key(SEEN, rule, area, gone)));
    store.put(key(SEEN, rule, area, report.reporter), time(report.time));
    if (!fires) return;
    store.put(key(FIRED, rule, area, null), time(report.time));
    context.forward(record.withValue(Alert.counted(rule, report)));
  }

  private static byte[] time(long millis) {
    byte[] value = new byte[8];
    ByteBuffer.wrap(value).putLong(millis);
    return value;
  }

  private static Bytes key(byte kind, int rule, String area, String reporter) {
    int length = 2 + area.length() + (reporter == null ? 0 : 1 + reporter.length());
    byte[] key = new byte[length];
    key[0] = kind;
    key[1] = (byte) rule;
    put(key, 2, area);
    if (reporter != null) put(key, 3 + area.length(), reporter);
    return Bytes.wrap(key);
  }

  /** Codes and references of the job are ASCII. */
  @SuppressWarnings("deprecation")
  private static void put(byte[] into, int at, String ascii) {
    ascii.getBytes(0, ascii.length(), into, at);
  }

  private static String text(byte[] bytes, int from, int to) {
    return new String(bytes, from, to - from, StandardCharsets.ISO_8859_1);
  }
}
