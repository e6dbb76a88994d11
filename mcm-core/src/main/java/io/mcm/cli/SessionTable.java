package io.mcm.cli;

import io.mcm.memif.MemifCounter;
import io.mcm.metric.Counter;
import io.mcm.proxy.SessionReport;
import io.mcm.proxy.delivery.DeliveryCounter;
import io.mcm.rtp.RtpCounter;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;

/** What {@code mcm proxy} shows on a terminal: a line for each session, of what it did since the table before, and one for all together. */
final class SessionTable {

    /** Whole units that did not reach the consumer, for whichever reason. */
    private static final List<DeliveryCounter> DROPPED = List.of(
        DeliveryCounter.NO_CONSUMER, DeliveryCounter.RING_FULL, DeliveryCounter.OVERSIZED, DeliveryCounter.DAMAGED_UNITS,
        DeliveryCounter.AWAITING_IDR, DeliveryCounter.HELD_OVERFLOW);
    private static final String FORMAT = "%7s  %5s  %-10s  %9s  %8s  %8s  %8s  %8s  %s";
    private static final String HEADING =
        FORMAT.formatted("SESSION", "PORT", "SSRC", "PACKETS/S", "MBIT/S", "UNITS/S", "LOST", "DROPPED", "CONSUMER");
    private static final double BITS_PER_MEGABIT = 1e6;
    private static final int BITS = 8;
    /** Heading and sum. */
    private static final int OTHER_LINES = 2;

    private final Map<Integer, SessionReport> before;
    private final double seconds;

    /**
     * A table of what has happened since then.
     *
     * @param before the reports of the table before; a session that was not there shows no rates yet
     * @param seconds since then
     */
    SessionTable(Collection<SessionReport> before, double seconds) {
        this.before = before.stream().collect(Collectors.toMap(SessionReport::id, Function.identity()));
        this.seconds = seconds;
    }

    /**
     * Lines for a place of that size; sessions that do not fit are in the sum only.
     *
     * @param rows at least 1
     */
    List<String> lines(Collection<SessionReport> reports, int rows, int columns) {
        List<String> lines = new ArrayList<>();
        int fitting = Math.min(reports.size(), Math.max(0, rows - OTHER_LINES));
        if (fitting > 0) {
            lines.add(HEADING);
            reports.stream().limit(fitting).map(this::line).forEach(lines::add);
        }
        lines.add(sum(reports, reports.size() - fitting));
        return lines.stream().map(line -> line.substring(0, Math.min(columns, line.length())).stripTrailing()).toList();
    }

    private String line(SessionReport report) {
        String ssrc = report.stream().ssrc().isPresent() ? "0x%08x".formatted(report.stream().ssrc().getAsLong()) : "-";
        List<SessionReport> one = List.of(report);
        boolean known = before.containsKey(report.id());
        return FORMAT.formatted(report.id(), report.port(), ssrc,
            known ? packets(one) : "-", known ? megabits(one) : "-", known ? units(one) : "-",
            report.count(RtpCounter.LOST), dropped(report), consumer(report));
    }

    private String sum(Collection<SessionReport> reports, int hidden) {
        if (reports.isEmpty()) {
            return "no sessions";
        }
        // Sessions of one port share its packets.
        Collection<SessionReport> ports = reports.stream().collect(Collectors.toMap(SessionReport::port, Function.identity(), (one, _) -> one)).values();
        long lost = ports.stream().mapToLong(report -> report.count(RtpCounter.LOST)).sum();
        long dropped = reports.stream().mapToLong(SessionTable::dropped).sum();
        long connected = reports.stream().filter(SessionTable::isConnected).count();
        return FORMAT.formatted("all " + reports.size(), "", "", packets(ports), megabits(ports), units(reports), lost, dropped,
            connected + " connected" + (hidden == 0 ? "" : ", " + hidden + " not shown"));
    }

    private String packets(Collection<SessionReport> reports) {
        return "%.0f".formatted(rate(reports, RtpCounter.PACKETS));
    }

    private String megabits(Collection<SessionReport> reports) {
        return String.format(Locale.ROOT, "%.2f", rate(reports, RtpCounter.BYTES) * BITS / BITS_PER_MEGABIT);
    }

    private String units(Collection<SessionReport> reports) {
        return "%.0f".formatted(rate(reports, DeliveryCounter.UNITS));
    }

    private double rate(Collection<SessionReport> reports, Counter counter) {
        long since = reports.stream().filter(report -> before.containsKey(report.id()))
            .mapToLong(report -> report.count(counter) - before.get(report.id()).count(counter)).sum();
        return seconds > 0 ? since / seconds : 0;
    }

    private static long dropped(SessionReport report) {
        return DROPPED.stream().mapToLong(report::count).sum();
    }

    private static String consumer(SessionReport report) {
        return isConnected(report) ? "connected" : report.count(MemifCounter.CONNECTED) == 0 ? "awaited" : "gone";
    }

    private static boolean isConnected(SessionReport report) {
        return report.count(MemifCounter.CONNECTED)
            > report.count(MemifCounter.LEFT) + report.count(MemifCounter.EXPELLED) + report.count(MemifCounter.DISMISSED);
    }
}
