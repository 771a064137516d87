# A correction that comes more than a day late changes scores and levels, and withdraws, but enters no window.
stories:
  - name: a late refutation withdraws
    start: 2024-11-10T08:00:00+07:00
    events:
      - {at: 0h, report: {area: 35.73.02.1004, category: asn_neutrality, severity: 3, source: A, reporter: a}}
      - {at: 20h, report: {area: 35.73.02.1004, category: asn_neutrality, severity: 3, source: A, reporter: a}}
      - {at: 30h, report: {area: 35.73.05.1012, kind: information, category: public_order, severity: 1, reporter: z}}
      - {at: 5h, report: {area: 35.73.02.1004, status: refuted, corrects: t-2}}
    expect:
      - {at: 29h, rule: asn-neutrality, alert: waspada, area: 35.73.02.1004}
      - {at: 30h, rule: asn-neutrality, resolved: true}
  - name: a late change of the category scores, and fires nothing
    start: 2024-11-10T08:00:00+07:00
    events:
      - {at: 0h, report: {area: 35.73.02.1004, category: intimidation, severity: 3, source: A, content: 1, reporter: a}}
      - {at: 1h, report: {area: 35.73.02.1004, category: intimidation, severity: 3, source: A, content: 1, reporter: b}}
      - {at: 2h, report: {area: 35.73.02.1004, category: asn_neutrality, severity: 3, source: F, content: 1, reporter: c}}
      - {at: 30h, report: {area: 35.73.05.1012, kind: information, category: public_order, severity: 1, reporter: z}}
      - {at: 3h, report: {area: 35.73.02.1004, category: intimidation, severity: 3, source: A, content: 1, reporter: c, corrects: t-3}}
    expect:
      - {at: 29h, score: {approx: 13.673}, area: 35.73.02.1004}
      - {at: 30h, score: {approx: 20.414}, area: 35.73.02.1004}
      - {at: 30h, rule: repeated-intimidation, silent: true, because: distinct_below}
