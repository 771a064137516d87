# SPDX-License-Identifier: Apache-2.0
"""Posko: what the city looks like now."""

from dashboard import dashboard
from panels import (ALERTS_LINK, good_below, LEVEL_NUMBERS, bars, by_name, has, lacks, level_overrides, like, link,
                    panel, quantile, query, select, series, stat, steps, table)

INFO = f"max by (area, name, district, lat, lon) ({select('kentongan_area_info', like('district', '$district'))})"
WITH_NAMES = "* on (area) group_left (name, district, lat, lon) " + INFO
LEVEL = f"max by (area) ({select('kentongan_area_level')})"
CLOCK = f"max({select('kentongan_clock_timestamp_seconds')})"
RISK = f"max by (area) ({select('kentongan_area_risk')})"
LEVEL_STEPS = steps(("green", None), ("yellow", 1), ("orange", 2), ("red", 3))

DISTRICT = {
    "type": "query",
    "name": "district",
    "label": "Kecamatan",
    "description": "Kecamatan with kelurahan above aman; the map and tables show only these",
    "datasource": {"type": "prometheus", "uid": "${datasource}"},
    "query": {"query": 'label_values(kentongan_area_info{job="$job"}, district)', "refId": "district"},
    "definition": 'label_values(kentongan_area_info{job="$job"}, district)',
    "refresh": 2,
    "sort": 1,
    "multi": True,
    "includeAll": True,
    "allValue": ".*",
    "current": {"text": ["All"], "value": ["$__all"]},
    "options": [],
    "hide": 0,
    "skipUrlSync": False,
}
LOGISTICS = {
    "type": "textbox",
    "name": "logistics",
    "label": "Aturan logistik",
    "description": "Which rules are about logistics, as a regular expression of their ids",
    "query": "consignment.*|.*seal.*|.*storage.*|.*logistics.*|material-store.*",
    "current": {
        "text": "consignment.*|.*seal.*|.*storage.*|.*logistics.*|material-store.*",
        "value": "consignment.*|.*seal.*|.*storage.*|.*logistics.*|material-store.*",
    },
    "options": [],
    "hide": 0,
    "skipUrlSync": False,
}


def map_of_levels():
    layer = {
        "type": "markers",
        "name": "Kelurahan",
        "tooltip": True,
        "location": {"mode": "coords", "latitude": "lat", "longitude": "lon"},
        "config": {
            "showLegend": True,
            "style": {
                "color": {"field": "Tingkat", "fixed": "dark-green"},
                "size": {"field": "Tingkat", "fixed": 8, "min": 8, "max": 22},
                "symbol": {"mode": "fixed", "fixed": "img/icons/marker/circle.svg"},
                "opacity": 0.7,
                "text": {"mode": "field", "field": "name", "fixed": ""},
                "textConfig": {"fontSize": 11, "offsetX": 0, "offsetY": 18, "textAlign": "center"},
            },
        },
    }
    to_numbers = [{"targetField": field, "destinationType": "number"} for field in ("lat", "lon")]
    return panel(
        "geomap",
        "Peta tingkat kewaspadaan",
        "Kelurahan above aman at their label points, by level; the rest of the city is aman. At most "
        "kentongan_area_series_max kelurahan have a series.",
        "none",
        [query(f"{LEVEL} {WITH_NAMES}", "Tingkat", instant=True, table=True)],
        thresholds=LEVEL_STEPS,
        mappings=LEVEL_NUMBERS,
        options={
            "view": {"id": "fit", "lat": -7.98, "lon": 112.63, "zoom": 12, "allLayers": True, "padding": 20},
            "basemap": {"type": "default", "name": "Peta dasar", "config": {}},
            "layers": [layer],
            "controls": {"showZoom": True, "showAttribution": True, "mouseWheelZoom": False},
            "tooltip": {"mode": "details"},
        },
        transformations=[
            {"id": "convertFieldType", "options": {"fields": {}, "conversions": to_numbers}},
            {"id": "organize", "options": {"excludeByName": {"Time": True}, "renameByName": {"Value": "Tingkat"}}},
        ],
        links=[link("Duty: siapa yang bertugas", "kentongan-duty")],
    )


