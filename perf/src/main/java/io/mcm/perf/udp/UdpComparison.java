package io.mcm.perf.udp;

import java.io.IOException;
import java.io.PrintWriter;
import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** Plays the same traffic to each way of receiving in turn, round after round, and prints medians. */
public final class UdpComparison {

    /** The lowest and highest rate that is tried, and the step between: finer than what two runs differ by would mean nothing. */
    private static final double FLOOR = 50_000;
    private static final double CEILING = 4_000_000;
    private static final double STEP = 1.6;
    /** Of what was asked a sender must have sent, or it is the sender that has come to its limit. */
    private static final double SENT_ENOUGH = 0.95;

    private final double rate;
    private final long millis;
    private final int rounds;
    private final ThreadMXBean threads = ManagementFactory.getThreadMXBean();

    /** One cell: what was received of what was sent, and at what cost. */
    private record Cell(long sent, long received, double nanosPerPacket) {}

    /** A way to receive. */
    private record Way(String name, Opener opener) {}

    private interface Opener {
        Receiver open() throws IOException;
    }

    public UdpComparison(double rate, long millis, int rounds) {
        this.rate = rate;
        this.millis = millis;
        this.rounds = rounds;
    }

    private static List<Way> ways() {
        List<Way> ways = new ArrayList<>();
        ways.add(new Way("recvmmsg, 64 slots", () -> new BatchReceiver(64, false, false)));
        ways.add(new Way("the same with arrival times", () -> new BatchReceiver(64, false, true)));
        for (int slots : new int[] {8, 16, 32, 64}) {
            ways.add(new Way("recvmmsg + UDP_GRO, arrival times, " + slots + " slots", () -> new BatchReceiver(slots, true, true)));
        }
        ways.add(new Way("DatagramChannel", ChannelReceiver::new));
        return ways;
    }

    /** Prints the table. */
    public void run(PrintWriter out) throws IOException, InterruptedException {
        out.printf("load %.1f on %d processors; %,.0f packets/s of %d B, medians of %d rounds of %d ms%n%n",
            ManagementFactory.getOperatingSystemMXBean().getSystemLoadAverage(), Runtime.getRuntime().availableProcessors(), rate, Traffic.LENGTH,
            rounds, millis);
        out.println("| receiver | single: ns a packet | ratio | lost | most without loss | trains: ns a packet | ratio | lost | most without loss |");
        out.println("|---|---|---|---|---|---|---|---|---|");
        List<Way> ways = ways();
        double[][][] costs = new double[ways.size()][2][rounds];
        long[][] lost = new long[ways.size()][2];
        double[][] best = new double[ways.size()][2];
        for (int round = -1; round < rounds; round++) {
            for (int w = 0; w < ways.size(); w++) {
                for (int trains = 0; trains <= 1; trains++) {
                    Cell cell = measure(ways.get(w), trains == 1, rate, millis);
                    if (round >= 0) {
                        costs[w][trains][round] = cell.nanosPerPacket();
                        lost[w][trains] += cell.sent() - cell.received();
                        best[w][trains] = Math.max(best[w][trains], climb(ways.get(w), trains == 1));
                    }
                }
            }
        }
        for (int w = 0; w < ways.size(); w++) {
            out.printf("| %s |%s%s%n", ways.get(w).name(), half(costs, lost, best, w, 0), half(costs, lost, best, w, 1));
        }
    }

    private static String half(double[][][] costs, long[][] lost, double[][] best, int way, int trains) {
        double cost = median(costs[way][trains]);
        return " %.0f | %.2f | %d | %.0f k/s |".formatted(
            cost, cost / median(costs[0][trains]), lost[way][trains], best[way][trains] / 1000);
    }

    private static double median(double[] values) {
        double[] sorted = values.clone();
        Arrays.sort(sorted);
        return sorted[sorted.length / 2];
    }

    /** The highest rate of the ladder without loss. */
    private double climb(Way way, boolean trains) throws IOException, InterruptedException {
        double best = 0;
        for (double step = FLOOR; step <= CEILING; step *= STEP) {
            Cell cell = measure(way, trains, step, Math.min(millis, 200));
            if (cell.received() < cell.sent()) {
                return best;
            }
            best = Math.max(best, cell.sent() * 1000.0 / Math.min(millis, 200));
            if (cell.sent() < SENT_ENOUGH * step * Math.min(millis, 200) / 1000) {
                return best;
            }
        }
        return best;
    }

    private Cell measure(Way way, boolean trains, double packetsPerSecond, long time) throws IOException, InterruptedException {
        try (Receiver receiver = way.opener().open(); Traffic traffic = new Traffic(trains, receiver.port())) {
            receiver.start();
            long warm = traffic.send(packetsPerSecond, time / 4);
            settle(receiver, warm);
            long before = receiver.packets();
            long cpu = threads.getThreadCpuTime(receiver.threadId());
            long sent = traffic.send(packetsPerSecond, time);
            settle(receiver, before + sent);
            long received = receiver.packets() - before;
            return new Cell(sent, received, (double) (threads.getThreadCpuTime(receiver.threadId()) - cpu) / Math.max(1, received));
        }
    }

    private static void settle(Receiver receiver, long expected) throws InterruptedException {
        for (int i = 0; i < 50 && receiver.packets() < expected; i++) {
            TimeUnit.MILLISECONDS.sleep(4);
        }
    }
}
