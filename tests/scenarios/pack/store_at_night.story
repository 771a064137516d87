# A break-in at a store of logistics, told by two people, with a hoax about it next door.
stories:
  - name: the store, its kelurahan and its neighbour
    start: 2024-11-25T23:40:00+07:00
    events:
      - {at: 0m, report: {area: 35.73.02.1004, site: gudang-klojen, category: storage_site, severity: 4, source: B, content: 2, reporter: a}}
      - {at: 10m, report: {area: 35.73.02.1004, site: gudang-klojen, category: storage_site, severity: 4, source: A, content: 1, reporter: b}}
      - {at: 30m, report: {area: 35.73.02.1001, category: hoax, severity: 3, source: A, content: 1, reporter: c}}
      - {at: 40m, action: {alert: storage-site-incident, action: acknowledge, actor: {ref: o-1, role: polsek}}}
    expect:
      - {at: 0m, score: {approx: 12.15}, area: 35.73.02.1004}
      - {at: 0m, rule: storage-site-incident, alert: waspada, scope: 35.73.02.1004+gudang-klojen}
      - {at: 10m, rule: area-siaga, alert: siaga, area: 35.73.02.1004}
      - {at: 30m, score: {approx: 27.944}, area: 35.73.02.1004}
      - {at: 30m, score: {approx: 10.354}, area: 35.73.02.1001}
      - {at: 30m, rule: area-level, alert: waspada, area: 35.73.02.1001}
      - {at: 40m, rule: storage-site-incident, alert: waspada, to: [polsek, kpu_kota, bawaslu_kota, polres]}
      - {at: 40m, rule: district-siaga, alert: siaga, area: 35.73.02}
      - {at: 3h10m, rule: storage-site-incident, resolved: true}
