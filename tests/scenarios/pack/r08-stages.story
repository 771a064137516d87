# R8. Oversight at every stage: what is a matter of the campaign on Saturday is another on Sunday, and each goes to its role.
stories:
  - name: the same deed on the last day of the campaign and on the first quiet day
    start: 2024-11-23T09:00:00+07:00
    events:
      - {at: 0h, report: {area: 35.73.04.1005, category: campaign_violation, severity: 2, reporter: a}}
      - {at: 1h, report: {area: 35.73.04.1005, category: campaign_violation, severity: 2, reporter: b}}
      - {at: 1h, report: {area: 35.73.04.1006, category: quiet_period_violation, severity: 2, reporter: a}}
      - {at: 1d, report: {area: 35.73.04.1007, category: campaign_violation, severity: 2, reporter: a}}
      - {at: 1d1h, report: {area: 35.73.04.1007, category: campaign_violation, severity: 2, reporter: b}}
      - {at: 1d1h, report: {area: 35.73.04.1008, category: quiet_period_violation, severity: 2, reporter: a}}
    expect:
      - {at: 1h, rule: campaign-violation, alert: waspada, area: 35.73.04.1005, to: [lurah, posko, panwaslucam, bawaslu_kota]}
      - {at: 1h, rule: quiet-period-violation, silent: true}
      - {at: 1d1h, rule: campaign-violation, silent: true, area: 35.73.04.1007}
      - {at: 1d1h, rule: quiet-period-violation, alert: waspada, area: 35.73.04.1008, to: [panwaslucam, bawaslu_kota, satpol_pp]}
  - name: one report of vote buying is a matter only close to the vote
    start: 2024-11-23T19:00:00+07:00
    events:
      - {at: 0h, report: {area: 35.73.03.1008, category: vote_buying, severity: 3, source: B, reporter: a}}
      - {at: 2d, report: {area: 35.73.03.1009, category: vote_buying, severity: 3, source: B, reporter: b}}
    expect:
      - {at: 0h, rule: vote-buying-late, silent: true}
      - {at: 2d, rule: vote-buying-late, alert: waspada, area: 35.73.03.1009}