def build():
    top = [
        (4, stat("Hari menuju pemungutan suara",
                 "Days until the nearest voting that is still to come, by the clock of the city that is furthest.",
                 "d", query(f"clamp_min(ceil((min({select('kentongan_voting_timestamp_seconds')}) - {CLOCK}) / 86400), 0)", "hari",
                       instant=True))),
        (4, stat("Tahapan berjalan",
                 "Stages of the election that run now, with the days that they still have behind today.",
                 "d", query(f"floor((max by (stage) ({select('kentongan_stage_end_timestamp_seconds')}) - on () group_left () {CLOCK}) "
                       "/ 86400)", "{{stage}}", instant=True),
                 text="value_and_name")),
        (5, stat("Jam kota", "The clock of the city that is furthest: in service the time, in a replay that of its events.",
                 "dateTimeAsIso", query(f"{CLOCK} * 1000", "jam", instant=True))),
        (7, stat("Peringatan terbuka", "Alerts that nobody has closed, by level.", "none",
                 query(f"sum by (level) ({select('kentongan_alerts_open')})", "{{level}}"),
                 overrides=level_overrides(), graph="area", links=[link("Duty", "kentongan-duty"), ALERTS_LINK])),
        (4, stat("Gejala sampai peringatan",
                 "Median event time from the first event behind an alert to its firing, over the chosen time.", "s",
                 query(f"histogram_quantile(0.5, sum by (le) (increase("
                       f"{select('kentongan_symptom_to_alert_seconds_bucket')}[$__range])))", "median", instant=True))),
    ]
    areas = [
        (12, map_of_levels()),
        (12, table("Kelurahan di atas aman",
                   "Kelurahan above aman with their level and their score, which halves with time.", "none",
                   query(f"{LEVEL} {WITH_NAMES}", "Tingkat", instant=True, table=True),
                   query(f"{RISK} {WITH_NAMES}", "Skor", instant=True, table=True),
                   joined="area", hide=("lat", "lon"), mappings=[],
                   rename={"area": "Kode", "name": "Kelurahan", "district": "Kecamatan"},
                   overrides=[by_name("Tingkat", mappings=LEVEL_NUMBERS, thresholds=LEVEL_STEPS, color={"mode": "thresholds"},
                                      custom__cellOptions={"type": "color-background", "mode": "basic"}),
                              by_name("Skor", decimals=1)])),
    ]
    trends = [
        (12, series("Skor risiko tertinggi", "The ten kelurahan with the highest score, over time.", "none",
                    query(f"topk(10, {RISK}) * on (area) group_left (name) max by (area, name) ("
                          f"{select('kentongan_area_info', like('district', '$district'))})", "{{name}}"))),
        (12, series("Kelurahan menurut tingkat", "How many kelurahan are at each level above aman.", "none",
                    query(f"sum by (level) ({select('kentongan_areas', lacks('level', 'aman'))})", "{{level}}"),
                    stack=True, overrides=level_overrides())),
    ]
    alerts = [
        (12, series("Peringatan baru", "Alerts that fired, by level.", "none",
                    query(f"sum by (level) (increase({select('kentongan_alerts_total', has('step', 'fired'))}[$__rate_interval]))",
                          "{{level}}"), stack=True, overrides=level_overrides())),
        (12, table("Peringatan terbuka menurut aturan", "Rules with alerts that are not closed, and how many.", "none",
                   query(f"sort_desc(sum by (rule) ({select('kentongan_rule_alerts_open')}) > 0)", "Terbuka", instant=True,
                         table=True),
                   rename={"rule": "Aturan"}, links=[link("Rules", "kentongan-rules")])),
    ]
    ahead = [
        (8, bars("Bentrok jadwal tujuh hari ke depan",
                 "Open alerts about two campaign entries that meet, by days from today; 0 is today.", "none",
                 query(f"sum by (days) ({select('kentongan_clashes_ahead')})", "H+{{days}}", instant=True),
                 thresholds=good_below(1, 3))),
        (8, bars("Kampanye tujuh hari ke depan", "Campaign entries that begin so many days from today.", "none",
                 query(f"sum by (days) ({select('kentongan_campaign_entries_ahead')})", "H+{{days}}", instant=True))),
        (8, bars("Logistik menurut langkah", "Consignments by the last step that is known of them.", "none",
                 query(f"sum by (step) ({select('kentongan_consignments')})", "{{step}}", instant=True))),
    ]
    logistics = [
        (12, series("Peringatan logistik terbuka", "Alerts of rules about logistics that are not closed.", "none",
                    query(f"sum by (rule) ({select('kentongan_rule_alerts_open', like('rule', '$logistics'))})", "{{rule}}"),
                    stack=True)),
        (12, series("Waktu gejala sampai peringatan",
                    "Event time from the first event behind an alert to its firing: median and the slowest tenth.", "s",
                    query(quantile(0.5, "kentongan_symptom_to_alert_seconds"), "median"),
                    query(quantile(0.9, "kentongan_symptom_to_alert_seconds"), "p90"))),
    ]
    rows = [(4, top), (14, areas), (8, trends), "Peringatan", (8, alerts), "Hari-hari ke depan", (7, ahead), (8, logistics)]
    return dashboard("kentongan-posko", "Kentongan: Posko",
                     "What the city looks like now: levels, alerts, clashes to come, logistics and the election's stage.",
                     rows, [DISTRICT, LOGISTICS], since="now-24h")
