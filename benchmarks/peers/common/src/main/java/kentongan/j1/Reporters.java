// SPDX-License-Identifier: Apache-2.0
package kentongan.j1;

import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.Consumer;

/** The reporters of one count rule in one area within 24 hours, the one who was silent longest first. */
public final class Reporters {
  public final LinkedHashMap<String, Long> last = new LinkedHashMap<>();
  public long fired = Long.MIN_VALUE;

  /** Reports come in the order of their times. `gone` is told who leaves. Whether the rule fires. */
  public boolean add(Report r, int atLeast, Consumer<String> gone) {
    Iterator<Map.Entry<String, Long>> oldest = last.entrySet().iterator();
    while (oldest.hasNext()) {
      Map.Entry<String, Long> entry = oldest.next();
      if (entry.getValue() > r.time - Job.WITHIN) break;
      oldest.remove();
      gone.accept(entry.getKey());
    }
    last.remove(r.reporter);
    last.put(r.reporter, r.time);
    if (last.size() < atLeast || (fired != Long.MIN_VALUE && r.time < fired + Job.SILENT)) return false;
    fired = r.time;
    return true;
  }
}
