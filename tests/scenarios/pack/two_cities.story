# Two cities in one reference directory, two hours apart: nothing of one reaches the other.
stories:
  - name: the same moment is the quiet period in Jayapura, and the campaign in Malang
    start: 2024-11-23T22:30:00+07:00
    events:
      - {at: 0m, report: {area: 91.71.01.1001, category: quiet_period_violation, severity: 2, reporter: a}}
      - {at: 0m, report: {area: 35.73.04.1005, category: quiet_period_violation, severity: 2, reporter: a}}
      - {at: 90m, report: {area: 35.73.04.1006, category: quiet_period_violation, severity: 2, reporter: b}}
    expect:
      - {at: 0m, rule: quiet-period-violation, alert: waspada, area: 91.71.01.1001, message: Dugaan kampanye pada masa tenang di Imbi}
      - {at: 0m, rule: quiet-period-violation, silent: true, area: 35.73.04.1005}
      - {at: 90m, rule: quiet-period-violation, alert: waspada, area: 35.73.04.1006}
  - name: a person who reports in both is a voice in each
    start: 2024-11-10T08:00:00+07:00
    events:
      - {at: 0m, report: {area: 91.71.01.1001, category: mass_clash, severity: 5, source: A, content: 1, reporter: a}}
      - {at: 0m, report: {area: 35.73.02.1004, category: mass_clash, severity: 5, source: A, content: 1, reporter: a}}
      - {at: 1m, report: {area: 35.73.02.1004, category: mass_clash, severity: 5, source: A, content: 1, reporter: b}}
    expect:
      - {at: 1m, rule: area-siaga, alert: siaga, area: 35.73.02.1004}
      - {at: 1m, rule: area-siaga, silent: true, area: 91.71.01.1001}
      - {at: 1m, rule: area-level, alert: waspada, area: 91.71.01.1001}
      - {at: 1m, risk: siaga, area: "35.73"}
      - {at: 1m, risk: waspada, area: "91.71"}
      - {at: 1m, score: {approx: 2}, area: 91.71.01.1002}
  - name: a refutation in the other city takes nothing back
    start: 2024-11-10T08:00:00+07:00
    events:
      - {at: 0m, report: {area: 35.73.02.1004, category: mass_clash, severity: 5, source: A, content: 1, reporter: a}}
      - {at: 5m, report: {area: 91.71.01.1001, status: refuted, corrects: t-1}}
    expect:
      - {at: 5m, rule: area-level, alert: waspada, area: 35.73.02.1004}
      - {at: 5m, risk: waspada, area: 35.73.02.1004}
