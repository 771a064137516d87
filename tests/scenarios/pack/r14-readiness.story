# R14. Open data: personnel, power and location per polling station; gaps, unknown stations and silence are told.
stories:
  - name: snapshots of one kelurahan
    start: 2024-11-26T09:00:00+07:00
    events:
      - {at: 0h, readiness: {area: 35.73.03.1004, tps: "001", police: 1, linmas: 2, kpps: 7, power: true, location: {lat: -8.02, lon: 112.65}}}
      - {at: 1h, readiness: {area: 35.73.03.1004, tps: "002", police: 0, linmas: 2, kpps: 7, power: true, location: {lat: -8.02, lon: 112.65}}}
      - {at: 1h, readiness: {area: 35.73.03.1004, tps: "003", police: 0, linmas: 0, kpps: 6, power: false, location: {lat: -8.02, lon: 112.65}}}
      - {at: 2h, readiness: {area: 35.73.03.1004, tps: "004", police: 0, linmas: 2, kpps: 7, power: true}}
      - {at: 2h, readiness: {area: 35.73.03.1004, tps: "500", police: 1, linmas: 2, kpps: 7, power: true, location: {lat: -8.02, lon: 112.65}}}
    expect:
      - {at: 2h, rule: tps-without-police, silent: true, scope: 35.73.03.1004/001}
      - {at: 2h, rule: tps-without-police, alert: waspada, scope: 35.73.03.1004/002}
      - {at: 2h, rule: tps-unguarded, alert: siaga, scope: 35.73.03.1004/003}
      - {at: 2h, rule: tps-short-of-staff, alert: waspada, scope: 35.73.03.1004/003}
      - {at: 2h, rule: tps-without-power, alert: waspada, scope: 35.73.03.1004/003}
      - {at: 2h, rule: police-coverage-gap, alert: siaga, area: 35.73.03.1004}
      - {at: 2h, rule: tps-without-location, alert: waspada, area: 35.73.03.1004}
      - {at: 2h, rule: tps-unknown, alert: waspada, scope: 35.73.03.1004/500}
      - {at: 9h, rule: readiness-stale, silent: true, area: 35.73.03.1004}
      - {at: 9h, rule: readiness-stale, alert: waspada, area: 35.73.03.1005}
