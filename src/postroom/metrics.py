"""What the server counts about itself, for Prometheus at `/metrics`: plain numbers in each process, added up when somebody asks.

    metrics.connections.add("smtp")
    metrics.sync_seconds.observe(0.0002)

An addition costs about 0.1 us, an observation 0.3 us, and neither takes a lock: two threads adding to one number at the same
instant may lose one of them, which costs a figure and never a message. `snapshot()` is what one worker sends to another;
`exposition()` adds any number of them up, so that one `/metrics` answers for all workers.
"""

from __future__ import annotations

from bisect import bisect_left
from itertools import accumulate
from typing import TYPE_CHECKING, Literal

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator

    from prometheus_client.core import Metric

Snapshot = dict[str, dict[str, list[float]]]
"""Name of the metric -> label's value ("" without a label) -> numbers: one, or for a histogram a count a bucket and the sum. JSON-able."""

SECONDS = (0.0001, 0.00025, 0.0005, 0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1.0, 2.5, 5.0, 10.0)
COUNTS = (1.0, 2.0, 4.0, 8.0, 16.0, 32.0, 64.0, 128.0, 256.0, 512.0)


class Counter:
    """A number that only grows, one for each value of its label."""

    kind = "counter"
    __slots__ = ("label", "name", "text", "values")

    def __init__(self, name: str, text: str, label: str = "") -> None:
        self.name, self.text, self.label = name, text, label
        self.values: dict[str, float] = {}

    def add(self, label: str = "", amount: float = 1) -> None:
        """Count one, or the amount. The label's values must come from a small fixed set, never from a peer."""
        values = self.values
        if label in values:
            values[label] += amount
        else:
            values[label] = amount

    def numbers(self) -> dict[str, list[float]]:
        """Give what was counted so far."""
        return {label: [value] for label, value in self.values.copy().items()}


class Gauge:
    """A number that goes up and down. `total` tells how workers' numbers become one: their sum, or the greatest."""

    kind = "gauge"
    __slots__ = ("label", "name", "source", "text", "total", "values")

    def __init__(self, name: str, text: str, label: str = "", *, total: Literal["sum", "max"] = "sum") -> None:
        self.name, self.text, self.label, self.total = name, text, label, total
        self.values: dict[str, float] = {}
        self.source: Callable[[], dict[str, float]] | None = None

    def set(self, value: float, label: str = "") -> None:
        """Note the number as it is now."""
        self.values[label] = value

    def numbers(self) -> dict[str, list[float]]:
        """Give the numbers noted, or what `source` (set by the owner of the number, asked only here) says now."""
        values = self.values.copy() if self.source is None else self.source()
        return {label: [value] for label, value in values.items()}


class Histogram:
    """How observations spread over buckets; each bound belongs to its bucket."""

    kind = "histogram"
    __slots__ = ("bounds", "label", "name", "text", "values")

    def __init__(self, name: str, text: str, bounds: tuple[float, ...], label: str = "") -> None:
        self.name, self.text, self.bounds, self.label = name, text, bounds, label
        self.values: dict[str, list[float]] = {}

    def observe(self, value: float, label: str = "") -> None:
        """Count the value in its bucket."""
        row = self.values.get(label)
        if row is None:
            row = self.values[label] = [0] * (len(self.bounds) + 2)  # the last but one has no bound, the last is the sum
        row[bisect_left(self.bounds, value)] += 1
        row[-1] += value

    def numbers(self) -> dict[str, list[float]]:
        """Give the buckets' counts and the sum."""
        return {label: row.copy() for label, row in self.values.copy().items()}


