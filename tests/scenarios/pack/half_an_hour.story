# A kecamatan is told of a siaga that lasts, wherever in it, and not of one that comes and goes.
stories:
  - name: one kelurahan falls back before the half hour, another takes its place
    start: 2024-11-10T08:00:00+07:00
    events:
      - {at: 0m, report: {area: 35.73.05.1011, category: public_order, severity: 5, source: A, content: 1, reporter: a}}
      - {at: 1m, report: {area: 35.73.05.1011, category: public_order, severity: 5, source: A, content: 1, reporter: b}}
      - {at: 20m, report: {area: 35.73.05.1002, category: public_order, severity: 5, source: A, content: 1, reporter: c}}
      - {at: 21m, report: {area: 35.73.05.1002, category: public_order, severity: 5, source: A, content: 1, reporter: d}}
      - {at: 25m, report: {area: 35.73.05.1011, status: refuted, corrects: t-1}}
    expect:
      - {at: 25m, risk: waspada, area: 35.73.05.1011}
      - {at: 25m, risk: siaga, area: 35.73.05}
      - {at: 30m, rule: district-siaga, silent: true, because: waits}
      - {at: 31m, rule: district-siaga, alert: siaga, area: 35.73.05}
  - name: the gap of a minute begins the half hour anew
    start: 2024-11-10T08:00:00+07:00
    events:
      - {at: 0m, report: {area: 35.73.05.1011, category: public_order, severity: 5, source: A, content: 1, reporter: a}}
      - {at: 1m, report: {area: 35.73.05.1011, category: public_order, severity: 5, source: A, content: 1, reporter: b}}
      - {at: 24m, report: {area: 35.73.05.1011, status: refuted, corrects: t-1}}
      - {at: 25m, report: {area: 35.73.05.1011, category: public_order, severity: 5, source: A, content: 1, reporter: c}}
    expect:
      - {at: 54m, rule: district-siaga, silent: true}
      - {at: 55m, rule: district-siaga, alert: siaga, area: 35.73.05}
