# Campaign, quiet period, voting: what belongs to one stage is silent in the others, and the rest goes on.
stories:
  - name: the same posters on four days
    start: 2024-11-23T10:00:00+07:00
    events:
      - {at: 0d, report: {area: 35.73.01.1001, category: quiet_period_violation, severity: 2, source: A, content: 1, reporter: a}}
      - {at: 1d, report: {area: 35.73.01.1002, category: quiet_period_violation, severity: 2, source: A, content: 1, reporter: a}}
      - {at: 3d, report: {area: 35.73.01.1003, category: quiet_period_violation, severity: 2, source: A, content: 1, reporter: a}}
      - {at: 4d, report: {area: 35.73.01.1004, category: quiet_period_violation, severity: 2, source: A, content: 1, reporter: a}}
    expect:
      - {at: 0d, rule: quiet-period-violation, silent: true, because: no_match}
      - {at: 1d, rule: quiet-period-violation, alert: waspada, area: 35.73.01.1002}
      - {at: 3d, rule: quiet-period-violation, alert: waspada, area: 35.73.01.1003}
      - {at: 4d, rule: quiet-period-violation, resolved: true}
      - {at: 4d, score: {approx: 6}, area: 35.73.01.1004}
  - name: an alert of the last quiet evening goes on into voting day
    start: 2024-11-26T22:00:00+07:00
    events:
      - {at: 0h, report: {area: 35.73.01.1001, category: quiet_period_violation, severity: 2, reporter: a}}
      - {at: 2h30m, report: {area: 35.73.01.1001, category: quiet_period_violation, severity: 2, reporter: b}}
    expect:
      - {at: 2h59m, rule: quiet-period-violation, alert: waspada, area: 35.73.01.1001}
      - {at: 3h, rule: quiet-period-violation, resolved: true}
  - name: between two elections nothing is campaigning, but a threat is a threat
    start: 2024-07-01T10:00:00+07:00
    events:
      - {at: 0h, report: {area: 35.73.01.1001, category: quiet_period_violation, severity: 2, reporter: a}}
      - {at: 0h, report: {area: 35.73.01.1001, category: intimidation, severity: 3, reporter: a}}
      - {at: 1h, report: {area: 35.73.01.1001, category: intimidation, severity: 3, reporter: b}}
      - {at: 2h, report: {area: 35.73.01.1001, category: intimidation, severity: 3, reporter: c}}
    expect:
      - {at: 2h, rule: quiet-period-violation, silent: true}
      - {at: 2h, rule: repeated-intimidation, alert: siaga, area: 35.73.01.1001}
