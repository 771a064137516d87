// SPDX-License-Identifier: Apache-2.0
package kentongan.j1;

/** The risk of one area. */
public final class Score {
  public double score;
  public long time;
  public int level;

  /** Takes the report in; the level that it raised the area to, or -1. */
  public int add(Report r) {
    long minute = r.time - Math.floorMod(r.time, 60_000L);
    if (minute > time) level = Math.min(level, Job.level(Job.decayed(score, time, minute)));
    score = Job.decayed(score, time, r.time) + Job.weight(r);
    time = r.time;
    int now = Job.level(score);
    if (now <= level) return -1;
    level = now;
    return now;
  }
}
