# R17. The integrated team: who is told, and who next while nobody answers. Delivery to people and their duty times is
# another part of the program.
stories:
  - name: from the kelurahan to the leaders of the city
    start: 2024-11-10T02:00:00+07:00
    events:
      - {at: 0m, report: {area: 35.73.04.1002, category: intimidation, severity: 5, source: A, content: 1, reporter: a}}
      - {at: 5m, report: {area: 35.73.04.1002, category: intimidation, severity: 5, source: A, content: 1, reporter: b}}
    expect:
      - {at: 5m, rule: area-level, alert: siaga, to: [lurah, posko]}
      - {at: 5m, rule: area-siaga, alert: siaga, to: [camat, polsek, babinsa, bhabinkamtibmas]}
      - {at: 35m, rule: area-siaga, alert: siaga, to: [camat, polsek, babinsa, bhabinkamtibmas, bakesbangpol]}
      - {at: 2h5m, rule: area-siaga, alert: siaga, to: [camat, polsek, babinsa, bhabinkamtibmas, bakesbangpol, forkopimda]}
