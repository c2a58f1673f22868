"""The arithmetic of medians, ratios and bars: python -m unittest test_summary.py"""
import sys
import unittest
from pathlib import Path
from unittest import mock

sys.path.insert(0, str(Path(__file__).resolve().parent))
import bench
import parts
import report
import summary
from workloads import GROWTH_FROM, multiplications


def measures(*medians, first=1):
    return [{"round": first + n, "median": m, "low": m / 2, "high": m * 2, "bytes": 0, "mean bytes": 0, "allocating": 0,
             "steps": 9, "collections": 0, "collecting": 0}
            for n, m in enumerate(medians)]


class Summary(unittest.TestCase):
    def test_median_of_medians_and_of_quartiles(self):
        self.assertEqual(summary.spread(measures(9, 1, 4)), {"low": 2, "median": 4, "high": 8})
        self.assertEqual(summary.middle(measures(1, 4)), 2.5)

    def test_a_ratio_is_made_round_by_round(self):
        # The machine was ten times slower in round 2, for both: each round still says 2, 3 or 4.
        self.assertEqual(summary.ratio(measures(1, 10, 1), measures(2, 30, 4)), {"low": 2, "median": 3, "high": 4})

    def test_a_round_that_one_side_missed_does_not_count(self):
        self.assertEqual(summary.ratio(measures(1, 2), measures(6, 100, first=2)), {"low": 3, "median": 3, "high": 3})
        self.assertIsNone(summary.ratio(measures(1), measures(6, first=2)))

    def test_the_first_round_decides_which_threads_are_kept(self):
        self.assertEqual(summary.fastest({"torch f64 1": measures(3), "torch f64 2": measures(2, 9)}), "torch f64 2")
        self.assertIsNone(summary.fastest({}))

    def test_geometric_mean(self):
        self.assertAlmostEqual(summary.geometric_mean([1, 2, 4]), 2)


class Report(unittest.TestCase):
    CELLS = {"S1 rnn": {"ours": measures(1, 1), "torch f64 1": measures(2), "torch f64 2": measures(1.5, 5)},
             "S4 rnn": {"ours": measures(4, 4), "torch f64 1": measures(2, 2), "torch f64 2": measures(3)}}

    def test_the_peer_has_its_faster_threads(self):
        self.assertEqual(report.step_ratios(self.CELLS, "f64"), {"S1 rnn": 3.25, "S4 rnn": 0.5})
        self.assertEqual(report.step_ratios(self.CELLS, "f32"), {})

    def test_bars_are_met_missed_or_not_measured(self):
        _, bars = report.steps({"cells": self.CELLS})
        self.assertRegex(bars[0], r"^- \*\*missed\*\*.*missed by 1 of 2: S4 rnn 0.500\.$")
        self.assertRegex(bars[1], r"^- \*\*met\*\*.*S1 rnn 3.25\.$")
        self.assertRegex(bars[2], "^- not measured")
        self.assertRegex(bars[3], r"^- \*\*met\*\*")

    def test_a_process_that_is_slow_only_because_the_machine_is_meets_it(self):
        fresh, standing = [mock.Mock(turn=mock.Mock(side_effect=[{"low": low, "mean bytes": 8} for low in lows])) for lows in ([2, 4, 9, 2, 2], [2, 4, 4, 2, 2])]
        self.assertEqual({"low": 2, "beside": 1.0, "mean bytes": 8}, parts.beside(fresh, standing))
        fresh.end.assert_called_once()
        standing.end.assert_not_called()

    def test_one_slow_process_in_twenty_misses_its_bar(self):
        def beside(*ratios):
            return [{"round": n, "low": 0.2, "beside": r, "mean bytes": 0} for n, r in enumerate(ratios)]
        even = {"S1 gru": {"ours": beside(*[1.0] * 19, 1.2), "ours f32": beside(*[0.9] * 20)}}
        self.assertIn("**met**", report.processes(even)[1][0])
        even["S1 gru"]["ours f32"][7]["beside"] *= 2
        self.assertIn("**missed**", report.processes(even)[1][0])

    def test_time_that_grows_as_the_arithmetic_has_growth_one(self):
        def time(**size):
            return measures(multiplications(**{**GROWTH_FROM, **size}) / 1e6)
        lines, bars = report.growth({"H": {"32": time(H=32), "64": time(H=64), "128": time(H=128)}})
        self.assertEqual([line.split("|")[-2].strip() for line in lines[-2:]], ["1.00", "1.00"])
        self.assertRegex(bars[0], r"\*\*met\*\*.*H 1.00")
        _, bars = report.growth({"T": {"16": measures(1), "32": measures(3)}, "B": {}})  # interrupted at the beginning of B
        self.assertRegex(bars[0], r"\*\*missed\*\*.*T 1.50")

    def test_the_readme_has_a_row_a_cell(self):
        facts = {"processor": "P", "cores": 2, "jdk": "17", "peers": {"torch": "2"}, "date": "today"}
        lines = report.readme({"facts": facts, "rounds": 2, "result": {"cells": self.CELLS}})
        row = [cell.strip() for cell in lines[2].strip("|").split("|")]
        self.assertEqual(row, ["S1 rnn", "1.00", "3.25", "-", "3.25 (1.50 .. 5.00)", "-", "-", "-", "-"])
        self.assertIn("PyTorch 2; today", lines[-1])

    def test_another_jdk_gets_its_own_measures_beside_those_of_the_peers(self):
        entry = {"facts": {"jdk": "17", "cores": 2}, "rounds": 1,
                 "result": {"cells": {"S1 rnn": {"ours": measures(1), "also": measures(2), "torch f64 1": measures(4)}}}}
        other = bench.divided(entry, {"jdk": "25"})
        self.assertEqual(other["facts"], {"jdk": "25", "cores": 2})
        self.assertEqual(other["result"]["cells"], {"S1 rnn": {"ours": measures(2), "torch f64 1": measures(4)}})
        self.assertEqual(entry["result"]["cells"], {"S1 rnn": {"ours": measures(1), "torch f64 1": measures(4)}})

    def test_three_digits(self):
        self.assertEqual([report.figure(v) for v in (0, 0.01234, 0.5, 1.234, 12.34, 123.4, 12345)],
                         ["0.00", "0.0123", "0.500", "1.23", "12.3", "123", "12345"])


if __name__ == "__main__":
    unittest.main()
