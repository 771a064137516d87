# R20. Neutralised quickly and precisely: an answer ends the escalation, a false alarm ends the alert, calm ends it by itself.
stories:
  - name: acknowledged in time
    start: 2024-11-10T08:00:00+07:00
    events:
      - {at: 0h, report: {area: 35.73.02.1004, category: intimidation, severity: 2, reporter: a}}
      - {at: 1h, report: {area: 35.73.02.1004, category: intimidation, severity: 2, reporter: b}}
      - {at: 2h, report: {area: 35.73.02.1004, category: intimidation, severity: 2, reporter: c}}
      - {at: 2h10m, action: {alert: repeated-intimidation, action: acknowledge, actor: {ref: o-1, role: lurah}}}
      - {at: 3h, action: {alert: repeated-intimidation, action: mitigate, actor: {ref: o-1, role: lurah}, note: Ketua RW sudah ditemui}}
    expect:
      - {at: 5h, rule: repeated-intimidation, alert: siaga, to: [lurah, polsek, bawaslu_kota]}
      - {at: 2d, rule: repeated-intimidation, resolved: true}
  - name: nobody answers, and then it was a false alarm
    start: 2024-11-10T08:00:00+07:00
    events:
      - {at: 0h, report: {area: 35.73.02.1004, category: intimidation, severity: 2, reporter: a}}
      - {at: 1h, report: {area: 35.73.02.1004, category: intimidation, severity: 2, reporter: b}}
      - {at: 2h, report: {area: 35.73.02.1004, category: intimidation, severity: 2, reporter: c}}
      - {at: 4h, action: {alert: repeated-intimidation, action: false_alarm, actor: {ref: o-2, role: bakesbangpol}}}
    expect:
      - {at: 2h15m, rule: repeated-intimidation, alert: siaga, to: [lurah, polsek, bawaslu_kota, camat]}
      - {at: 3h, rule: repeated-intimidation, alert: siaga, to: [lurah, polsek, bawaslu_kota, camat, bakesbangpol]}
      - {at: 4h, rule: repeated-intimidation, resolved: true}
