# R2. Three kinds of reports: only an incident weighs; information clears up and breaks a silence. That a recommendation
# is carried into the alert is shown by a replay, see docs/requirements.md.
stories:
  - name: incidents weigh, information and recommendations do not
    start: 2024-11-10T08:00:00+07:00
    events:
      - {at: 0h, report: {area: 35.73.03.1001, category: provocation, severity: 4, source: A, content: 1, reporter: a, recommendation: Patroli malam di RW 05}}
      - {at: 1h, report: {area: 35.73.03.1001, kind: recommendation, category: provocation, severity: 4, source: A, content: 1, reporter: b, recommendation: Temui karang taruna}}
      - {at: 2h, report: {area: 35.73.03.1001, kind: information, category: provocation, severity: 4, source: A, content: 1, reporter: c}}
    expect:
      - {at: 0h, score: {approx: 20}, area: 35.73.03.1001}
      - {at: 0h, rule: area-level, alert: waspada, area: 35.73.03.1001}
      - {at: 2h, score: {approx: 19.618}, area: 35.73.03.1001}
      - {at: 2h, rule: repeated-incitement, silent: true, because: distinct_below}
  - name: what is true was told between the hoax and the crowd
    start: 2024-11-10T08:00:00+07:00
    events:
      - {at: 0h, report: {area: 35.73.02.1004, category: hoax, severity: 2, reporter: a}}
      - {at: 1h, report: {area: 35.73.02.1004, category: crowd_gathering, severity: 2, reporter: b}}
      - {at: 0h, report: {area: 35.73.02.1007, category: hoax, severity: 2, reporter: a}}
      - {at: 30m, report: {area: 35.73.02.1007, kind: information, category: hoax, severity: 1, reporter: {ref: l, role: lurah}}}
      - {at: 1h, report: {area: 35.73.02.1007, category: crowd_gathering, severity: 2, reporter: b}}
    expect:
      - {at: 1h, rule: hoax-then-crowd, alert: waspada, area: 35.73.02.1004}
      - {at: 1h, rule: hoax-then-crowd, silent: true, area: 35.73.02.1007}
