# R16. RT, RW, kelurahan, kecamatan and city report side by side: the role is data, and no role outweighs another. That 500
# can report at once is a matter of load, not of rules.
stories:
  - name: five levels, one kelurahan
    start: 2024-11-10T08:00:00+07:00
    events:
      - {at: 0m, report: {area: 35.73.01.1010, rw: "03", category: provocation, severity: 2, source: A, content: 1, reporter: {ref: a, role: rt}}}
      - {at: 0m, report: {area: 35.73.01.1010, rw: "03", category: provocation, severity: 2, source: A, content: 1, reporter: {ref: b, role: rw}}}
      - {at: 0m, report: {area: 35.73.01.1010, category: provocation, severity: 2, source: A, content: 1, reporter: {ref: c, role: lurah}}}
      - {at: 0m, report: {area: 35.73.01.1010, category: provocation, severity: 2, source: A, content: 1, reporter: {ref: d, role: camat}}}
      - {at: 0m, report: {area: 35.73.01.1010, category: provocation, severity: 2, source: A, content: 1, reporter: {ref: e, role: bakesbangpol}}}
    expect:
      - {at: 0m, score: {approx: 15}, area: 35.73.01.1010}
      - {at: 0m, rule: repeated-incitement, alert: siaga, area: 35.73.01.1010}
  - name: the same person five times is not five people
    start: 2024-11-10T08:00:00+07:00
    events:
      - {at: 0m, report: {area: 35.73.01.1010, category: provocation, severity: 4, source: A, content: 1, reporter: a}}
      - {at: 1m, report: {area: 35.73.01.1010, category: provocation, severity: 4, source: A, content: 1, reporter: a}}
      - {at: 2m, report: {area: 35.73.01.1010, category: provocation, severity: 4, source: A, content: 1, reporter: a}}
      - {at: 3m, report: {area: 35.73.01.1010, category: provocation, severity: 4, source: A, content: 1, reporter: a}}
      - {at: 4m, report: {area: 35.73.01.1010, category: provocation, severity: 4, source: A, content: 1, reporter: a}}
    expect:
      - {at: 4m, risk: waspada, area: 35.73.01.1010}
      - {at: 4m, rule: area-level, alert: waspada, area: 35.73.01.1010}
      - {at: 4m, rule: area-siaga, silent: true}
      - {at: 4m, rule: repeated-incitement, silent: true, because: distinct_below}
  - name: one person about everything, three times each, in the quiet period
    start: 2024-11-25T08:00:00+07:00
    events:
      - {at: 0m, report: {area: 35.73.02.1004, tps: "003", category: intimidation, severity: 5, source: A, content: 1, reporter: a}}
      - {at: 1m, report: {area: 35.73.02.1004, tps: "003", category: intimidation, severity: 5, source: A, content: 1, reporter: a}}
      - {at: 2m, report: {area: 35.73.02.1004, tps: "003", category: intimidation, severity: 5, source: A, content: 1, reporter: a}}
      - {at: 3m, report: {area: 35.73.02.1004, category: provocation, severity: 5, source: A, content: 1, reporter: a}}
      - {at: 4m, report: {area: 35.73.02.1004, category: provocation, severity: 5, source: A, content: 1, reporter: a}}
      - {at: 5m, report: {area: 35.73.02.1004, category: provocation, severity: 5, source: A, content: 1, reporter: a}}
      - {at: 6m, report: {area: 35.73.02.1004, category: hate_speech, severity: 5, source: A, content: 1, reporter: a}}
      - {at: 7m, report: {area: 35.73.02.1004, category: hate_speech, severity: 5, source: A, content: 1, reporter: a}}
      - {at: 8m, report: {area: 35.73.02.1004, category: hate_speech, severity: 5, source: A, content: 1, reporter: a}}
      - {at: 9m, report: {area: 35.73.02.1004, category: hoax, severity: 5, source: A, content: 1, reporter: a}}
      - {at: 10m, report: {area: 35.73.02.1004, category: hoax, severity: 5, source: A, content: 1, reporter: a}}
      - {at: 11m, report: {area: 35.73.02.1004, category: hoax, severity: 5, source: A, content: 1, reporter: a}}
      - {at: 12m, report: {area: 35.73.02.1004, category: mass_clash, severity: 5, source: A, content: 1, reporter: a}}
      - {at: 13m, report: {area: 35.73.02.1004, category: mass_clash, severity: 5, source: A, content: 1, reporter: a}}
      - {at: 14m, report: {area: 35.73.02.1004, category: mass_clash, severity: 5, source: A, content: 1, reporter: a}}
      - {at: 15m, report: {area: 35.73.02.1004, category: public_order, severity: 5, source: A, content: 1, reporter: a}}
      - {at: 16m, report: {area: 35.73.02.1004, category: public_order, severity: 5, source: A, content: 1, reporter: a}}
      - {at: 17m, report: {area: 35.73.02.1004, category: public_order, severity: 5, source: A, content: 1, reporter: a}}
      - {at: 18m, report: {area: 35.73.02.1004, category: vote_buying, severity: 5, source: A, content: 1, reporter: a}}
      - {at: 19m, report: {area: 35.73.02.1004, category: vote_buying, severity: 5, source: A, content: 1, reporter: a}}
      - {at: 20m, report: {area: 35.73.02.1004, category: vote_buying, severity: 5, source: A, content: 1, reporter: a}}
      - {at: 21m, report: {area: 35.73.02.1004, category: election_fraud, severity: 5, source: A, content: 1, reporter: a}}
      - {at: 22m, report: {area: 35.73.02.1004, category: election_fraud, severity: 5, source: A, content: 1, reporter: a}}
      - {at: 23m, report: {area: 35.73.02.1004, category: election_fraud, severity: 5, source: A, content: 1, reporter: a}}
      - {at: 24m, report: {area: 35.73.02.1004, category: quiet_period_violation, severity: 5, source: A, content: 1, reporter: a}}
      - {at: 25m, report: {area: 35.73.02.1004, category: quiet_period_violation, severity: 5, source: A, content: 1, reporter: a}}
      - {at: 26m, report: {area: 35.73.02.1004, category: quiet_period_violation, severity: 5, source: A, content: 1, reporter: a}}
      - {at: 27m, report: {area: 35.73.02.1004, category: asn_neutrality, severity: 5, source: A, content: 1, reporter: a}}
      - {at: 28m, report: {area: 35.73.02.1004, category: asn_neutrality, severity: 5, source: A, content: 1, reporter: a}}
      - {at: 29m, report: {area: 35.73.02.1004, category: asn_neutrality, severity: 5, source: A, content: 1, reporter: a}}
      - {at: 30m, report: {area: 35.73.02.1004, category: organiser_neutrality, severity: 5, source: A, content: 1, reporter: a}}
      - {at: 31m, report: {area: 35.73.02.1004, category: organiser_neutrality, severity: 5, source: A, content: 1, reporter: a}}
      - {at: 32m, report: {area: 35.73.02.1004, category: organiser_neutrality, severity: 5, source: A, content: 1, reporter: a}}
      - {at: 33m, report: {area: 35.73.02.1004, site: gudang-klojen, category: storage_site, severity: 5, source: A, content: 1, reporter: a}}
      - {at: 34m, report: {area: 35.73.02.1004, site: gudang-klojen, category: storage_site, severity: 5, source: A, content: 1, reporter: a}}
      - {at: 35m, report: {area: 35.73.02.1004, site: gudang-klojen, category: storage_site, severity: 5, source: A, content: 1, reporter: a}}
      - {at: 36m, report: {area: 35.73.02.1004, tps: "003", category: tps_disturbance, severity: 5, source: A, content: 1, reporter: a}}
      - {at: 37m, report: {area: 35.73.02.1004, tps: "003", category: tps_disturbance, severity: 5, source: A, content: 1, reporter: a}}
      - {at: 38m, report: {area: 35.73.02.1004, tps: "003", category: tps_disturbance, severity: 5, source: A, content: 1, reporter: a}}
    expect:
      - {at: 39m, risk: waspada, area: 35.73.02.1004}
      - {at: 39m, rule: area-level, alert: waspada, area: 35.73.02.1004}
      - {at: 39m, rule: area-siaga, silent: true}
      - {at: 39m, rule: district-siaga, silent: true}
      - {at: 39m, rule: repeated-intimidation, silent: true}
      - {at: 39m, rule: repeated-incitement, silent: true}
      - {at: 39m, rule: mass-clash, silent: true}
      - {at: 39m, rule: vote-buying, silent: true}
      - {at: 39m, rule: election-fraud, silent: true}
      - {at: 39m, rule: repeated-quiet-period-violation, silent: true}
      - {at: 39m, rule: quiet-period-spreads, silent: true}
      - {at: 39m, rule: asn-neutrality-pattern, silent: true}
      - {at: 39m, rule: organiser-neutrality-pattern, silent: true}
      - {at: 39m, rule: repeated-storage-incident, silent: true}
      - {at: 39m, rule: tps-disturbance, silent: true}
