# A snooze holds escalations back; what fell due meanwhile is sent at its end.
stories:
  - name: until after the Friday prayer
    start: 2024-11-15T11:30:00+07:00
    events:
      - {at: 0m, report: {area: 35.73.02.1007, category: mass_clash, severity: 5, source: A, content: 1, reporter: a}}
      - {at: 0m, report: {area: 35.73.02.1007, category: mass_clash, severity: 5, source: A, content: 1, reporter: b}}
      - {at: 5m, action: {alert: area-siaga, action: snooze, until: "2024-11-15T13:00:00+07:00", actor: {ref: o-1, role: camat}}}
    expect:
      - {at: 89m, rule: area-siaga, alert: siaga, to: [camat, polsek, babinsa, bhabinkamtibmas]}
      - {at: 90m, rule: area-siaga, alert: siaga, to: [camat, polsek, babinsa, bhabinkamtibmas, bakesbangpol]}
      - {at: 2h, rule: area-siaga, alert: siaga, to: [camat, polsek, babinsa, bhabinkamtibmas, bakesbangpol, forkopimda]}
