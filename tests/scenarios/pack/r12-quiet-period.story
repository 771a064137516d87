# R12. The quiet period runs to Tuesday, 26 November 2024, midnight.
stories:
  - name: the last minute of Tuesday, the first of Wednesday
    start: 2024-11-26T23:59:00+07:00
    events:
      - {at: 0m, report: {area: 35.73.04.1005, category: quiet_period_violation, severity: 2, reporter: a}}
      - {at: 1m, report: {area: 35.73.04.1006, category: quiet_period_violation, severity: 2, reporter: b}}
    expect:
      - {at: 1m, rule: quiet-period-violation, alert: waspada, area: 35.73.04.1005}
      - {at: 1m, rule: quiet-period-violation, silent: true, area: 35.73.04.1006}
  - name: an entry of the schedule that reaches into it
    start: 2024-11-15T08:00:00+07:00
    events:
      - {at: 0h, campaign: {campaign: c-1, status: planned, party: P1, method: face_to_face, areas: [35.73.02.1004], starts_at: "2024-11-23T20:00:00+07:00", ends_at: "2024-11-24T00:30:00+07:00"}}
      - {at: 1h, campaign: {campaign: c-2, status: planned, party: P2, method: face_to_face, areas: [35.73.02.1004], starts_at: "2024-11-23T16:00:00+07:00", ends_at: "2024-11-23T18:00:00+07:00"}}
      - {at: 2h, campaign: {campaign: c-1, status: cancelled, areas: [35.73.02.1004]}}
    expect:
      - {at: 1h, rule: campaign-in-quiet-period, alert: siaga, scope: 35.73/2024-11-24}
      - {at: 2h, rule: campaign-in-quiet-period, resolved: true}
