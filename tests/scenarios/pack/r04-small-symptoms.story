# R4. A small symptom is mitigated at once: small things add up, fade when nothing follows, and a rise is told before a level.
stories:
  - name: four small things of four people are as much as one serious one, and a week later they are gone
    start: 2024-11-10T08:00:00+07:00
    events:
      - {at: 0h, report: {area: 35.73.03.1002, category: hoax, severity: 1, source: A, content: 1, reporter: a}}
      - {at: 1h, report: {area: 35.73.03.1002, category: provocation, severity: 2, source: A, content: 1, reporter: b}}
      - {at: 2h, report: {area: 35.73.03.1002, category: public_order, severity: 1, source: A, content: 1, reporter: c}}
      - {at: 3h, report: {area: 35.73.03.1002, category: intimidation, severity: 2, source: A, content: 1, reporter: d}}
    expect:
      - {at: 2h, rule: area-level, silent: true}
      - {at: 3h, rule: area-level, alert: waspada, area: 35.73.03.1002, message: "Risiko meningkat di Mergosono: Intimidasi, Ketertiban umum, Provokasi"}
      - {at: 7d, rule: area-level, resolved: true}
      - {at: 7d, risk: aman, area: 35.73.03.1002}
  - name: a rise is told although every symptom is the smallest there is
    start: 2024-11-01T08:00:00+07:00
    events:
      - {at: 0d, report: {area: 35.73.03.1002, category: hoax, severity: 1, source: E, content: 5, reporter: a}}
      - {at: 9d, report: {area: 35.73.03.1002, category: hoax, severity: 1, source: E, content: 5, reporter: a}}
      - {at: 9d1h, report: {area: 35.73.03.1002, category: provocation, severity: 1, source: E, content: 5, reporter: b}}
      - {at: 9d2h, report: {area: 35.73.03.1002, category: public_order, severity: 1, source: E, content: 5, reporter: c}}
      - {at: 9d3h, report: {area: 35.73.03.1002, category: hoax, severity: 1, source: E, content: 5, reporter: d}}
    expect:
      - {at: 9d3h, rule: rising-pressure, alert: waspada, area: 35.73.03.1002}
      - {at: 9d3h, rule: area-level, silent: true}
