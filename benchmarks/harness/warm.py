# SPDX-License-Identifier: Apache-2.0
"""What an event costs once all is warm: a replay of the whole file less one of its first half. The start of the program,
the reading of rules and reference data and the first growth of its memory are in both, and in neither's difference."""
from . import measured, reports


def per_event(rules, events, count, runs, *more, reference=measured.REFERENCE):
    """Microseconds of CPU an event of the second half, a value a run; and the peak memory of the whole, in MiB."""
    half = reports.first_lines(events, count // 2)
    values, peak = [], 0.0
    for _ in range(runs):
        first = measured.cost(measured.replay(rules, half, *more, reference=reference))
        whole = measured.cost(measured.replay(rules, events, *more, reference=reference))
        values.append(1e6 * (whole.cpu - first.cpu) / (count - count // 2))
        peak = max(peak, whole.peak_mib)
    return values, peak


def per_kib(rules, events, count, runs, *more):
    """The same for each KiB of input, where events are of very different size."""
    half = reports.first_lines(events, count // 2)
    kib = (reports.size_of(events) - reports.size_of(half)) / 1024
    values, peak = per_event(rules, events, count, runs, *more)
    return [value * (count - count // 2) / kib for value in values], peak
