# One alert of a kelurahan rises with its level, and the way down takes the hysteresis.
stories:
  - name: from waspada to awas in one alert
    start: 2024-11-10T08:00:00+07:00
    events:
      - {at: 0m, report: {area: 35.73.03.1001, category: mass_clash, severity: 4, source: A, content: 1, reporter: a}}
      - {at: 1m, report: {area: 35.73.03.1001, category: mass_clash, severity: 4, source: A, content: 1, reporter: b}}
      - {at: 2m, report: {area: 35.73.03.1001, category: mass_clash, severity: 4, source: A, content: 1, reporter: c}}
      - {at: 3m, report: {area: 35.73.03.1001, category: mass_clash, severity: 4, source: A, content: 1, reporter: d}}
    expect:
      - {at: 0m, rule: area-level, alert: waspada, area: 35.73.03.1001, count: 1}
      - {at: 1m, rule: area-level, alert: siaga, area: 35.73.03.1001, count: 2}
      - {at: 2m, rule: area-level, alert: siaga, area: 35.73.03.1001}
      - {at: 3m, rule: area-level, alert: awas, area: 35.73.03.1001, count: 4}
      - {at: 3m, rule: area-awas, alert: awas, area: 35.73.03.1001}
  - name: a level is left at four fifths of its threshold
    start: 2024-11-10T08:00:00+07:00
    events:
      - {at: 0h, report: {area: 35.73.05.1002, category: mass_clash, severity: 4, source: A, content: 1, reporter: a}}
    expect:
      - {at: 73h, score: {approx: 9.904}, area: 35.73.05.1002}
      - {at: 73h, risk: waspada, area: 35.73.05.1002}
      - {at: 95h10m, risk: waspada, area: 35.73.05.1002}
      - {at: 95h11m, risk: aman, area: 35.73.05.1002}
      - {at: 95h40m, rule: area-level, alert: waspada, area: 35.73.05.1002}
      - {at: 95h41m, rule: area-level, resolved: true}
