# R5. Cheating, dirty practices, intimidation, provocation: each has its category and its rule.
stories:
  - name: two or three voices each, in four kelurahan
    start: 2024-11-20T08:00:00+07:00
    events:
      - {at: 0h, report: {area: 35.73.01.1001, category: election_fraud, severity: 3, reporter: a}}
      - {at: 1h, report: {area: 35.73.01.1001, category: election_fraud, severity: 3, reporter: b}}
      - {at: 0h, report: {area: 35.73.02.1004, category: vote_buying, severity: 3, reporter: a}}
      - {at: 1h, report: {area: 35.73.02.1004, category: vote_buying, severity: 3, reporter: b}}
      - {at: 0h, report: {area: 35.73.03.1001, category: intimidation, severity: 3, reporter: a}}
      - {at: 1h, report: {area: 35.73.03.1001, category: intimidation, severity: 3, reporter: b}}
      - {at: 2h, report: {area: 35.73.03.1001, category: intimidation, severity: 3, reporter: c}}
      - {at: 0h, report: {area: 35.73.04.1002, category: provocation, severity: 3, reporter: a}}
      - {at: 1h, report: {area: 35.73.04.1002, category: hate_speech, severity: 3, reporter: b}}
      - {at: 2h, report: {area: 35.73.04.1002, category: provocation, severity: 3, reporter: c}}
    expect:
      - {at: 2h, rule: election-fraud, alert: siaga, area: 35.73.01.1001}
      - {at: 2h, rule: vote-buying, alert: siaga, area: 35.73.02.1004}
      - {at: 2h, rule: repeated-intimidation, alert: siaga, area: 35.73.03.1001}
      - {at: 2h, rule: repeated-incitement, alert: siaga, area: 35.73.04.1002}
  - name: threats, and money two days later
    start: 2024-11-20T08:00:00+07:00
    events:
      - {at: 0d, report: {area: 35.73.03.1001, category: intimidation, severity: 2, reporter: a}}
      - {at: 2d, report: {area: 35.73.03.1001, category: vote_buying, severity: 2, reporter: b}}
    expect:
      - {at: 2d, rule: intimidation-then-money, alert: waspada, area: 35.73.03.1001}
      - {at: 2d, rule: vote-buying, silent: true, because: distinct_below}
