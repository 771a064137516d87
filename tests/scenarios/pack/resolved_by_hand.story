# What an officer has resolved fires again only when something new makes it hold, or after it has ended.
stories:
  - name: a false alarm, then a third voice
    start: 2024-11-25T08:00:00+07:00
    events:
      - {at: 0h, report: {area: 35.73.03.1008, category: vote_buying, severity: 3, reporter: a}}
      - {at: 1h, report: {area: 35.73.03.1008, category: vote_buying, severity: 3, reporter: b}}
      - {at: 2h, action: {alert: vote-buying, action: false_alarm, actor: {ref: o-1, role: panwaslucam}}}
      - {at: 4h, report: {area: 35.73.03.1008, category: vote_buying, severity: 3, reporter: c}}
    expect:
      - {at: 1h, rule: vote-buying, alert: siaga, count: 2}
      - {at: 3h, rule: vote-buying, resolved: true}
      - {at: 4h, rule: vote-buying, alert: siaga, count: 3}
  - name: a level that is resolved stays silent until it has been left
    start: 2024-11-10T08:00:00+07:00
    events:
      - {at: 0h, report: {area: 35.73.03.1008, category: mass_clash, severity: 4, source: A, content: 1, reporter: a}}
      - {at: 1h, action: {alert: area-level, action: resolve, actor: {ref: o-1, role: lurah}}}
      - {at: 2h, report: {area: 35.73.03.1008, category: hoax, severity: 2, source: A, content: 1, reporter: b}}
      - {at: 10d, report: {area: 35.73.03.1008, category: mass_clash, severity: 4, source: A, content: 1, reporter: c}}
    expect:
      - {at: 0h, rule: area-level, alert: waspada, area: 35.73.03.1008}
      - {at: 2h, rule: area-level, resolved: true}
      - {at: 2h, risk: waspada, area: 35.73.03.1008}
      - {at: 9d, risk: aman, area: 35.73.03.1008}
      - {at: 10d, rule: area-level, alert: waspada, area: 35.73.03.1008}
