package io.mcm.perf.latency;

import io.mcm.perf.calibration.Calibration;
import io.mcm.perf.gate.Environment;
import java.io.IOException;
import java.io.PrintWriter;
import java.util.List;
import java.util.Locale;

/** Climbs with one number of sessions after the other, and prints a table, the target's verdict and, where wanted, the curves. */
public final class LatencyReport {

    /** 720p at 30 pictures a second and 4 Mbit/s. */
    public static final int TARGET_RATE = 30;
    public static final int TARGET_PACKETS = 12;
    private static final long TARGET_P50_NANOS = 100_000;
    private static final long TARGET_P99_NANOS = 1_000_000;

    private final LatencyPlan plan;
    private final PrintWriter out;
    private final PrintWriter csv;
    private Calibration calibration;

    /** @param csv null for none */
    public LatencyReport(LatencyPlan plan, PrintWriter out, PrintWriter csv) {
        this.plan = plan;
        this.out = out;
        this.csv = csv;
    }

    public void run(List<Integer> sessions) throws IOException, InterruptedException {
        out.println(Environment.now().describe());
        calibration = Calibration.measure();
        out.println(calibration.describe());
        out.printf("proxy %s; %d packets a picture%s%n%n%s%n", plan.inProcess() ? "in this process" : "in a process of its own", plan.packets(),
            plan.trains() ? ", in trains" : "", LatencyRow.HEADER);
        if (csv != null) {
            csv.println(LatencyRow.CSV_HEADER);
        }
        for (int count : sessions) {
            new LatencyLadder(plan, count).climb(this::tell);
        }
    }

    private void tell(LatencyRow row) {
        out.println(row.text(calibration, plan.trains() ? 1 : plan.packets()) + verdict(row));
        out.flush();
        if (csv != null) {
            csv.print(row.csv());
        }
    }

    /** Only of what the target speaks of. */
    private String verdict(LatencyRow row) {
        if (row.sessions() != 1 || row.target() != TARGET_RATE || plan.packets() != TARGET_PACKETS) {
            return "";
        }
        long p50 = row.latency().getValueAtPercentile(50);
        long p99 = row.latency().getValueAtPercentile(99);
        return String.format(Locale.ROOT, " target p50 100 us %s, p99 1 ms %s", p50 <= TARGET_P50_NANOS ? "met" : "missed",
            p99 <= TARGET_P99_NANOS ? "met" : "missed");
    }
}
