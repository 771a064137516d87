# A report that comes more than a day late still scores, but takes part in no window; one within the day does both.
stories:
  - name: twenty-five hours late
    start: 2024-11-10T08:00:00+07:00
    events:
      - {at: 24h, report: {area: 35.73.02.1004, category: intimidation, severity: 3, source: A, content: 1, reporter: a}}
      - {at: 25h, report: {area: 35.73.02.1004, category: intimidation, severity: 3, source: A, content: 1, reporter: b}}
      - {at: 48h1m, report: {area: 35.73.05.1012, kind: information, category: public_order, severity: 1, reporter: z}}
      - {at: 24h, report: {area: 35.73.02.1004, category: intimidation, severity: 3, source: A, content: 1, reporter: c}}
    expect:
      - {at: 25h, score: {approx: 17.914}, area: 35.73.02.1004}
      - {at: 48h1m, score: {approx: 21.496}, area: 35.73.02.1004}
      - {at: 48h1m, rule: repeated-intimidation, silent: true, because: distinct_below}
      - {at: 48h1m, rule: area-level, alert: waspada, area: 35.73.02.1004}
  - name: exactly a day late is not too late
    start: 2024-11-10T08:00:00+07:00
    events:
      - {at: 24h, report: {area: 35.73.02.1004, category: intimidation, severity: 3, source: A, content: 1, reporter: a}}
      - {at: 25h, report: {area: 35.73.02.1004, category: intimidation, severity: 3, source: A, content: 1, reporter: b}}
      - {at: 48h, report: {area: 35.73.05.1012, kind: information, category: public_order, severity: 1, reporter: z}}
      - {at: 24h, report: {area: 35.73.02.1004, category: intimidation, severity: 3, source: A, content: 1, reporter: c}}
    expect:
      - {at: 47h, rule: repeated-intimidation, silent: true}
      - {at: 48h, rule: repeated-intimidation, alert: siaga, area: 35.73.02.1004, count: 3}
      - {at: 53h, rule: repeated-intimidation, alert: siaga}
      - {at: 54h, rule: repeated-intimidation, resolved: true}
