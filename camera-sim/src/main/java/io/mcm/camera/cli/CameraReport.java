package io.mcm.camera.cli;

import io.mcm.camera.impair.Impairer;
import io.mcm.camera.pace.Pacer;
import io.mcm.camera.send.UdpSender;
import io.mcm.camera.source.ReplayCounter;
import io.mcm.metric.Counter;
import io.mcm.metric.Counters;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import org.HdrHistogram.Histogram;

/** The figures of {@code mcm camera}. */
record CameraReport(Pacer pacer, UdpSender sender, Impairer impairer, Counters<ReplayCounter> replay, boolean paced) {

    private static final double NANOS_PER_SECOND = 1e9;
    private static final double NANOS_PER_MICRO = 1e3;
    private static final double BITS_PER_MEGABIT = 1e6;

    private double seconds() {
        return pacer.durationNanos() / NANOS_PER_SECOND;
    }

    private double megabits() {
        return seconds() > 0 ? pacer.bytes() * Byte.SIZE / seconds() / BITS_PER_MEGABIT : 0;
    }

    private static double micros(long nanos) {
        return nanos / NANOS_PER_MICRO;
    }

    /** One block for people. */
    String text() {
        if (pacer.packets() == 0) {
            return String.format("sent        nothing%n");
        }
        StringBuilder text = new StringBuilder(String.format(Locale.ROOT,
            "sent        %d packets, %d bytes in %.3f s: %.2f Mbit/s, %.0f packets/s%n", pacer.packets(), pacer.bytes(), seconds(),
            megabits(), seconds() > 0 ? pacer.packets() / seconds() : 0));
        if (paced) {
            Histogram late = pacer.lateness();
            text.append(String.format(Locale.ROOT, "lateness    p50 %.1f us, p99 %.1f us, max %.1f us, earliest %.1f us, last packet %.1f us%n",
                micros(late.getValueAtPercentile(50)), micros(late.getValueAtPercentile(99)), micros(late.getMaxValue()),
                micros(pacer.earliestNanos()), micros(pacer.driftNanos())));
        }
        impairer.counters().snapshot().forEach((name, count) -> {
            if (count > 0) {
                text.append(String.format(Locale.ROOT, "%-14s %d on purpose%n", name, count));
            }
        });
        if (pacer.reports() > 0) {
            text.append(String.format(Locale.ROOT, "RTCP        %d packets%n", pacer.reports()));
        }
        text.append(nonZero(sender.counters())).append(nonZero(replay));
        return text.toString();
    }

    private static <C extends Enum<C> & Counter> String nonZero(Counters<C> counters) {
        StringBuilder lines = new StringBuilder();
        counters.forEach((counter, count) -> {
            if (count > 0) {
                lines.append(String.format(Locale.ROOT, "%-11s %d %s%n", counter.label(), count, counter.sentence()));
            }
        });
        return lines.toString();
    }

    Map<String, Object> json() {
        Map<String, Object> all = new LinkedHashMap<>();
        all.put("packets", pacer.packets());
        all.put("rtcp_packets", pacer.reports());
        all.put("bytes", pacer.bytes());
        all.put("seconds", seconds());
        all.put("mbit_per_second", megabits());
        all.putAll(sender.counters().snapshot());
        all.putAll(replay.snapshot());
        all.put("impaired", impairer.counters().snapshot());
        if (paced) {
            Histogram late = pacer.lateness();
            Map<String, Object> lateness = new LinkedHashMap<>();
            lateness.put("p50", micros(late.getValueAtPercentile(50)));
            lateness.put("p99", micros(late.getValueAtPercentile(99)));
            lateness.put("max", micros(late.getMaxValue()));
            lateness.put("earliest", micros(pacer.earliestNanos()));
            lateness.put("last", micros(pacer.driftNanos()));
            all.put("lateness_us", lateness);
        }
        return all;
    }
}
