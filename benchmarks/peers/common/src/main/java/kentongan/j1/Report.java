// SPDX-License-Identifier: Apache-2.0
package kentongan.j1;

/** What the job needs of a report. One object is filled again and again. */
public final class Report {
  public String area;
  public String reporter;
  public int category; // index in Job.CATEGORIES, -1: another one
  public int severity;
  public int source; // 0 is A
  public int content; // 1 to 6
  public long time; // milliseconds since 1970
}
