# An acknowledgement is one of one alert: the others go on to escalate.
stories:
  - name: the lurah answers one of two alerts about the same people
    start: 2024-11-10T08:00:00+07:00
    events:
      - {at: 0m, report: {area: 35.73.02.1004, category: intimidation, severity: 4, source: A, content: 1, reporter: a}}
      - {at: 1m, report: {area: 35.73.02.1004, category: intimidation, severity: 4, source: A, content: 1, reporter: b}}
      - {at: 2m, report: {area: 35.73.02.1004, category: intimidation, severity: 1, source: A, content: 1, reporter: c}}
      - {at: 10m, action: {alert: repeated-intimidation, action: acknowledge, actor: {ref: o-1, role: lurah}}}
    expect:
      - {at: 1h30m, rule: repeated-intimidation, alert: siaga, to: [lurah, polsek, bawaslu_kota]}
      - {at: 31m, rule: area-siaga, alert: siaga, to: [camat, polsek, babinsa, bhabinkamtibmas, bakesbangpol]}
      - {at: 2h1m, rule: area-siaga, alert: siaga, to: [camat, polsek, babinsa, bhabinkamtibmas, bakesbangpol, forkopimda]}
  - name: assigned or mitigated is answered as well
    start: 2024-11-10T08:00:00+07:00
    events:
      - {at: 0m, report: {area: 35.73.02.1004, category: mass_clash, severity: 4, source: A, content: 1, reporter: a}}
      - {at: 1m, report: {area: 35.73.02.1004, category: mass_clash, severity: 4, source: A, content: 1, reporter: b}}
      - {at: 5m, action: {alert: area-siaga, action: assign, actor: {ref: o-1, role: camat}, assignee: tim-2}}
      - {at: 0m, report: {area: 35.73.03.1008, category: vote_buying, severity: 4, reporter: a}}
      - {at: 1m, report: {area: 35.73.03.1008, category: vote_buying, severity: 4, reporter: b}}
      - {at: 30m, action: {alert: vote-buying, action: mitigate, actor: {ref: o-2, role: panwaslucam}, note: keterangan diamankan}}
    expect:
      - {at: 3h, rule: area-siaga, alert: siaga, to: [camat, polsek, babinsa, bhabinkamtibmas]}
      - {at: 3h, rule: vote-buying, alert: siaga, to: [panwaslucam, bawaslu_kota]}
