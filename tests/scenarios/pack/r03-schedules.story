# R3. Every party's schedule is watched so that none clashes with another; amendments and cancellations come in any order.
stories:
  - name: three parties, one square, one afternoon
    start: 2024-11-01T08:00:00+07:00
    events:
      - {at: 0h, campaign: {campaign: c-1, status: planned, party: P1, method: rally, areas: [35.73.02.1004], venue: Alun-alun, starts_at: "2024-11-16T13:00:00+07:00", ends_at: "2024-11-16T15:00:00+07:00", notice: {number: S/1, date: 2024-10-30}}}
      - {at: 1h, campaign: {campaign: c-2, status: planned, party: P2, method: rally, areas: [35.73.02.1004], venue: ALUN-ALUN, starts_at: "2024-11-16T16:00:00+07:00", ends_at: "2024-11-16T18:00:00+07:00", notice: {number: S/2, date: 2024-10-30}}}
      - {at: 2h, campaign: {campaign: c-3, status: planned, party: P3, method: face_to_face, areas: [35.73.02.1004], venue: alun-alun, starts_at: "2024-11-16T16:30:00+07:00", ends_at: "2024-11-16T17:00:00+07:00", notice: {number: S/3, date: 2024-10-30}}}
      - {at: 3h, campaign: {campaign: c-2, status: changed, party: P2, method: rally, areas: [35.73.02.1004], venue: Alun-alun, starts_at: "2024-11-17T13:00:00+07:00", ends_at: "2024-11-17T15:00:00+07:00", notice: {number: S/2, date: 2024-10-30}}}
      - {at: 4h, campaign: {campaign: c-3, status: cancelled, areas: [35.73.02.1004]}}
    expect:
      - {at: 1h, rule: schedule-clash, alert: siaga, scope: c-1+c-2, to: [polsek, panwaslucam, camat]}
      - {at: 1h, rule: rallies-of-two-parties, alert: waspada, scope: c-1+c-2}
      - {at: 1h, rule: rally-quota, alert: waspada, scope: 35.73/2024-11-16}
      - {at: 2h, rule: schedule-clash, alert: siaga, scope: c-1+c-3}
      - {at: 2h, rule: schedule-clash, alert: siaga, scope: c-2+c-3}
      - {at: 3h, rule: schedule-clash, resolved: true, scope: c-1+c-2}
      - {at: 3h, rule: schedule-clash, resolved: true, scope: c-2+c-3}
      - {at: 3h, rule: rallies-of-two-parties, resolved: true}
      - {at: 3h, rule: rally-quota, resolved: true}
      - {at: 4h, rule: schedule-clash, resolved: true, scope: c-1+c-3}
  - name: with the parties swapped the same alerts come
    start: 2024-11-01T08:00:00+07:00
    events:
      - {at: 0h, campaign: {campaign: c-1, status: planned, party: P2, method: rally, areas: [35.73.02.1004], venue: Alun-alun, starts_at: "2024-11-16T13:00:00+07:00", ends_at: "2024-11-16T15:00:00+07:00"}}
      - {at: 1h, campaign: {campaign: c-2, status: planned, party: P1, method: rally, areas: [35.73.02.1004], venue: Alun-alun, starts_at: "2024-11-16T16:00:00+07:00", ends_at: "2024-11-16T18:00:00+07:00"}}
      - {at: 2h, campaign: {campaign: c-4, status: planned, party: P1, method: limited_meeting, areas: [35.73.02.1004], venue: Alun-alun, starts_at: "2024-11-16T16:00:00+07:00", ends_at: "2024-11-16T18:00:00+07:00"}}
    expect:
      - {at: 1h, rule: schedule-clash, alert: siaga, scope: c-1+c-2}
      - {at: 2h, rule: schedule-clash, alert: siaga, scope: c-1+c-4}
      - {at: 2h, rule: schedule-clash, silent: true, scope: c-2+c-4}
  - name: a route through two kecamatan is the city's business, on a debate day nobody's
    start: 2024-11-01T08:00:00+07:00
    events:
      - {at: 0h, campaign: {campaign: c-5, status: planned, party: P1, method: procession, areas: [35.73.02.1001], route: [[-7.974, 112.634], [-7.97, 112.64]], starts_at: "2024-11-14T09:00:00+07:00", ends_at: "2024-11-14T11:00:00+07:00", notice: {number: S/5, date: 2024-11-12}}}
      - {at: 1h, campaign: {campaign: c-6, status: planned, party: P2, method: face_to_face, areas: [35.73.01.1009, 35.73.02.1001], location: {lat: -7.971, lon: 112.639}, radius_m: 100, starts_at: "2024-11-14T12:00:00+07:00", ends_at: "2024-11-14T14:00:00+07:00", notice: {number: S/6, date: 2024-11-12}}}
      - {at: 2h, campaign: {campaign: c-7, status: planned, party: P3, method: rally, areas: [35.73.05], starts_at: "2024-11-20T09:00:00+07:00", ends_at: "2024-11-20T12:00:00+07:00", notice: {number: S/7, date: 2024-11-01}}}
    expect:
      - {at: 1h, rule: schedule-clash-between-kecamatan, alert: siaga, scope: c-5+c-6, to: [polres, bawaslu_kota, bakesbangpol]}
      - {at: 1h, rule: schedule-clash, silent: true}
      - {at: 1h, rule: late-notice, alert: waspada, scope: c-5, to: [polsek, panwaslucam]}
      - {at: 1h, rule: late-notice-several-kecamatan, alert: waspada, scope: c-6, to: [polres, bawaslu_kota]}
      - {at: 2h, rule: rally-on-debate-day, alert: siaga, scope: 35.73/2024-11-20}
