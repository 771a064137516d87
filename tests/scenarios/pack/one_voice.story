# One voice is not a crowd: repeated reports weigh less, and no level above waspada rests on one reporter.
stories:
  - name: the rank of what is left moves up when the first report is refuted
    start: 2024-11-10T08:00:00+07:00
    events:
      - {at: 0m, report: {area: 35.73.02.1006, category: provocation, severity: 3, source: A, content: 1, reporter: a}}
      - {at: 0m, report: {area: 35.73.02.1006, category: provocation, severity: 3, source: A, content: 1, reporter: a}}
      - {at: 0m, report: {area: 35.73.02.1006, category: provocation, severity: 3, source: A, content: 1, reporter: a}}
      - {at: 1m, report: {area: 35.73.02.1006, status: refuted, corrects: t-1}}
    expect:
      - {at: 0m, score: {approx: 15.75}, area: 35.73.02.1006}
      - {at: 1m, score: {approx: 13.5}, area: 35.73.02.1006}
      - {at: 1m, rule: area-level, alert: waspada, area: 35.73.02.1006}
  - name: whatever one person says is waspada, the second makes siaga of it
    start: 2024-11-10T08:00:00+07:00
    events:
      - {at: 0m, report: {area: 35.73.02.1006, category: mass_clash, severity: 5, source: A, content: 1, reporter: a}}
      - {at: 1m, report: {area: 35.73.02.1006, site: gudang-klojen, category: storage_site, severity: 5, source: A, content: 1, reporter: a}}
      - {at: 2m, report: {area: 35.73.02.1006, category: mass_clash, severity: 5, source: A, content: 1, reporter: a}}
      - {at: 3m, report: {area: 35.73.02.1007, category: mass_clash, severity: 5, source: A, content: 1, reporter: a}}
      - {at: 4m, report: {area: 35.73.02.1006, category: mass_clash, severity: 5, source: A, content: 1, reporter: b}}
    expect:
      - {at: 3m, score: {approx: 34.487}, area: 35.73.02.1006}
      - {at: 3m, rule: area-siaga, silent: true, because: level_below}
      - {at: 3m, rule: area-level, alert: waspada, area: 35.73.02.1006}
      - {at: 4m, rule: area-siaga, alert: siaga, area: 35.73.02.1006}
      - {at: 4m, rule: area-awas, silent: true}
