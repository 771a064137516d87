# SPDX-License-Identifier: Apache-2.0
"""Stream health: whether the service does its work."""

from dashboard import dashboard
from panels import (ALERTS_LINK, good_below, link, quantile, query, rate, select, series, stat, steps, table)

OF_JOB = '{job="$job"}'


def at_a_glance():
    return [
        (3, stat("Proses hidup", "Processes that Prometheus could read just now.", "none",
                 query('sum(up{job="$job"})', "hidup", instant=True), thresholds=steps(("red", None), ("green", 1)))),
        (3, stat("Detak", "Time since the stream last went round in the slowest process.", "s",
                 query(f"max(time() - {select('kentongan_heartbeat_timestamp_seconds')})", "detak", instant=True),
                 thresholds=good_below(15, 60))),
        (3, stat("Tanpa kemajuan", "How long a worker has made no progress.", "s",
                 query(f"max({select('kentongan_stalled_seconds')})", "macet", instant=True),
                 thresholds=good_below(5, 30))),
        (4, stat("Menunggu", "Records that are stored and not yet applied.", "none",
                 query(f"sum({select('kentongan_consumer_lag_records')})", "catatan"), graph="area",
                 thresholds=good_below(1000, 20000))),
        (4, stat("Lebih lambat dari 5 s, 1 jam",
                 "Share of the events of an hour that took longer than 5 s to the commit of their effects; the objective "
                 "allows 1 %.", "percentunit",
                 query("job:kentongan_event_to_alert_slow:ratio_rate1h" + OF_JOB, "lambat", instant=True),
                 thresholds=good_below(0.01, 0.06))),
        (4, stat("Peringatan tentang aliran", "Alerts of Prometheus about the service that fire now.", "none",
                 query('count(ALERTS{alertname=~"Kentongan.+", alertstate="firing"}) or vector(0)', "menyala", instant=True),
                 thresholds=good_below(1, 3), links=[ALERTS_LINK])),
        (3, stat("Partisi", "Partitions of Kafka that the processes work on; 0 with the embedded journal.", "none",
                 query(f"sum({select('kentongan_partitions')})", "partisi", instant=True))),
    ]


def flow():
    return [
        (12, series("Laporan per detik menurut hasil", "Events read, by what became of them.", "eps",
                    query(f"sum by (verdict) ({rate('kentongan_events_total')})", "{{verdict}}"), stack=True,
                    links=[link("Aturan", "kentongan-rules")])),
        (12, series("Laporan per detik menurut jenis", "Events read, by type.", "eps",
                    query(f"sum by (type) ({rate('kentongan_events_total')})", "{{type}}"), stack=True)),
    ]


def refused():
    return [
        (8, series("Disisihkan (dead letter)", "Events put aside, by reason; `kentongan deadletter list` shows them.", "eps",
                   query(f"sum by (reason) ({rate('kentongan_dead_letters_total')}) > 0", "{{reason}}"), stack=True)),
        (8, series("Ditolak di pintu HTTP", "Events that the HTTP door refused and answered, by reason.", "eps",
                   query(f"sum by (reason) ({rate('kentongan_http_rejected_total')}) > 0", "{{reason}}"), stack=True)),
        (8, series("Terlambat", "Share of late events: they score, and count in no window.", "percentunit",
                   query("job:kentongan_events_late:ratio_rate30m" + OF_JOB, "terlambat"))),
    ]


def in_time():
    return [
        (8, series("Dari laporan sampai peringatan",
                   "Time from storing an event to the commit of what it brings about, alerts included.", "s",
                   query(quantile(0.5, "kentongan_event_to_alert_seconds"), "median"),
                   query(quantile(0.99, "kentongan_event_to_alert_seconds"), "p99"))),
        (8, series("Ketertinggalan", "Records that wait, by process.", "none",
                   query(f"sum by (instance) ({select('kentongan_consumer_lag_records')})", "{{instance}}"))),
        (8, series("Usia ketertinggalan", "Age of the input applied last while others wait; 0 with the embedded journal.", "s",
                   query(f"max by (instance) ({select('kentongan_consumer_lag_seconds')})", "{{instance}}"))),
    ]


