# R19. Election after election: the same rules over the calendars of 2018, 2019 and both of 2024, by event time.
stories:
  - name: the quiet period of the regional election of 2018
    start: 2018-06-24T09:00:00+07:00
    events:
      - {at: 0h, report: {area: 35.73.04.1005, category: quiet_period_violation, severity: 2, reporter: a}}
      - {at: 3d, report: {area: 35.73.04.1006, category: quiet_period_violation, severity: 2, reporter: b}}
    expect:
      - {at: 0h, rule: quiet-period-violation, alert: waspada, area: 35.73.04.1005}
      - {at: 3d, rule: quiet-period-violation, silent: true, area: 35.73.04.1006}
  - name: the quiet period of the general election of 2019
    start: 2019-04-13T23:59:00+07:00
    events:
      - {at: 0m, report: {area: 35.73.04.1005, category: quiet_period_violation, severity: 2, reporter: a}}
      - {at: 1m, report: {area: 35.73.04.1006, category: quiet_period_violation, severity: 2, reporter: b}}
    expect:
      - {at: 1m, rule: quiet-period-violation, silent: true, area: 35.73.04.1005}
      - {at: 1m, rule: quiet-period-violation, alert: waspada, area: 35.73.04.1006}
  - name: the vote of February 2024, and a debate before it
    start: 2024-01-10T08:00:00+07:00
    events:
      - {at: 0d, campaign: {campaign: c-1, status: planned, party: P1, method: rally, areas: [35.73.02.1004], starts_at: "2024-01-21T09:00:00+07:00", ends_at: "2024-01-21T12:00:00+07:00"}}
      - {at: 35d, report: {area: 35.73.03.1001, tps: "007", category: tps_disturbance, severity: 3, reporter: a}}
    expect:
      - {at: 0d, rule: rally-on-debate-day, alert: siaga, scope: 35.73/2024-01-21}
      - {at: 35d, rule: tps-first-word, alert: waspada, scope: 35.73.03.1001/007}
  - name: the vote of November 2024
    start: 2024-11-26T08:00:00+07:00
    events:
      - {at: 0d, report: {area: 35.73.03.1001, tps: "007", category: tps_disturbance, severity: 3, reporter: a}}
      - {at: 1d, report: {area: 35.73.03.1001, tps: "008", category: tps_disturbance, severity: 3, reporter: a}}
    expect:
      - {at: 1d, rule: tps-first-word, silent: true, scope: 35.73.03.1001/007}
      - {at: 1d, rule: tps-first-word, alert: waspada, scope: 35.73.03.1001/008}
