# From the city's store to the polling station, with everything that can go wrong on the way.
stories:
  - name: short, without a seal and opened in the store of the kecamatan
    start: 2024-11-24T08:00:00+07:00
    events:
      - {at: 0h, consignment: {consignment: k-1, area: 35.73, step: packed, goods: ballot_boxes, quantity: 12, seals_expected: 12, seals_intact: 12}}
      - {at: 0h, consignment: {consignment: k-2, area: 35.73, step: packed, goods: ballot_boxes, quantity: 8, seals_expected: 8, seals_intact: 8}}
      - {at: 1h, consignment: {consignment: k-1, area: 35.73, step: dispatched, quantity: 12, seals_intact: 12}}
      - {at: 1h, consignment: {consignment: k-2, area: 35.73, step: dispatched, quantity: 8, seals_intact: 8}}
      - {at: 2h, consignment: {consignment: k-1, area: 35.73.02, step: arrived, quantity: 11, seals_intact: 0}}
      - {at: 2h, consignment: {consignment: k-2, area: 35.73.03, step: arrived, quantity: 8, seals_intact: 7}}
      - {at: 3h, consignment: {consignment: k-1, area: 35.73.02, step: opened, quantity: 11, seals_intact: 0}}
      - {at: 4h, consignment: {consignment: k-2, area: 35.73.03.1001, step: arrived, quantity: 8, seals_intact: 7}}
      - {at: 5h, consignment: {consignment: k-2, area: 35.73.03.1001, step: opened, quantity: 8, seals_intact: 0}}
    expect:
      - {at: 1h, rule: seals-gone, silent: true}
      - {at: 2h, rule: consignment-short, alert: siaga, scope: k-1, message: "Kiriman k-1 berkurang di Klojen: 11 dari 12 sejak 24 Nov 2024 09:00"}
      - {at: 2h, rule: seals-gone, alert: siaga, scope: k-1}
      - {at: 2h, rule: consignment-opened-early, silent: true}
      - {at: 3h, rule: consignment-opened-early, alert: siaga, scope: k-1}
      - {at: 5h, rule: consignment-short, silent: true, scope: k-2}
      - {at: 5h, rule: seals-gone, silent: true, scope: k-2}
      - {at: 5h, rule: consignment-opened-early, silent: true, scope: k-2}
      - {at: 5h, risk: aman, area: 35.73.02.1004}
