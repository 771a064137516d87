# An alert that never comes to rest is closed after fourteen days; the next report begins another.
stories:
  - name: a report every eighteen hours
    start: 2024-11-01T08:00:00+07:00
    events:
      - {at: 0h, report: {area: 35.73.05.1004, category: asn_neutrality, severity: 2, source: B, reporter: a}}
      - {at: 18h, report: {area: 35.73.05.1004, category: asn_neutrality, severity: 2, source: B, reporter: a}}
      - {at: 36h, report: {area: 35.73.05.1004, category: asn_neutrality, severity: 2, source: B, reporter: a}}
      - {at: 54h, report: {area: 35.73.05.1004, category: asn_neutrality, severity: 2, source: B, reporter: a}}
      - {at: 72h, report: {area: 35.73.05.1004, category: asn_neutrality, severity: 2, source: B, reporter: a}}
      - {at: 90h, report: {area: 35.73.05.1004, category: asn_neutrality, severity: 2, source: B, reporter: a}}
      - {at: 108h, report: {area: 35.73.05.1004, category: asn_neutrality, severity: 2, source: B, reporter: a}}
      - {at: 126h, report: {area: 35.73.05.1004, category: asn_neutrality, severity: 2, source: B, reporter: a}}
      - {at: 144h, report: {area: 35.73.05.1004, category: asn_neutrality, severity: 2, source: B, reporter: a}}
      - {at: 162h, report: {area: 35.73.05.1004, category: asn_neutrality, severity: 2, source: B, reporter: a}}
      - {at: 180h, report: {area: 35.73.05.1004, category: asn_neutrality, severity: 2, source: B, reporter: a}}
      - {at: 198h, report: {area: 35.73.05.1004, category: asn_neutrality, severity: 2, source: B, reporter: a}}
      - {at: 216h, report: {area: 35.73.05.1004, category: asn_neutrality, severity: 2, source: B, reporter: a}}
      - {at: 234h, report: {area: 35.73.05.1004, category: asn_neutrality, severity: 2, source: B, reporter: a}}
      - {at: 252h, report: {area: 35.73.05.1004, category: asn_neutrality, severity: 2, source: B, reporter: a}}
      - {at: 270h, report: {area: 35.73.05.1004, category: asn_neutrality, severity: 2, source: B, reporter: a}}
      - {at: 288h, report: {area: 35.73.05.1004, category: asn_neutrality, severity: 2, source: B, reporter: a}}
      - {at: 306h, report: {area: 35.73.05.1004, category: asn_neutrality, severity: 2, source: B, reporter: a}}
      - {at: 324h, report: {area: 35.73.05.1004, category: asn_neutrality, severity: 2, source: B, reporter: a}}
      - {at: 342h, report: {area: 35.73.05.1004, category: asn_neutrality, severity: 2, source: B, reporter: a}}
      - {at: 360h, report: {area: 35.73.05.1004, category: asn_neutrality, severity: 2, source: B, reporter: a}}
    expect:
      - {at: 335h, rule: asn-neutrality, alert: waspada, area: 35.73.05.1004}
      - {at: 336h, rule: asn-neutrality, resolved: true, state: expired}
      - {at: 342h, rule: asn-neutrality, alert: waspada, area: 35.73.05.1004}
