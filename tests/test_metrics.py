import json

import pytest

from postroom import metrics
from postroom.metrics import Counter, Gauge, Histogram, exposition, snapshot


@pytest.fixture(autouse=True)
def fresh(monkeypatch: pytest.MonkeyPatch) -> None:
    """Three metrics of our own in the place of the server's."""
    seen = Counter("seen", "Seen.", "protocol")
    waiting = Gauge("waiting", "Waiting.")
    largest = Gauge("largest", "Largest.", total="max")
    spent = Histogram("spent_seconds", "Spent.", (0.1, 1.0))
    monkeypatch.setattr(metrics, "ALL", {metric.name: metric for metric in (seen, waiting, largest, spent)})


def counter() -> Counter:
    metric = metrics.ALL["seen"]
    assert isinstance(metric, Counter)
    return metric


def gauge(name: str) -> Gauge:
    metric = metrics.ALL[name]
    assert isinstance(metric, Gauge)
    return metric


def histogram() -> Histogram:
    metric = metrics.ALL["spent_seconds"]
    assert isinstance(metric, Histogram)
    return metric


def lines(*snapshots: metrics.Snapshot) -> list[str]:
    return exposition(snapshots).decode().splitlines()


def test_a_counter_counts_for_each_value_of_its_label() -> None:
    counter().add("smtp")
    counter().add("smtp", 2)
    counter().add("imap")
    text = lines(snapshot())
    assert 'seen_total{protocol="smtp"} 3.0' in text
    assert 'seen_total{protocol="imap"} 1.0' in text


def test_a_value_on_a_bound_belongs_to_its_bucket_and_buckets_accumulate() -> None:
    for value in (0.05, 0.1, 0.5, 7):
        histogram().observe(value)
    text = lines(snapshot())
    assert 'spent_seconds_bucket{le="0.1"} 2.0' in text
    assert 'spent_seconds_bucket{le="1.0"} 3.0' in text
    assert 'spent_seconds_bucket{le="+Inf"} 4.0' in text
    assert "spent_seconds_count 4.0" in text
    assert "spent_seconds_sum 7.65" in text


def test_one_answer_adds_up_all_workers() -> None:
    counter().add("smtp")
    gauge("waiting").set(3)
    gauge("largest").set(5)
    histogram().observe(0.5)
    one = snapshot()
    counter().add("imap")
    gauge("largest").set(2)
    other = json.loads(json.dumps(snapshot()))  # as it travels between processes
    text = lines(one, other)
    assert 'seen_total{protocol="smtp"} 2.0' in text
    assert 'seen_total{protocol="imap"} 1.0' in text
    assert "waiting 6.0" in text
    assert "largest 5.0" in text
    assert "spent_seconds_count 2.0" in text


def test_a_gauge_with_a_source_asks_only_when_somebody_reads() -> None:
    asked: list[str] = []

    def depth() -> dict[str, float]:
        asked.append("")
        return {"": 9}

    gauge("waiting").source = depth
    gauge("waiting").set(4)
    assert not asked
    assert "waiting 9.0" in lines(snapshot())


def test_what_never_happened_is_shown_as_zero() -> None:
    text = lines(snapshot())
    assert "waiting 0.0" in text
    assert "spent_seconds_count 0.0" in text


def test_a_snapshot_is_a_copy() -> None:
    histogram().observe(0.5)
    counter().add("smtp")
    before = snapshot()
    histogram().observe(0.5)
    counter().add("smtp")
    assert before["spent_seconds"] == {"": [0, 1, 0, 0.5]}
    assert before["seen"] == {"smtp": [1]}


def test_a_worker_of_another_version_may_not_know_every_metric() -> None:
    assert "waiting 0.0" in lines({"of_old": {"": [1.0]}})
