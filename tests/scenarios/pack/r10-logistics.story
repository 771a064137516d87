# R10. Boxes from the city's store to the polling station and back: late, missing, a broken seal, too few, a step too many.
stories:
  - name: a box as it should be
    start: 2024-11-25T08:00:00+07:00
    events:
      - {at: 0h, consignment: {consignment: k-1, area: "35.73", step: packed, quantity: 4, seals_expected: 4, seals_intact: 4, to: 35.73.02.1004}}
      - {at: 1h, consignment: {consignment: k-1, area: "35.73", step: dispatched, quantity: 4, seals_expected: 4, seals_intact: 4, to: 35.73.02.1004, due_at: "2024-11-25T12:00:00+07:00"}}
      - {at: 2h, consignment: {consignment: k-1, area: 35.73.02, step: arrived, quantity: 4, seals_expected: 4, seals_intact: 4, to: 35.73.02.1004, due_at: "2024-11-25T12:00:00+07:00"}}
      - {at: 24h, consignment: {consignment: k-1, area: 35.73.02, step: dispatched, quantity: 4, seals_expected: 4, seals_intact: 4, to: 35.73.02.1004}}
      - {at: 25h, consignment: {consignment: k-1, area: 35.73.02.1004, tps: "003", step: arrived, quantity: 4, seals_expected: 4, seals_intact: 4}}
      - {at: 46h, consignment: {consignment: k-1, area: 35.73.02.1004, tps: "003", step: opened, quantity: 4}}
      - {at: 64h, consignment: {consignment: k-1, area: 35.73.02, step: returned, quantity: 4, seals_expected: 4, seals_intact: 4}}
      - {at: 46h, consignment: {consignment: k-2, area: 35.73.02.1004, tps: "004", step: opened, quantity: 4}}
    expect:
      - {at: 90h, rule: consignment-under-way, silent: true, scope: k-1}
      - {at: 90h, rule: consignment-not-there, silent: true, scope: k-1}
      - {at: 90h, rule: consignment-not-returned, silent: true, scope: k-1}
      - {at: 90h, rule: consignment-not-returned, alert: siaga, scope: k-2}
      - {at: 90h, rule: consignment-out-of-order, silent: true}
      - {at: 90h, rule: seal-broken, silent: true}
      - {at: 90h, rule: consignment-short, silent: true}
  - name: a box with which everything goes wrong
    start: 2024-11-25T08:00:00+07:00
    events:
      - {at: 0h, consignment: {consignment: k-3, area: "35.73", step: dispatched, quantity: 4, seals_expected: 4, seals_intact: 4, to: 35.73.02.1004, due_at: "2024-11-25T10:00:00+07:00"}}
      - {at: 7h, consignment: {consignment: k-3, area: 35.73.02, step: arrived, quantity: 3, seals_expected: 4, seals_intact: 3, to: 35.73.02.1004, due_at: "2024-11-25T10:00:00+07:00"}}
      - {at: 8h, consignment: {consignment: k-3, area: 35.73.02.1004, step: arrived, quantity: 5, seals_expected: 4, seals_intact: 5}}
      - {at: 9h, consignment: {consignment: k-3, area: 35.73.02.1004, step: opened, quantity: 5}}
      - {at: 9h, consignment: {consignment: k-4, area: 35.73.02, step: packed, to: 35.73.02.1007}}
    expect:
      - {at: 6h, rule: consignment-under-way, alert: siaga, scope: k-3}
      - {at: 7h, rule: consignment-late, alert: waspada, scope: k-3}
      - {at: 7h, rule: consignment-short, alert: siaga, scope: k-3}
      - {at: 7h, rule: seal-broken, alert: siaga, scope: k-3}
      - {at: 8h, rule: consignment-out-of-order, alert: waspada, scope: k-3}
      - {at: 8h, rule: consignment-grown, alert: waspada, scope: k-3}
      - {at: 8h, rule: more-seals-than-expected, alert: waspada, scope: k-3}
      - {at: 9h, rule: consignment-opened-outside-tps, alert: siaga, scope: k-3}
      - {at: 34h, rule: consignment-not-there, alert: siaga, scope: k-4}
