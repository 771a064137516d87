# SPDX-License-Identifier: Apache-2.0
"""Rules: what each of them does, and what it costs."""

from dashboard import dashboard, variable
from panels import (good_below, has, link, query, rate, select, series, stat, steps, table)

RULE = 'rule=~"$rule"'
RULES = variable("rule", "Aturan", "Rules by their ids", 'label_values(kentongan_rule_info{job="$job"}, rule)')


def by_rule(metric):
    return f"sum by (rule) (increase({select(metric, RULE)}[$__range]))"


def state():
    return [
        (4, stat("Berkas aturan", "Whether the rule files were good when they were read last; else the rules before them "
                 "are in use.", "none", query(f"min({select('kentongan_rules_reload_success')})", "berkas", instant=True),
                 mappings=[{"type": "value", "options": {"0": {"text": "salah", "color": "red", "index": 0},
                                                         "1": {"text": "baik", "color": "green", "index": 1}}}],
                 thresholds=steps(("red", None), ("green", 1)))),
        (5, stat("Aturan dibaca", "When good rule files were read last.", "dateTimeFromNow",
                 query(f"max({select('kentongan_rules_reload_time_seconds')}) * 1000", "dibaca", instant=True))),
        (5, stat("Pemuatan ulang gagal", "Times that changed rule files were wrong, over the chosen time.", "none",
                 query(f"sum(increase({select('kentongan_rules_reloads_total', has('outcome', 'failed'))}[$__range]))", "gagal",
                       instant=True), thresholds=good_below(1, 5))),
        (4, stat("Aturan", "Rules in use, by whether they are live or in shadow.", "none",
                 query(f"count by (status) (max by (rule, status) ({select('kentongan_rule_info')}))", "{{status}}",
                       instant=True))),
        (6, table("Versi aturan", "The version of the rules that each process uses: it should be one.", "none",
                  query(f"sum by (instance, version) ({select('kentongan_rules_info')})", "Proses", instant=True, table=True),
                  rename={"version": "Versi"})),
    ]


def overview():
    info = f"max by (rule, kind, status) ({select('kentongan_rule_info', RULE)})"
    return [
        (24, table("Semua aturan",
                   "What each rule did over the chosen time: events tried, conditions satisfied, too late for windows, "
                   "errors, forgotten early, alerts fired and open.", "none",
                   query(info, "Ada", instant=True, table=True),
                   query(by_rule("kentongan_rule_evaluations_total"), "Dicoba", instant=True, table=True),
                   query(by_rule("kentongan_rule_matches_total"), "Cocok", instant=True, table=True),
                   query(by_rule("kentongan_rule_late_total"), "Terlambat", instant=True, table=True),
                   query(by_rule("kentongan_rule_errors_total"), "Galat", instant=True, table=True),
                   query(by_rule("kentongan_rule_dropped_total"), "Dilupakan", instant=True, table=True),
                   query(by_rule("kentongan_rule_alerts_total"), "Peringatan", instant=True, table=True),
                   query(f"sum by (rule) ({select('kentongan_rule_alerts_open', RULE)})", "Terbuka", instant=True, table=True),
                   joined="rule", hide=("Value #A",), rename={"rule": "Aturan", "kind": "Jenis", "status": "Status"},
                   defaults={"decimals": 0})),
    ]


def work():
    return [
        (12, series("Kondisi yang dicoba", "Events that were tried against a condition of a rule, the ten most tried.", "eps",
                    query(f"topk(10, sum by (rule) ({rate('kentongan_rule_evaluations_total', RULE)}))", "{{rule}}"))),
        (12, series("Kondisi yang cocok", "Conditions of a rule that an event satisfied, the ten most satisfied.", "eps",
                    query(f"topk(10, sum by (rule) ({rate('kentongan_rule_matches_total', RULE)}))", "{{rule}}"))),
    ]


def cost():
    tried = f"sum by (rule) ({rate('kentongan_rule_evaluations_total', RULE)})"
    every = f"sum({rate('kentongan_rule_evaluations_total')})"
    events = f"sum({rate('kentongan_events_total')})"
    return [
        (8, series("Bagian biaya per aturan",
                   "Share of all trials of conditions that a rule takes: the engine has no clock, so this stands for its cost.",
                   "percentunit", query(f"topk(10, {tried} / scalar({every} > 0))", "{{rule}}"), stack=True)),
        (8, series("Kondisi dicoba per laporan", "Trials of conditions for each event: what the index of rules leaves.", "none",
                   query(f"{every} / ({events} > 0)", "per laporan"))),
        (8, series("Waktu prosesor per laporan", "Processor time of the whole service for each event.", "s",
                   query(f"sum({rate('process_cpu_seconds_total')}) / ({events} > 0)", "per laporan"))),
    ]


def trouble():
    return [
        (8, series("Galat", "Conditions that could not be told, and weights that were none: a missing field, an overflow.",
                   "none", query(f"sum by (rule) (increase({select('kentongan_rule_errors_total', RULE)}[$__rate_interval]))"
                                 " > 0", "{{rule}}"), stack=True, links=[link("Kesehatan aliran", "kentongan-stream")])),
        (8, series("Terlambat untuk jendela", "Events that satisfied a rule too late for its windows.", "none",
                   query(f"sum by (rule) (increase({select('kentongan_rule_late_total', RULE)}[$__rate_interval])) > 0",
                         "{{rule}}"), stack=True)),
        (8, series("Dilupakan lebih awal", "Events and campaign entries that were forgotten early, to keep memory bounded.",
                   "none",
                   query(f"sum(increase({select('kentongan_rule_dropped_total', RULE)}[$__rate_interval]))", "laporan"),
                   query(f"sum(increase({select('kentongan_campaign_entries_dropped_total')}[$__rate_interval]))",
                         "kampanye"))),
    ]


def shadow():
    fired = f"sum by (rule) (increase({select('kentongan_rule_alerts_total', RULE)}[$__range]))"
    in_shadow = f"max by (rule) ({select('kentongan_rule_info', has('status', 'shadow'))})"
    return [
        (12, table("Aturan bayangan", "Rules in shadow, with the alerts that they would have given over the chosen time.",
                   "none", query(f"{fired} * on (rule) {in_shadow}", "Peringatan", instant=True, table=True),
                   rename={"rule": "Aturan"})),
        (12, series("Peringatan per aturan", "Alerts that fired, by rule, those in shadow included.", "none",
                    query(f"topk(10, sum by (rule) (increase({select('kentongan_rule_alerts_total', RULE)}"
                          "[$__rate_interval])))", "{{rule}}"), stack=True,
                    links=[link("Posko", "kentongan-posko")])),
    ]


def build():
    rows = [(4, state()), (12, overview()), "Kerja", (8, work()), "Biaya", (8, cost()), "Masalah", (8, trouble()),
            "Bayangan dan peringatan", (8, shadow())]
    return dashboard("kentongan-rules", "Kentongan: Aturan",
                     "Rules: what each tries, finds and costs, errors, and those in shadow.", rows, [RULES])
