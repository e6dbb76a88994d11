package io.mcm.perf.report;

import io.mcm.perf.gate.Finding;
import java.util.ArrayList;
import java.util.List;

/**
 * A figure over stored runs, the oldest first.
 *
 * @param changes where it changed for good
 */
record Trend(String name, List<Point> points, List<Change> changes) {

    record Point(Run run, Finding finding) {}

    /**
     * @param first  index of the first point after it
     * @param factor median until the next change, or the end, as a multiple of that before
     */
    record Change(int first, double factor) {}

    static Trend of(String name, List<Run> runs) {
        List<Point> points = new ArrayList<>();
        runs.forEach(run -> run.findings().stream().filter(finding -> finding.name().equals(name))
            .forEach(finding -> points.add(new Point(run, finding))));
        return new Trend(name, points, changes(points));
    }

    private static List<Change> changes(List<Point> points) {
        List<Double> medians = points.stream().map(point -> point.finding().figure().median()).toList();
        List<Integer> bounds = new ArrayList<>(ChangePoints.of(medians));
        bounds.addFirst(0);
        bounds.add(medians.size());
        List<Change> changes = new ArrayList<>();
        for (int i = 1; i < bounds.size() - 1; i++) {
            double before = ChangePoints.median(medians.subList(bounds.get(i - 1), bounds.get(i)));
            double after = ChangePoints.median(medians.subList(bounds.get(i), bounds.get(i + 1)));
            changes.add(new Change(bounds.get(i), after / before));
        }
        return changes;
    }
}