def commits():
    mean = (f"sum({rate('kentongan_commit_records_sum')}) / (sum({rate('kentongan_commit_records_count')}) > 0)")
    return [
        (8, series("Lama commit", "Time to commit a batch with its effects.", "s",
                   query(quantile(0.5, "kentongan_commit_duration_seconds"), "median"),
                   query(quantile(0.99, "kentongan_commit_duration_seconds"), "p99"))),
        (8, series("Catatan per commit", "Input records in a committed batch, on average.", "none",
                   query(mean, "rata-rata"))),
        (8, series("Commit gagal", "Failures after which the state was restored and inputs were read again.", "none",
                   query(f"sum by (instance) (increase({select('kentongan_commit_failures_total')}[$__rate_interval]))",
                         "{{instance}}"))),
    ]


def restores():
    return [
        (6, series("Lama pemulihan terakhir", "Time that the last restore of state took.", "s",
                   query(f"max by (instance) ({select('kentongan_restore_duration_seconds')})", "{{instance}}"))),
        (6, series("Catatan pemulihan", "Records read by the restore that runs, or ran last; 0 with the embedded journal.",
                   "none", query(f"max by (instance) ({select('kentongan_restore_records')})", "{{instance}}"))),
        (6, series("Keterlambatan jawaban", "Outputs that answers to readers lack yet; 0 with the embedded journal.", "none",
                   query(f"max by (instance) ({select('kentongan_read_model_lag_records')})", "{{instance}}"))),
        (6, table("Versi program", "What each process was built from.", "none",
                  query(f"sum by (instance, version, commit, compiler) ({select('kentongan_build_info')})", "Proses",
                        instant=True, table=True),
                  rename={"version": "Versi", "commit": "Commit", "compiler": "Kompilator"})),
    ]


def http():
    return [
        (8, series("Permintaan HTTP", "Requests answered, by status.", "reqps",
                   query(f"sum by (code) ({rate('kentongan_http_requests_total')})", "{{code}}"), stack=True)),
        (8, series("Lama permintaan (p99)", "Time from the whole header of a request to its whole answer, by route.", "s",
                   query(quantile(0.99, "kentongan_http_request_duration_seconds", "route"), "{{route}}"))),
        (8, series("Sambungan HTTP", "Connections open now; 1,024 are served.", "none",
                   query(f"sum by (instance) ({select('kentongan_http_connections')})", "{{instance}}"))),
    ]


def machine():
    return [
        (8, series("Prosesor", "Processor time spent each second; 1 is a whole core.", "none",
                   query(f"sum by (instance) ({rate('process_cpu_seconds_total')})", "{{instance}}"))),
        (8, series("Memori", "Resident memory of the process.", "bytes",
                   query(f"sum by (instance) ({select('process_resident_memory_bytes')})", "{{instance}}"))),
        (8, series("Berkas terbuka", "Share of the file descriptors that are open.", "percentunit",
                   query(f"{select('process_open_fds')} / {select('process_max_fds')}", "{{instance}}"))),
    ]


def alerts():
    return [
        (24, table("Peringatan Prometheus yang menyala",
                   "Alerts about the service that fire or are about to; docs/runbooks has a page for each.", "none",
                   query('sum by (alertname, alertstate, severity, instance) (ALERTS{alertname=~"Kentongan.+"})',
                         "Jumlah", instant=True, table=True),
                   rename={"alertname": "Peringatan", "alertstate": "Keadaan", "severity": "Tindakan"},
                   links=[ALERTS_LINK])),
    ]


def build():
    rows = [(4, at_a_glance()), "Masukan", (8, flow()), (7, refused()), "Tepat waktu", (8, in_time()), (7, commits()),
            "Pemulihan", (6, restores()), "HTTP dan mesin", (7, http()), (7, machine()), "Peringatan", (7, alerts())]
    return dashboard("kentongan-stream", "Kentongan: Kesehatan aliran",
                     "Stream health: whether events come, are applied and committed, and how fast.", rows)
