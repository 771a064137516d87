// SPDX-License-Identifier: Apache-2.0
package kentongan.j1;

/** The rules of the job as numbers: 40 score rules, 10 count rules, three levels. */
public final class Job {
  public static final String[] CATEGORIES = {
    "intimidation", "provocation", "hate_speech", "hoax", "vote_buying", "campaign_violation", "public_order"
  };
  public static final int COUNT_RULES = 10;
  public static final long WITHIN = 24 * 3_600_000L;
  public static final long SILENT = 6 * 3_600_000L;
  private static final double HALF_LIFE = 3 * 86_400_000.0;
  private static final double[] SOURCE = {1.0, 0.9, 0.75, 0.5, 0.25, 0.5};
  private static final double[] CONTENT = {1.0, 0.9, 0.75, 0.5, 0.25, 0.5};
  private static final double[] LEVELS = {2000, 8000, 20000};
  private static final double[][] ADD = addOfCategorySeverityAndContent();

  private Job() {}

  /** What all score rules together add for a report. */
  public static double weight(Report r) {
    if (r.category < 0) return 0;
    return ADD[r.category][r.severity * 7 + r.content] * SOURCE[r.source] * CONTENT[r.content - 1];
  }

  private static double[][] addOfCategorySeverityAndContent() {
    double[][] add = new double[CATEGORIES.length][6 * 7];
    for (int i = 0; i < 40; i++) {
      for (int severity = 1 + i % 5; severity <= 5; severity++) {
        for (int content = 1; content <= 2 + i % 5; content++) {
          add[i % 7][severity * 7 + content] += (1 + i / 10.0) * severity;
        }
      }
    }
    return add;
  }

  public static double decayed(double score, long from, long to) {
    return to == from ? score : score * Math.pow(2, -(to - from) / HALF_LIFE);
  }

  public static int level(double score) {
    int level = 0;
    while (level < LEVELS.length && score >= LEVELS[level] * (1 - 1e-9)) level++;
    return level;
  }

  public static boolean counts(int rule, Report r) {
    return r.category == rule % 7 && r.severity >= 1 + rule % 3;
  }

  public static int atLeast(int rule) {
    return 3 + rule % 4;
  }
}
