# R9. Everybody has a part: offences go to the supervisors, crime to the police, logistics to those who run the election;
# who is near is told first, the leaders of the city when it is awas.
stories:
  - name: four matters, four sets of people
    start: 2024-11-27T09:00:00+07:00
    events:
      - {at: 0h, report: {area: 35.73.04.1009, category: election_fraud, severity: 3, reporter: a}}
      - {at: 0h, report: {area: 35.73.04.1009, category: election_fraud, severity: 3, reporter: b}}
      - {at: 0h, report: {area: 35.73.01.1011, category: mass_clash, severity: 5, reporter: a}}
      - {at: 0h, report: {area: 35.73.01.1011, category: mass_clash, severity: 5, reporter: b}}
      - {at: 0h, report: {area: 35.73.02.1008, category: voter_rights, severity: 2, reporter: a}}
      - {at: 0h, report: {area: 35.73.02.1008, category: voter_rights, severity: 2, reporter: b}}
      - {at: 0h, report: {area: 35.73.05.1009, category: logistics, severity: 2, reporter: a}}
      - {at: 0h, report: {area: 35.73.05.1009, category: logistics, severity: 2, reporter: b}}
    expect:
      - {at: 0h, rule: election-fraud, alert: siaga, to: [lurah, posko, camat, polsek, bakesbangpol, panwaslucam, bawaslu_kota]}
      - {at: 0h, rule: mass-clash, alert: awas, to: [polsek, polres, lurah, camat, bakesbangpol, forkopimda]}
      - {at: 0h, rule: voters-turned-away, alert: waspada, to: [ppk, panwaslucam, kpu_kota]}
      - {at: 0h, rule: repeated-logistics-trouble, alert: waspada, to: [ppk, kpu_kota, lurah]}