# Each metric once; docs/guide/metrics.md lists them from here.
connections = Counter("postroom_connections", "Connections accepted.", "protocol")
connections_refused = Counter("postroom_connections_refused", "Connections turned away at once, by a limit or a ban.", "protocol")
connections_open = Gauge("postroom_connections_open", "Connections open now.", "protocol")
commands = Counter("postroom_commands", "Commands of clients answered, well or not.", "protocol")
command_errors = Counter("postroom_command_errors", "Commands refused: unknown, malformed, not now.", "protocol")
logins = Counter("postroom_logins", "Logins that succeeded.", "protocol")
login_failures = Counter("postroom_login_failures", "Logins that failed.", "protocol")
messages_accepted = Counter("postroom_messages_accepted", "Messages acknowledged to their sender.", "protocol")
messages_refused = Counter("postroom_messages_refused", "Messages refused after their content had come.", "protocol")
recipients_refused = Counter("postroom_recipients_refused", "Recipients refused before any content.", "protocol")
deliveries = Counter("postroom_deliveries", "Copies of messages put into mailboxes.")
accept_seconds = Histogram("postroom_accept_seconds", "Time from the end of a message's content to its acknowledgement, in seconds.", SECONDS)
commit_batch = Histogram("postroom_commit_batch", "Transactions that one commit made durable together.", COUNTS)
sync_seconds = Histogram("postroom_sync_seconds", "Time of a commit's sync to the disk, in seconds.", SECONDS)
wal_bytes = Gauge("postroom_wal_bytes", "Size of the write-ahead logs of all shards, in bytes.", total="max")
queue_depth = Gauge("postroom_queue_depth", "Messages waiting to be sent.", total="max")
tries = Counter("postroom_tries", "Recipients that tries to send ended with, by what became of them: sent, waiting, failed.", "state")
reports = Counter("postroom_reports", "Reports made to senders, by kind: failed, delayed, success.", "kind")
queue_window_seconds = Histogram("postroom_queue_window_seconds", "Time from a server's answer to the commit that remembers it, in seconds.", SECONDS)
script_events = Counter("postroom_script_events", "Events whose script was run.", "event")
script_errors = Counter("postroom_script_errors", "Scripts of events that ended with an error.", "event")
scripts_lost = Counter("postroom_scripts_lost", "Scripts of events that did not end by themselves: their process was ended, or fell.", "event")
script_seconds = Histogram("postroom_script_seconds", "Time that the script of an event took, in seconds.", SECONDS)
log_lines_dropped = Gauge("postroom_log_lines_dropped", "Log lines lost because they came faster than they could be written.")

ALL: dict[str, Counter | Gauge | Histogram] = {
    metric.name: metric for metric in list(globals().values()) if isinstance(metric, Counter | Gauge | Histogram)
}


def snapshot() -> Snapshot:
    """Give all numbers of this process, for `exposition` here or in another process."""
    return {name: metric.numbers() for name, metric in ALL.items()}


def exposition(snapshots: Iterable[Snapshot]) -> bytes:
    """Add up the snapshots of all workers and render them in Prometheus's text format (version 0.0.4)."""
    from prometheus_client import CollectorRegistry, generate_latest  # noqa: PLC0415 - 70 ms that only `/metrics` should pay

    registry = CollectorRegistry(auto_describe=False)
    registry.register(_Collected(list(snapshots)))
    return generate_latest(registry)


def sums(snapshots: Iterable[Snapshot]) -> dict[str, float]:
    """Add up the snapshots of all workers: each number by its name and labels as `exposition` writes them."""
    samples = (sample for family in _Collected(list(snapshots)).collect() for sample in family.samples)
    return {_named(sample.name, sample.labels): sample.value for sample in samples}


def _named(name: str, labels: dict[str, str]) -> str:
    return name + ("{" + ",".join(f'{label}="{value}"' for label, value in labels.items()) + "}" if labels else "")


class _Collected:
    """The sums of some snapshots, as prometheus-client asks for them."""

    def __init__(self, snapshots: list[Snapshot]) -> None:
        self._snapshots = snapshots

    def collect(self) -> Iterator[Metric]:
        for name, metric in ALL.items():
            yield _family(metric, _summed(metric, [snapshot.get(name, {}) for snapshot in self._snapshots]))


def _summed(metric: Counter | Gauge | Histogram, parts: list[dict[str, list[float]]]) -> dict[str, list[float]]:
    join = max if isinstance(metric, Gauge) and metric.total == "max" else sum
    labels = sorted({label for part in parts for label in part})
    return {label: [join(column) for column in zip(*(part[label] for part in parts if label in part), strict=True)] for label in labels}


def _family(metric: Counter | Gauge | Histogram, sums: dict[str, list[float]]) -> Metric:
    from prometheus_client import core  # noqa: PLC0415 - as above

    names = [metric.label] if metric.label else []
    if not sums and not metric.label:
        sums = {"": [0.0] * (len(metric.bounds) + 2 if isinstance(metric, Histogram) else 1)}
    if isinstance(metric, Histogram):
        buckets = core.HistogramMetricFamily(metric.name, metric.text, labels=names)
        bounds = [*map(str, metric.bounds), "+Inf"]
        for label, row in sums.items():
            buckets.add_metric([label] if names else [], list(zip(bounds, accumulate(row[:-1]), strict=True)), row[-1])
        return buckets
    family = core.CounterMetricFamily if isinstance(metric, Counter) else core.GaugeMetricFamily
    numbers = family(metric.name, metric.text, labels=names)
    for label, (value,) in sums.items():
        numbers.add_metric([label] if names else [], value)
    return numbers
