# R21. What a report of a period counts: an alert that was answered, one that nobody answered, a false alarm, one that was taken back.
stories:
  - name: a day that a report can tell of
    start: 2024-11-11T08:00:00+07:00
    events:
      - {at: 0h, report: {area: 35.73.02.1004, category: intimidation, severity: 2, reporter: a}}
      - {at: 1h, report: {area: 35.73.02.1004, category: intimidation, severity: 2, reporter: b}}
      - {at: 2h, report: {area: 35.73.02.1004, category: intimidation, severity: 2, reporter: c}}
      - {at: 2h10m, action: {alert: repeated-intimidation, action: acknowledge, actor: {ref: o-1, role: lurah}}}
      - {at: 4h, action: {alert: repeated-intimidation, action: resolve, actor: {ref: o-1, role: lurah}}}
      - {at: 5h, report: {area: 35.73.05.1003, category: asn_neutrality, severity: 3, source: B, content: 2, reporter: d}}
      - {at: 6h, action: {alert: asn-neutrality, action: false_alarm, actor: {ref: o-2, role: bawaslu_kota}}}
      - {at: 7h, report: {area: 35.73.03.1001, category: vote_buying, severity: 3, source: B, content: 2, reporter: e}}
      - {at: 8h, report: {area: 35.73.03.1001, category: vote_buying, severity: 3, source: B, content: 2, reporter: f}}
    expect:
      - {at: 2h, rule: repeated-intimidation, alert: siaga}
      - {at: 4h, rule: repeated-intimidation, resolved: true}
      - {at: 5h, rule: asn-neutrality, alert: waspada}
      - {at: 6h, rule: asn-neutrality, resolved: true}
      - {at: 8h, rule: vote-buying, alert: siaga}
      - {at: 10h, rule: vote-buying, alert: siaga}
