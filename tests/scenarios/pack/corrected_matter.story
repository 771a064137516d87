# A report was filed under the wrong category.
stories:
  - name: it was no vote buying, so the supervisors are told that it was not
    start: 2024-11-25T18:00:00+07:00
    events:
      - {at: 0h, report: {area: 35.73.03.1008, category: vote_buying, severity: 3, source: A, content: 1, reporter: a}}
      - {at: 1h, report: {area: 35.73.03.1008, category: vote_buying, severity: 3, source: A, content: 1, reporter: b}}
      - {at: 2h, report: {area: 35.73.03.1008, category: hoax, severity: 3, source: A, content: 1, reporter: b, corrects: t-2}}
    expect:
      - {at: 1h, rule: vote-buying, alert: siaga, area: 35.73.03.1008}
      - {at: 1h, score: {approx: 11.965}, area: 35.73.03.1008}
      - {at: 2h, rule: vote-buying, resolved: true}
      - {at: 2h, score: {approx: 14.845}, area: 35.73.03.1008}
  - name: it was vote buying after all, and fires when it is corrected
    start: 2024-11-25T18:00:00+07:00
    events:
      - {at: 0h, report: {area: 35.73.03.1008, category: vote_buying, severity: 3, reporter: a}}
      - {at: 1h, report: {area: 35.73.03.1008, category: hoax, severity: 3, reporter: b}}
      - {at: 4h, report: {area: 35.73.03.1008, category: vote_buying, severity: 3, reporter: b, corrects: t-2}}
    expect:
      - {at: 3h, rule: vote-buying, silent: true, because: distinct_below}
      - {at: 4h, rule: vote-buying, alert: siaga, area: 35.73.03.1008, count: 2}
  - name: a correction of what was told already says nothing again
    start: 2024-11-25T18:00:00+07:00
    events:
      - {at: 0h, report: {area: 35.73.03.1008, category: vote_buying, severity: 3, reporter: a}}
      - {at: 1h, report: {area: 35.73.03.1008, category: vote_buying, severity: 3, reporter: b}}
      - {at: 2h, action: {alert: vote-buying, action: false_alarm, actor: {ref: o-1, role: panwaslucam}}}
      - {at: 3h, report: {area: 35.73.03.1008, category: vote_buying, severity: 4, reporter: b, corrects: t-2}}
      - {at: 4h, report: {area: 35.73.03.1008, category: vote_buying, severity: 3, reporter: c}}
    expect:
      - {at: 1h, rule: vote-buying, alert: siaga}
      - {at: 3h, rule: vote-buying, resolved: true}
      - {at: 4h, rule: vote-buying, alert: siaga, count: 3}
