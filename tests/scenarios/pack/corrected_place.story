# A report was written for the wrong kelurahan.
stories:
  - name: the risk moves from Kiduldalem to Gadang, and with it the alert
    start: 2024-11-10T08:00:00+07:00
    events:
      - {at: 0m, report: {area: 35.73.02.1004, category: mass_clash, severity: 5, source: A, content: 1, reporter: a}}
      - {at: 30m, report: {area: 35.73.04.1002, category: mass_clash, severity: 5, source: A, content: 1, reporter: a, corrects: t-1}}
    expect:
      - {at: 0m, rule: area-level, alert: waspada, area: 35.73.02.1004}
      - {at: 0m, score: {approx: 2}, area: 35.73.02.1001}
      - {at: 30m, rule: area-level, resolved: true, area: 35.73.02.1004}
      - {at: 30m, rule: area-level, alert: waspada, area: 35.73.04.1002, message: "Risiko meningkat di Gadang: Bentrokan massa"}
      - {at: 30m, score: {approx: 0}, area: 35.73.02.1004}
      - {at: 30m, score: {approx: 0}, area: 35.73.02.1001}
      - {at: 30m, score: {approx: 19.904}, area: 35.73.04.1002}
