# A morning at a polling station, from the snapshot without power to the disturbance.
stories:
  - name: no power, a queue that gets angry, and a rumour
    start: 2024-11-27T06:30:00+07:00
    events:
      - {at: 0m, readiness: {area: 35.73.05.1005, tps: "12", police: 1, linmas: 2, power: false}}
      - {at: 0m, readiness: {area: 35.73.05.1005, tps: "13", police: 1, linmas: 2, power: true}}
      - {at: 5m, readiness: {area: 35.73.05.1005, tps: "500", police: 1, linmas: 2, power: false}}
      - {at: 60m, report: {area: 35.73.05.1005, tps: "12", category: tps_disturbance, severity: 3, source: A, content: 1, reporter: a}}
      - {at: 70m, report: {area: 35.73.05.1005, tps: "12", category: hoax, severity: 3, source: A, content: 1, reporter: b}}
      - {at: 80m, report: {area: 35.73.05.1005, tps: "012", category: tps_disturbance, severity: 3, source: A, content: 1, reporter: b}}
      - {at: 85m, action: {alert: tps-disturbance, action: acknowledge, actor: {ref: o-3, role: polsek}}}
    expect:
      - {at: 5m, rule: tps-without-power, alert: waspada, scope: 35.73.05.1005/012}
      - {at: 5m, rule: tps-without-power, silent: true, scope: 35.73.05.1005/013}
      - {at: 5m, rule: tps-without-power, alert: waspada, scope: 35.73.05.1005/500}
      - {at: 5m, rule: tps-unknown, alert: waspada, scope: 35.73.05.1005/500}
      - {at: 5m, rule: tps-unknown, silent: true, scope: 35.73.05.1005/012}
      - {at: 70m, rule: tps-disturbance, silent: true, because: distinct_below}
      - {at: 80m, rule: tps-disturbance, alert: siaga, scope: 35.73.05.1005/012, count: 2}
      - {at: 2h, rule: tps-disturbance, alert: siaga, to: [polsek, satlinmas, ppk, panwaslucam]}
      - {at: 65m, risk: aman, area: 35.73.05.1005}
      - {at: 80m, risk: waspada, area: 35.73.05.1005}
