// SPDX-License-Identifier: Apache-2.0
package kentongan.j1;

import org.apache.flink.api.common.functions.OpenContext;
import org.apache.flink.api.common.functions.RichMapFunction;
import org.apache.flink.api.common.state.ValueState;
import org.apache.flink.api.common.state.ValueStateDescriptor;
import org.apache.flink.streaming.api.functions.KeyedProcessFunction;
import org.apache.flink.util.Collector;

/** All rules over one area's state, which is one object on the heap. */
final class Rules extends KeyedProcessFunction<String, Report, byte[]> {
  private transient ValueState<AreaState> state;

  @Override
  public void open(OpenContext context) {
    state = getRuntimeContext().getState(new ValueStateDescriptor<>("area", new AreaStateSerializer()));
  }

  @Override
  public void processElement(Report report, Context context, Collector<byte[]> alerts) throws Exception {
    AreaState area = state.value();
    if (area == null) area = new AreaState();
    int raised = area.score.add(report);
    if (raised >= 0) alerts.collect(Alert.raised(raised, report));
    for (int rule = 0; rule < Job.COUNT_RULES; rule++) {
      if (!Job.counts(rule, report)) continue;
      if (area.windows[rule].add(report, Job.atLeast(rule), gone -> {})) alerts.collect(Alert.counted(rule, report));
    }
    state.update(area);
    Meter.count();
  }

  /** Reads the bytes; the operators are chained, so that one report serves all of them. */
  static final class Parse extends RichMapFunction<byte[], Report> {
    private transient ReportReader reader;
    private transient Report report;

    @Override
    public void open(OpenContext context) {
      reader = new ReportReader();
      report = new Report();
    }

    @Override
    public Report map(byte[] bytes) throws Exception {
      return reader.read(bytes, report);
    }
  }
}
