# R13. Disturbances at polling stations on voting day: the first word to those who are there, the second to the police, and
# a kelurahan that has said nothing by ten is asked.
stories:
  - name: a morning at TPS 007 of Kotalama
    start: 2024-11-27T07:30:00+07:00
    events:
      - {at: 0m, report: {area: 35.73.03.1001, tps: "7", category: tps_disturbance, severity: 3, source: B, content: 2, reporter: a}}
      - {at: 15m, report: {area: 35.73.03.1001, tps: "007", category: tps_disturbance, severity: 3, source: B, content: 2, reporter: b}}
      - {at: 20m, report: {area: 35.73.03.1001, tps: "008", category: tps_disturbance, severity: 2, source: B, content: 2, reporter: c}}
      - {at: 40m, report: {area: 35.73.03.1001, tps: "009", category: tps_disturbance, severity: 2, source: B, content: 2, reporter: d}}
    expect:
      - {at: 0m, rule: tps-first-word, alert: waspada, scope: 35.73.03.1001/007, to: [satlinmas, ppk]}
      - {at: 10m, rule: tps-first-word, alert: waspada, to: [satlinmas, ppk, polsek, panwaslucam]}
      - {at: 10m, rule: tps-disturbance, silent: true, because: distinct_below}
      - {at: 15m, rule: tps-disturbance, alert: siaga, scope: 35.73.03.1001/007}
      - {at: 40m, rule: tps-disturbances-in-kelurahan, alert: waspada, area: 35.73.03.1001}
      - {at: 15m, risk: waspada, area: 35.73.03.1001}
      - {at: 3h, rule: kelurahan-silent-on-voting-day, silent: true, area: 35.73.03.1001}
      - {at: 3h, rule: kelurahan-silent-on-voting-day, alert: waspada, area: 35.73.03.1002}
      - {at: 24h, risk: aman, area: 35.73.03.1001}
