# R15. Who turns 17 must hold a card: a share of a kelurahan, never a person.
stories:
  - name: above one of a hundred, below, and figures that cannot be
    start: 2024-11-10T08:00:00+07:00
    events:
      - {at: 0h, readiness: {area: 35.73.03.1012, eligible: 4120, without_card: 62}}
      - {at: 0h, readiness: {area: 35.73.03.1011, eligible: 4120, without_card: 41}}
      - {at: 0h, readiness: {area: 35.73.03.1010, eligible: 412, without_card: 4120}}
    expect:
      - {at: 0h, rule: voters-without-card, alert: waspada, area: 35.73.03.1012, message: 62 dari 4120 calon pemilih di Tlogowaru belum punya KTP elektronik}
      - {at: 0h, rule: voters-without-card, silent: true, area: 35.73.03.1011}
      - {at: 0h, rule: voters-without-card, silent: true, area: 35.73.03.1010}
      - {at: 0h, rule: voter-figures-wrong, alert: waspada, area: 35.73.03.1010}
