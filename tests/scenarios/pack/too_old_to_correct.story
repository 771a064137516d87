# Only what is at most a week old can be corrected; a correction of something older stands for itself.
stories:
  - name: seven days, and a minute more
    start: 2024-11-01T08:00:00+07:00
    events:
      - {at: 0d, report: {area: 35.73.02.1004, category: vote_buying, severity: 3, source: A, content: 1, reporter: a}}
      - {at: 0d, report: {area: 35.73.03.1008, category: vote_buying, severity: 3, source: A, content: 1, reporter: b}}
      - {at: 7d, report: {area: 35.73.02.1004, status: refuted, corrects: t-1}}
      - {at: 7d1m, report: {area: 35.73.03.1008, status: refuted, corrects: t-2}}
    expect:
      - {at: 6d, score: {approx: 2.612}, area: 35.73.02.1004}
      - {at: 7d1m, score: {approx: 0}, area: 35.73.02.1004}
      - {at: 7d1m, score: {approx: 2.273}, area: 35.73.03.1008}
