# A report turns out to be worse, or less bad, than it was said to be; it keeps its place in time.
stories:
  - name: a small symptom was a grave one
    start: 2024-11-10T08:00:00+07:00
    events:
      - {at: 0d, report: {area: 35.73.03.1002, category: provocation, severity: 1, source: A, content: 1, reporter: a}}
      - {at: 1d, report: {area: 35.73.03.1002, category: provocation, severity: 5, source: A, content: 1, reporter: a, corrects: t-1}}
    expect:
      - {at: 0d, score: {approx: 3}, area: 35.73.03.1002}
      - {at: 0d, rule: area-level, silent: true}
      - {at: 1d, score: {approx: 15.874}, area: 35.73.03.1002}   # 20 from a day ago, with a half-life of three days
      - {at: 1d, rule: area-level, alert: waspada, area: 35.73.03.1002}
  - name: a grave one was a small symptom, and the level is looked at without hysteresis
    start: 2024-11-10T08:00:00+07:00
    events:
      - {at: 0m, report: {area: 35.73.03.1002, category: provocation, severity: 5, source: A, content: 1, reporter: a}}
      - {at: 0m, report: {area: 35.73.03.1002, category: provocation, severity: 2, source: A, content: 1, reporter: b}}
      - {at: 1h, report: {area: 35.73.03.1002, category: provocation, severity: 3, source: A, content: 1, reporter: a, corrects: t-1}}
      - {at: 2h, report: {area: 35.73.03.1002, category: provocation, severity: 2, source: A, content: 1, reporter: a, corrects: t-1}}
    expect:
      - {at: 0m, rule: area-level, alert: waspada, area: 35.73.03.1002}
      - {at: 1h, rule: area-level, alert: waspada, area: 35.73.03.1002}
      - {at: 2h, rule: area-level, resolved: true}
      - {at: 2h, risk: aman, area: 35.73.03.1002}
