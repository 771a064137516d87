# Somebody has been there: source and content become better, and the weight with them.
stories:
  - name: a rumour of an unknown source becomes a confirmed report of two
    start: 2024-11-10T08:00:00+07:00
    events:
      - {at: 0m, report: {area: 35.73.01.1007, category: mass_clash, severity: 4, reporter: a}}
      - {at: 5m, report: {area: 35.73.01.1007, category: mass_clash, severity: 4, reporter: b}}
      - {at: 10m, report: {area: 35.73.01.1007, category: mass_clash, severity: 4, source: A, content: 1, status: verified, reporter: a, corrects: t-1}}
      - {at: 15m, report: {area: 35.73.01.1007, category: mass_clash, severity: 4, source: A, content: 1, status: verified, reporter: b, corrects: t-2}}
    expect:
      - {at: 5m, score: {approx: 10}, area: 35.73.01.1007}
      - {at: 10m, rule: area-siaga, silent: true}
      - {at: 10m, score: {approx: 24.97}, area: 35.73.01.1007}
      - {at: 15m, rule: area-siaga, alert: siaga, area: 35.73.01.1007}
