# A refutation takes a report out of every rule and score, and what rests on it alone is withdrawn.
stories:
  - name: siaga is withdrawn, and what one report is enough for stays
    start: 2024-11-10T08:00:00+07:00
    events:
      - {at: 0m, report: {area: 35.73.02.1004, category: provocation, severity: 4, source: A, content: 1, reporter: a}}
      - {at: 1h, report: {area: 35.73.02.1004, category: provocation, severity: 4, source: A, content: 1, reporter: b}}
      - {at: 2h, report: {area: 35.73.02.1004, status: refuted, corrects: t-1}}
    expect:
      - {at: 1h, rule: area-siaga, alert: siaga, area: 35.73.02.1004}
      - {at: 90m, rule: district-siaga, alert: siaga, area: 35.73.02}
      - {at: 2h, rule: area-siaga, resolved: true, state: withdrawn}
      - {at: 2h, rule: district-siaga, resolved: true}
      - {at: 2h, rule: area-level, alert: siaga, area: 35.73.02.1004}
      - {at: 2h, risk: waspada, area: 35.73.02.1004}
      - {at: 2h, score: {approx: 19.808}, area: 35.73.02.1004}
  - name: one report, three rules
    start: 2024-11-10T08:00:00+07:00
    events:
      - {at: 0h, report: {area: 35.73.02.1004, category: intimidation, severity: 3, source: A, content: 1, reporter: a}}
      - {at: 1h, report: {area: 35.73.02.1004, category: intimidation, severity: 3, source: A, content: 1, reporter: b}}
      - {at: 2h, report: {area: 35.73.02.1004, category: intimidation, severity: 3, source: A, content: 1, reporter: c}}
      - {at: 3h, report: {area: 35.73.02.1004, status: refuted, corrects: t-3}}
    expect:
      - {at: 2h, rule: repeated-intimidation, alert: siaga, area: 35.73.02.1004, count: 3}
      - {at: 2h, rule: area-siaga, alert: siaga, area: 35.73.02.1004}
      - {at: 3h, rule: repeated-intimidation, resolved: true}
      - {at: 3h, rule: area-siaga, resolved: true}
      - {at: 3h, risk: waspada, area: 35.73.02.1004}
