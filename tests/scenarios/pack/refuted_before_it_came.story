# The refutation overtakes its report on the way; the report then has no effect.
stories:
  - name: the refutation is there first
    start: 2024-11-10T08:00:00+07:00
    events:
      - {at: 10m, report: {area: 35.73.02.1004, status: refuted, corrects: t-2}}
      - {at: 0m, report: {area: 35.73.02.1004, category: mass_clash, severity: 5, source: A, content: 1, reporter: a}}
      - {at: 20m, report: {area: 35.73.02.1004, category: mass_clash, severity: 5, source: A, content: 1, reporter: b}}
    expect:
      - {at: 10m, risk: aman, area: 35.73.02.1004}
      - {at: 20m, score: {approx: 20}, area: 35.73.02.1004}
      - {at: 20m, rule: area-level, alert: waspada, area: 35.73.02.1004}
      - {at: 20m, rule: area-siaga, silent: true}
