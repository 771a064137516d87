# R16. RT, RW, kelurahan, kecamatan and city report side by side: the role is data, and no role outweighs another. That 500
# can report at once is a matter of load, not of rules.
stories:
  - name: five levels, one kelurahan
    start: 2024-11-10T08:00:00+07:00
    events:
      - {at: 0m, report: {area: 35.73.01.1010, rw: "03", category: provocation, severity: 2, source: A, content: 1, reporter: {ref: a, role: rt}}}
      - {at: 0m, report: {area: 35.73.01.1010, rw: "03", category: provocation, severity: 2, source: A, content: 1, reporter: {ref: b, role: rw}}}
      - {at: 0m, report: {area: 35.73.01.1010, category: provocation, severity: 2, source: A, content: 1, reporter: {ref: c, role: lurah}}}
      - {at: 0m, report: {area: 35.73.01.1010, category: provocation, severity: 2, source: A, content: 1, reporter: {ref: d, role: camat}}}
      - {at: 0m, report: {area: 35.73.01.1010, category: provocation, severity: 2, source: A, content: 1, reporter: {ref: e, role: bakesbangpol}}}
    expect:
      - {at: 0m, score: {approx: 15}, area: 35.73.01.1010}
      - {at: 0m, rule: repeated-incitement, alert: siaga, area: 35.73.01.1010}
  - name: the same person five times is not five people
    start: 2024-11-10T08:00:00+07:00
    events:
      - {at: 0m, report: {area: 35.73.01.1010, category: provocation, severity: 4, source: A, content: 1, reporter: a}}
      - {at: 1m, report: {area: 35.73.01.1010, category: provocation, severity: 4, source: A, content: 1, reporter: a}}
      - {at: 2m, report: {area: 35.73.01.1010, category: provocation, severity: 4, source: A, content: 1, reporter: a}}
      - {at: 3m, report: {area: 35.73.01.1010, category: provocation, severity: 4, source: A, content: 1, reporter: a}}
      - {at: 4m, report: {area: 35.73.01.1010, category: provocation, severity: 4, source: A, content: 1, reporter: a}}
    expect:
      - {at: 4m, risk: waspada, area: 35.73.01.1010}
      - {at: 4m, rule: area-level, alert: waspada, area: 35.73.01.1010}
      - {at: 4m, rule: area-siaga, silent: true}
      - {at: 4m, rule: repeated-incitement, silent: true, because: distinct_below}
