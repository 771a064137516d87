# Of several corrections of one report the latest is valid, whether it names the report or another correction.
stories:
  - name: corrected, corrected again, and refuted in the end
    start: 2024-11-10T08:00:00+07:00
    events:
      - {at: 0m, report: {area: 35.73.05.1004, category: provocation, severity: 1, source: A, content: 1, reporter: a}}
      - {at: 10m, report: {area: 35.73.05.1004, category: provocation, severity: 3, source: A, content: 1, reporter: a, corrects: t-1}}
      - {at: 20m, report: {area: 35.73.05.1004, category: provocation, severity: 5, source: A, content: 1, reporter: a, corrects: t-2}}
      - {at: 30m, report: {area: 35.73.05.1004, status: refuted, corrects: t-3}}
    expect:
      - {at: 0m, score: {approx: 3}, area: 35.73.05.1004}
      - {at: 10m, score: {approx: 8.986}, area: 35.73.05.1004}
      - {at: 20m, score: {approx: 19.936}, area: 35.73.05.1004}
      - {at: 20m, rule: area-level, alert: waspada, area: 35.73.05.1004}
      - {at: 30m, score: {approx: 0}, area: 35.73.05.1004}
      - {at: 30m, rule: area-level, resolved: true}
  - name: an older correction that comes later changes nothing
    start: 2024-11-10T08:00:00+07:00
    events:
      - {at: 0m, report: {area: 35.73.05.1004, category: provocation, severity: 1, source: A, content: 1, reporter: a}}
      - {at: 20m, report: {area: 35.73.05.1004, category: provocation, severity: 5, source: A, content: 1, reporter: a, corrects: t-1}}
      - {at: 10m, report: {area: 35.73.05.1004, status: refuted, corrects: t-1}}
    expect:
      - {at: 20m, score: {approx: 19.936}, area: 35.73.05.1004}
      - {at: 20m, rule: area-level, alert: waspada, area: 35.73.05.1004}
