// SPDX-License-Identifier: Apache-2.0
package kentongan.j1;

/** What the job keeps of an area. */
final class AreaState {
  Score score = new Score();
  Reporters[] windows = new Reporters[Job.COUNT_RULES];

  AreaState() {
    for (int i = 0; i < windows.length; i++) windows[i] = new Reporters();
  }
}
