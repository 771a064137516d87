# The quiet period begins at the local midnight, by the time of what happened and not of its arrival.
stories:
  - name: a report of the last campaign minute arrives in the quiet period
    start: 2024-11-23T23:00:00+07:00
    events:
      - {at: 70m, report: {area: 35.73.04.1006, category: quiet_period_violation, severity: 3, source: A, content: 1, reporter: a}}
      - {at: 59m, report: {area: 35.73.04.1005, category: quiet_period_violation, severity: 3, source: A, content: 1, reporter: b}}
    expect:
      - {at: 70m, rule: quiet-period-violation, alert: waspada, area: 35.73.04.1006}
      - {at: 70m, rule: quiet-period-violation, silent: true, area: 35.73.04.1005}
      - {at: 70m, score: {approx: 5.994}, area: 35.73.04.1005}
  - name: a correction has the day of its report
    start: 2024-11-23T22:00:00+07:00
    events:
      - {at: 1h, report: {area: 35.73.04.1005, category: campaign_violation, severity: 3, reporter: a}}
      - {at: 3h, report: {area: 35.73.04.1005, category: quiet_period_violation, severity: 3, reporter: a, corrects: t-1}}
      - {at: 4h, report: {area: 35.73.04.1006, category: campaign_violation, severity: 3, reporter: b}}
      - {at: 5h, report: {area: 35.73.04.1006, category: quiet_period_violation, severity: 3, reporter: b, corrects: t-3}}
    expect:
      - {at: 4h, rule: quiet-period-violation, silent: true}
      - {at: 5h, rule: quiet-period-violation, alert: waspada, area: 35.73.04.1006}
      - {at: 5h, rule: quiet-period-violation, silent: true, area: 35.73.04.1005}
