// SPDX-License-Identifier: Apache-2.0
package kentongan.j1;

import java.nio.charset.StandardCharsets;

/** An alert as the comparison reads it. */
public final class Alert {
  private static final String[] LEVELS = {"aman", "waspada", "siaga", "awas"};

  private Alert() {}

  public static byte[] of(String rule, Report r) {
    return ("{\"rule\":\"" + rule + "\",\"area\":\"" + r.area + "\",\"time\":" + r.time + "}")
        .getBytes(StandardCharsets.UTF_8);
  }

  public static byte[] raised(int level, Report r) {
    return of("risk-" + LEVELS[level], r);
  }

  public static byte[] counted(int rule, Report r) {
    return of("count-" + rule, r);
  }
}
