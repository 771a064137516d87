# R1. FKDM from the kelurahan up: threats, challenges, hindrances and disturbances (ATHG) are found early, and the
# kelurahan of which nothing is heard is found too.
stories:
  - name: the four classes count alike, each in its kelurahan
    start: 2024-11-10T08:00:00+07:00
    events:
      - {at: 0h, report: {area: 35.73.02.1004, athg: threat, category: intimidation, severity: 3, source: A, content: 1, reporter: {ref: a, role: rw}}}
      - {at: 1h, report: {area: 35.73.02.1004, athg: hindrance, category: intimidation, severity: 3, source: A, content: 1, reporter: {ref: b, role: rt}}}
      - {at: 2h, report: {area: 35.73.02.1004, athg: disturbance, category: intimidation, severity: 3, source: A, content: 1, reporter: {ref: c, role: fkdm}}}
      - {at: 2h, report: {area: 35.73.04.1002, athg: challenge, category: intimidation, severity: 3, source: A, content: 1, reporter: {ref: d, role: linmas}}}
    expect:
      - {at: 2h, rule: repeated-intimidation, alert: siaga, area: 35.73.02.1004, count: 3}
      - {at: 2h, rule: repeated-intimidation, silent: true, area: 35.73.04.1002}
      - {at: 2h, rule: area-level, alert: siaga, area: 35.73.02.1004}
      - {at: 2h, risk: aman, area: 35.73.04.1002}
  - name: a kelurahan that never reported, and one that has stopped
    start: 2024-09-26T08:00:00+07:00
    events:
      - {at: 0d, report: {area: 35.73.02.1004, kind: information, category: public_order, severity: 1, reporter: a}}
      - {at: 6d, report: {area: 35.73.02.1005, kind: information, category: public_order, severity: 1, reporter: b}}
    expect:
      - {at: 3d, rule: kelurahan-silent, alert: waspada, area: 35.73.02.1004, to: [lurah, posko]}
      - {at: 7d, rule: kelurahan-never-heard, alert: waspada, area: 35.73.02.1001}
      - {at: 7d, rule: kelurahan-never-heard, silent: true, area: 35.73.02.1005}
