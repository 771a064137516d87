# Information and recommendations are kept and wake nobody.
stories:
  - name: a busy day of news, and one incident among it
    start: 2024-11-10T08:00:00+07:00
    events:
      - {at: 0h, report: {area: 35.73.02.1004, kind: information, category: intimidation, severity: 5, source: A, content: 1, reporter: a}}
      - {at: 1h, report: {area: 35.73.02.1004, kind: recommendation, category: intimidation, severity: 5, source: A, content: 1, reporter: b, recommendation: patroli malam}}
      - {at: 2h, report: {area: 35.73.02.1004, kind: information, category: vote_buying, severity: 5, source: A, content: 1, reporter: c}}
      - {at: 3h, report: {area: 35.73.02.1004, kind: information, category: asn_neutrality, severity: 5, source: A, content: 1, reporter: d}}
      - {at: 4h, report: {area: 35.73.02.1004, category: vote_buying, severity: 3, source: A, content: 1, reporter: e}}
    expect:
      - {at: 4h, score: {approx: 6}, area: 35.73.02.1004}
      - {at: 4h, rule: repeated-intimidation, silent: true, because: no_match}
      - {at: 4h, rule: vote-buying, silent: true, because: distinct_below}
      - {at: 4h, rule: asn-neutrality, silent: true, because: no_match}
