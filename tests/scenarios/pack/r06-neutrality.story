# R6. Civil servants stay neutral, organisers are no tool: supervisors and inspectorate are told of places, never of persons.
stories:
  - name: one usable report to ask, three voices for siaga, and the organisers beside them
    start: 2024-11-04T08:00:00+07:00
    events:
      - {at: 0d, report: {area: 35.73.05.1004, category: asn_neutrality, severity: 2, source: B, reporter: a}}
      - {at: 0d, report: {area: 35.73.01.1003, category: organiser_neutrality, severity: 2, source: C, reporter: a}}
      - {at: 1d, report: {area: 35.73.05.1005, category: asn_neutrality, severity: 2, source: F, reporter: b}}
      - {at: 1d, report: {area: 35.73.01.1004, category: organiser_neutrality, severity: 2, source: F, reporter: b}}
      - {at: 2d, report: {area: 35.73.05.1006, category: asn_neutrality, severity: 2, source: F, reporter: c}}
    expect:
      - {at: 0d, rule: asn-neutrality, alert: waspada, area: 35.73.05.1004, to: [bawaslu_kota, inspektorat]}
      - {at: 1d, rule: asn-neutrality-pattern, silent: true, because: distinct_below}
      - {at: 2d, rule: asn-neutrality-pattern, alert: siaga, area: 35.73.05, to: [bawaslu_kota, inspektorat, bakesbangpol]}
      - {at: 0d, rule: organiser-neutrality, alert: waspada, area: 35.73.01.1003, to: [bawaslu_kota, kpu_kota]}
      - {at: 1d, rule: organiser-neutrality-pattern, alert: siaga, area: 35.73.01}
      - {at: 2d, risk: aman, area: 35.73.05.1004}
