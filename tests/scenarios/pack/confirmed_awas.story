# The machine proposes awas and a person confirms it; until then it climbs.
stories:
  - name: confirmed in time
    start: 2024-11-10T08:00:00+07:00
    events:
      - {at: 0m, report: {area: 35.73.03.1001, category: mass_clash, severity: 5, source: A, content: 1, reporter: a}}
      - {at: 1m, report: {area: 35.73.03.1001, category: mass_clash, severity: 5, source: A, content: 1, reporter: b}}
      - {at: 2m, report: {area: 35.73.03.1001, category: mass_clash, severity: 5, source: A, content: 1, reporter: c}}
      - {at: 3m, report: {area: 35.73.03.1001, category: mass_clash, severity: 5, source: A, content: 1, reporter: d}}
      - {at: 12m, action: {alert: area-awas, action: confirm, actor: {ref: o-1, role: bakesbangpol}}}
    expect:
      - {at: 11m, rule: area-awas, alert: awas, area: 35.73.03.1001, state: firing, proposed: true}
      - {at: 12m, rule: area-awas, alert: awas, area: 35.73.03.1001, state: acknowledged, proposed: false}
      - {at: 1h, rule: area-awas, alert: awas, area: 35.73.03.1001, to: [bakesbangpol, polres, camat, forkopimda]}
      - {at: 3m, rule: area-level, alert: awas, area: 35.73.03.1001, to: [lurah, posko]}
      - {at: 1h, rule: district-siaga, alert: siaga, area: 35.73.03}
      - {at: 3m, risk: awas, area: "35.73"}
