# SPDX-License-Identifier: Apache-2.0
"""Duty: whether people are told, and what they do."""

from dashboard import dashboard, variable
from panels import (ALERTS_LINK, good_below, by_name, has, level_overrides, link, quantile, query, rate, select, series,
                    stat, table)

CHANNEL = 'channel=~"$channel"'
CHANNELS = variable("channel", "Kanal", "Channels by their names",
                    'label_values(kentongan_deliveries_total{job="$job"}, channel)')


def fired(step):
    return select("kentongan_alerts_total", f'step="{step}"')


def at_a_glance():
    return [
        (6, stat("Belum ditanggapi", "Alerts that nobody has acknowledged, by level.", "none",
                 query(f"sum by (level) ({select('kentongan_alerts_open', has('state', 'firing'))})", "{{level}}"),
                 overrides=level_overrides(), graph="area", links=[link("Posko", "kentongan-posko"), ALERTS_LINK])),
        (6, stat("Sedang ditangani", "Alerts that somebody has acknowledged and nobody has closed, by level.", "none",
                 query(f"sum by (level) ({select('kentongan_alerts_open', has('state', 'acknowledged'))})", "{{level}}"),
                 overrides=level_overrides())),
        (4, stat("Eskalasi", "Times that an alert went to the next tier because nobody answered, over the chosen time.", "none",
                 query(f"sum(increase({fired('escalated')}[$__range]))", "eskalasi", instant=True))),
        (4, stat("Menunggu dikirim", "Messages that wait for their channel.", "none",
                 query(f"sum({select('kentongan_deliveries_waiting', CHANNEL)})", "pesan", instant=True),
                 thresholds=good_below(20, 200))),
        (4, stat("Jeda pemberitahuan", "Age of the oldest step of an alert that nobody was told of yet.", "s",
                 query(f"max({select('kentongan_notify_lag_seconds')})", "jeda", instant=True),
                 thresholds=good_below(10, 60))),
    ]


def answers():
    def times(name, metric, what):
        return series(name, f"{what}: median and the slowest tenth, by level.", "s",
                      query(quantile(0.5, metric, "level"), "{{level}} median"),
                      query(quantile(0.9, metric, "level"), "{{level}} p90"))

    return [
        (12, times("Waktu sampai ditanggapi", "kentongan_alert_acknowledge_seconds", "Time from firing to acknowledgement")),
        (12, times("Waktu sampai selesai", "kentongan_alert_resolve_seconds", "Time from firing to the end")),
    ]


def steps_of_life():
    return [
        (12, series("Langkah peringatan", "Steps in the lives of alerts: fired, acknowledged, escalated, resolved and so on.",
                    "none", query(f"sum by (step) (increase({select('kentongan_alerts_total')}[$__rate_interval])) > 0",
                                  "{{step}}"), stack=True)),
        (12, series("Eskalasi menurut tingkat", "Alerts that went to the next tier, by level.", "none",
                    query(f"sum by (level) (increase({fired('escalated')}[$__rate_interval]))", "{{level}}"), stack=True,
                    overrides=level_overrides())),
    ]


def deliveries():
    share = 'job_channel:kentongan_deliveries_failed:ratio_rate15m{job="$job", channel=~"$channel"}'
    return [
        (8, series("Pesan menurut kanal dan hasil", "Messages by channel and what became of them.", "none",
                   query(f"sum by (channel, outcome) (increase({select('kentongan_deliveries_total', CHANNEL)}"
                         "[$__rate_interval]))", "{{channel}} {{outcome}}"), stack=True)),
        (8, series("Pesan gagal", "Share of the messages of a channel that failed for good, over a quarter of an hour.",
                   "percentunit", query(share, "{{channel}}"))),
        (8, series("Lama pengiriman (p95)", "Time that a try took, by channel.", "s",
                   query(quantile(0.95, "kentongan_delivery_duration_seconds", "channel", CHANNEL), "{{channel}}"))),
    ]


def channels():
    return [
        (8, series("Menunggu menurut kanal", "Messages that wait for their channel.", "none",
                   query(f"sum by (channel) ({select('kentongan_deliveries_waiting', CHANNEL)})", "{{channel}}"))),
        (8, table("Kanal", "Whether a channel rests after failures (its circuit breaker is open).", "none",
                  query(f"max by (channel) ({select('kentongan_channel_open', CHANNEL)})", "Istirahat", instant=True, table=True),
                  rename={"channel": "Kanal"},
                  overrides=[by_name("Istirahat", mappings=[{
                      "type": "value", "options": {"0": {"text": "jalan", "color": "green", "index": 0},
                                                   "1": {"text": "istirahat", "color": "red", "index": 1}}}])])),
        (8, series("Tanda hidup", "Heartbeats to the watcher outside, by outcome.", "none",
                   query(f"sum by (outcome) ({rate('kentongan_heartbeats_total')}) * 60", "{{outcome}} per menit"))),
    ]


def build():
    rows = [(5, at_a_glance()), "Tanggapan", (8, answers()), (8, steps_of_life()), "Pengiriman", (8, deliveries()),
            (8, channels())]
    return dashboard("kentongan-duty", "Kentongan: Piket",
                     "Duty: how fast officers answer, escalations, and whether messages arrive.", rows, [CHANNELS])
