// SPDX-License-Identifier: Apache-2.0
package kentongan.j1;

import java.io.IOException;
import java.util.Map;
import org.apache.flink.api.common.typeutils.SimpleTypeSerializerSnapshot;
import org.apache.flink.api.common.typeutils.TypeSerializerSnapshot;
import org.apache.flink.api.common.typeutils.base.TypeSerializerSingleton;
import org.apache.flink.core.memory.DataInputView;
import org.apache.flink.core.memory.DataOutputView;

/** Needed at checkpoints, and for the copy that a checkpoint in progress asks for. */
public final class AreaStateSerializer extends TypeSerializerSingleton<AreaState> {
  @Override
  public boolean isImmutableType() {
    return false;
  }

  @Override
  public AreaState createInstance() {
    return new AreaState();
  }

  @Override
  public AreaState copy(AreaState from) {
    AreaState to = new AreaState();
    to.score.score = from.score.score;
    to.score.time = from.score.time;
    to.score.level = from.score.level;
    for (int i = 0; i < to.windows.length; i++) {
      to.windows[i].fired = from.windows[i].fired;
      to.windows[i].last.putAll(from.windows[i].last);
    }
    return to;
  }

  @Override
  public AreaState copy(AreaState from, AreaState reuse) {
    return copy(from);
  }

  @Override
  public int getLength() {
    return -1;
  }

  @Override
  public void serialize(AreaState area, DataOutputView out) throws IOException {
    out.writeDouble(area.score.score);
    out.writeLong(area.score.time);
    out.writeInt(area.score.level);
    for (Reporters window : area.windows) {
      out.writeLong(window.fired);
      out.writeInt(window.last.size());
      for (Map.Entry<String, Long> entry : window.last.entrySet()) {
        out.writeUTF(entry.getKey());
        out.writeLong(entry.getValue());
      }
    }
  }

  @Override
  public AreaState deserialize(DataInputView in) throws IOException {
    AreaState area = new AreaState();
    area.score.score = in.readDouble();
    area.score.time = in.readLong();
    area.score.level = in.readInt();
    for (Reporters window : area.windows) {
      window.fired = in.readLong();
      for (int left = in.readInt(); left > 0; left--) {
        String reporter = in.readUTF();
        window.last.put(reporter, in.readLong());
      }
    }
    return area;
  }

  @Override
  public AreaState deserialize(AreaState reuse, DataInputView in) throws IOException {
    return deserialize(in);
  }

  @Override
  public void copy(DataInputView in, DataOutputView out) throws IOException {
    serialize(deserialize(in), out);
  }

  @Override
  public TypeSerializerSnapshot<AreaState> snapshotConfiguration() {
    return new Snapshot();
  }

  public static final class Snapshot extends SimpleTypeSerializerSnapshot<AreaState> {
    public Snapshot() {
      super(AreaStateSerializer::new);
    }
  }
}
