# R11. Where logistics and campaign material lie: what happens there weighs more, and the second small thing is told.
stories:
  - name: the same threat weighs more at the gate of a store
    start: 2024-11-20T22:00:00+07:00
    events:
      - {at: 0h, report: {area: 35.73.02.1004, site: gudang-klojen, category: intimidation, severity: 3, source: A, content: 1, reporter: a}}
      - {at: 0h, report: {area: 35.73.04.1002, category: intimidation, severity: 3, source: A, content: 1, reporter: a}}
    expect:
      - {at: 0h, score: {approx: 14}, area: 35.73.02.1004}
      - {at: 0h, score: {approx: 9}, area: 35.73.04.1002}
      - {at: 0h, rule: area-level, alert: waspada, area: 35.73.02.1004}
      - {at: 0h, rule: area-level, silent: true, area: 35.73.04.1002}
  - name: a lamp, a fence, and a fire at a store of campaign material
    start: 2024-11-20T20:00:00+07:00
    events:
      - {at: 0h, report: {area: 35.73.02.1004, site: gudang-klojen, category: storage_site, severity: 1, reporter: a}}
      - {at: 6h, report: {area: 35.73.02.1004, site: gudang-klojen, category: storage_site, severity: 2, reporter: b}}
      - {at: 6h, report: {area: 35.73.04.1002, site: gudang-apk-p1, category: storage_site, severity: 3, reporter: c}}
      - {at: 6h, report: {area: 35.73.05.1001, site: gudang-entah, category: storage_site, severity: 3, reporter: d}}
    expect:
      - {at: 6h, rule: repeated-storage-incident, alert: siaga, scope: 35.73.02.1004+gudang-klojen}
      - {at: 6h, rule: storage-site-incident, alert: waspada, scope: 35.73.04.1002+gudang-apk-p1}
      - {at: 6h, rule: material-store-incident, alert: waspada, scope: 35.73.04.1002+gudang-apk-p1}
      - {at: 6h, rule: storage-site-unknown, alert: waspada, area: 35.73.05.1001}
