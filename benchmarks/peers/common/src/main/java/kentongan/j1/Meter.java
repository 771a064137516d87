// SPDX-License-Identifier: Apache-2.0
package kentongan.j1;

import com.sun.management.OperatingSystemMXBean;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;

/** CPU time of the process: whole, and when half of the reports were through. Used by the one thread that counts. */
public final class Meter {
  private static final OperatingSystemMXBean OS =
      (OperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean();
  private static volatile long all;
  private static volatile long seen;
  private static volatile long half;

  private Meter() {}

  public static void expect(long reports) {
    all = reports;
  }

  public static void count() {
    long now = seen + 1;
    seen = now;
    if (now == all / 2) half = OS.getProcessCpuTime();
  }

  public static boolean done() {
    return seen >= all;
  }

  /** One line of JSON; seconds, and the greatest resident memory in MiB. */
  public static String told() throws IOException {
    double whole = OS.getProcessCpuTime() / 1e9;
    long peak =
        Files.readAllLines(Path.of("/proc/self/status")).stream()
            .filter(line -> line.startsWith("VmHWM"))
            .mapToLong(line -> Long.parseLong(line.replaceAll("\\D", "")))
            .findFirst()
            .orElse(0);
    return String.format(
        "{\"records\":%d,\"cpu\":%.3f,\"cpu_second_half\":%.3f,\"resident_mib\":%d}",
        seen, whole, whole - half / 1e9, peak / 1024);
  }
}
