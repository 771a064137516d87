# A procession is announced, moved and called off while other things go on in its kelurahan.
stories:
  - name: announced, moved within the day, called off, and announced again
    start: 2024-11-10T08:00:00+07:00
    events:
      - {at: 0h, campaign: {campaign: c-7, status: planned, party: P1, method: procession, areas: [35.73.02.1004, 35.73.02.1001], starts_at: "2024-11-16T09:00:00+07:00", ends_at: "2024-11-16T12:00:00+07:00"}}
      - {at: 3h, campaign: {campaign: c-7, status: changed, party: P1, method: procession, areas: [35.73.02.1004], starts_at: "2024-11-17T09:00:00+07:00", ends_at: "2024-11-17T12:00:00+07:00"}}
      - {at: 4h, campaign: {campaign: c-7, status: cancelled, areas: [35.73.02.1004]}}
      - {at: 20h, campaign: {campaign: c-7, status: planned, party: P1, method: procession, areas: [35.73.02.1004], starts_at: "2024-11-18T09:00:00+07:00", ends_at: "2024-11-18T12:00:00+07:00"}}
    expect:
      - {at: 3h, rule: procession-planned, alert: waspada, scope: c-7, message: "Pawai kampanye c-7 di Klojen mulai 16 Nov 2024 09:00"}
      - {at: 9h, rule: procession-planned, resolved: true}
      - {at: 20h, rule: procession-planned, alert: waspada, scope: c-7, message: "Pawai kampanye c-7 di Kiduldalem mulai 18 Nov 2024 09:00"}
      - {at: 20h, risk: aman, area: 35.73.02.1004}
