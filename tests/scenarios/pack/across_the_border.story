# Risk spills over the border of a kecamatan; a kecamatan is as bad as its worst kelurahan.
stories:
  - name: Kiduldalem lies in Klojen, its neighbour Kesatrian in Blimbing
    start: 2024-11-10T08:00:00+07:00
    events:
      - {at: 0m, report: {area: 35.73.02.1004, category: mass_clash, severity: 5, source: A, content: 1, reporter: a}}
      - {at: 1m, report: {area: 35.73.02.1004, category: mass_clash, severity: 5, source: A, content: 1, reporter: b}}
      - {at: 2m, report: {area: 35.73.01.1009, category: provocation, severity: 3, source: A, content: 1, reporter: c}}
    expect:
      - {at: 1m, score: {approx: 4}, area: 35.73.01.1009}
      - {at: 1m, risk: aman, area: 35.73.01}
      - {at: 2m, score: {approx: 12.999}, area: 35.73.01.1009}
      - {at: 2m, risk: waspada, area: 35.73.01}
      - {at: 2m, risk: siaga, area: 35.73.02}
      - {at: 2m, risk: siaga, area: "35.73"}
      - {at: 2m, score: {approx: 40.89}, area: "35.73"}
      - {at: 40m, rule: district-siaga, alert: siaga, area: 35.73.02}
      - {at: 40m, rule: district-siaga, silent: true, area: 35.73.01}
