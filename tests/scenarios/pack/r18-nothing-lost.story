# R18. A small lapse costs dearly: a report that comes late still weighs, one in the wrong order still counts, and a refuted
# one takes back exactly what it gave. That inputs and counts balance is shown by every replay's summary.
stories:
  - name: out of order, and refuted
    start: 2024-11-10T08:00:00+07:00
    events:
      - {at: 5h, report: {area: 35.73.02.1004, category: intimidation, severity: 3, source: A, content: 1, reporter: c}}
      - {at: 0h, report: {area: 35.73.02.1004, category: intimidation, severity: 3, source: A, content: 1, reporter: a}}
      - {at: 3h, report: {area: 35.73.02.1004, category: intimidation, severity: 3, source: A, content: 1, reporter: b}}
      - {at: 6h, report: {area: 35.73.02.1004, status: refuted, corrects: t-2}}
      - {at: 7h, report: {area: 35.73.02.1004, status: refuted, corrects: t-1}}
      - {at: 7h, report: {area: 35.73.02.1004, status: refuted, corrects: t-3}}
    expect:
      - {at: 5h, rule: repeated-intimidation, alert: siaga, count: 3}
      - {at: 6h, rule: repeated-intimidation, resolved: true}
      - {at: 7h, score: {approx: 0, within: 0}, area: 35.73.02.1004}
      - {at: 7h, rule: area-level, resolved: true}
