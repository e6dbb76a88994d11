package io.mcm.camera.cli;

import io.mcm.camera.fleet.Fleet;
import io.mcm.camera.fleet.FleetCamera;
import io.mcm.camera.fleet.FleetLateness;
import io.mcm.camera.send.SendCounter;
import io.mcm.camera.send.UdpSender;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.ToLongFunction;
import org.HdrHistogram.Histogram;

/** The figures of a fleet, in total and camera by camera; the senders are the cameras', in their order. */
record FleetReport(Fleet fleet, List<UdpSender> senders) {

    private static final double NANOS_PER_SECOND = 1e9;
    private static final double NANOS_PER_MICRO = 1e3;
    private static final double BITS_PER_MEGABIT = 1e6;
    /** Lines of cameras that people are shown; the JSON has all. */
    private static final int SHOWN = 8;

    private long sum(ToLongFunction<FleetCamera> figure) {
        return fleet.cameras().stream().mapToLong(figure).sum();
    }

    private double seconds() {
        return fleet.durationNanos() / NANOS_PER_SECOND;
    }

    private double perSecond(double amount) {
        return seconds() > 0 ? amount / seconds() : 0;
    }

    private static double micros(long nanos) {
        return nanos / NANOS_PER_MICRO;
    }

    /** For people. */
    String text() {
        Histogram late = fleet.lateness().nanos();
        StringBuilder text = new StringBuilder(String.format(Locale.ROOT,
            "fleet       %d cameras sent %d packets, %d bytes in %.3f s: %.2f Mbit/s, %.0f packets/s%n", fleet.cameras().size(),
            sum(FleetCamera::packets), sum(FleetCamera::bytes), seconds(), perSecond(sum(FleetCamera::bytes) * Byte.SIZE / BITS_PER_MEGABIT),
            perSecond(sum(FleetCamera::packets))));
        text.append(String.format(Locale.ROOT, "lateness    p50 %.1f us, p99 %.1f us, max %.1f us; %d packets more than %.0f us%n",
            micros(late.getValueAtPercentile(50)), micros(late.getValueAtPercentile(99)), micros(late.getMaxValue()),
            sum(FleetCamera::latePackets), micros(FleetLateness.LATE_NANOS)));
        for (SendCounter counter : SendCounter.values()) {
            long count = senders.stream().mapToLong(sender -> sender.counters().get(counter)).sum();
            text.append(count == 0 ? "" : String.format(Locale.ROOT, "%-11s %d %s%n", counter.label(), count, counter.sentence()));
        }
        fleet.cameras().stream().limit(SHOWN).forEach(camera -> text.append(String.format(Locale.ROOT,
            "%-21s %d packets, %d bytes, latest %.1f us%s%n", camera.name(), camera.packets(), camera.bytes(), micros(camera.latestNanos()),
            camera.hasFailed() ? ", ended early" : "")));
        return text.append(fleet.cameras().size() > SHOWN ? "...\n" : "").toString();
    }

    Map<String, Object> json() {
        Histogram late = fleet.lateness().nanos();
        Map<String, Object> all = new LinkedHashMap<>();
        all.put("packets", sum(FleetCamera::packets));
        all.put("rtcp_packets", sum(FleetCamera::reports));
        all.put("bytes", sum(FleetCamera::bytes));
        all.put("seconds", seconds());
        all.put("mbit_per_second", perSecond(sum(FleetCamera::bytes) * Byte.SIZE / BITS_PER_MEGABIT));
        all.put("late_packets", sum(FleetCamera::latePackets));
        all.put("lateness_us", Map.of("p50", micros(late.getValueAtPercentile(50)), "p99", micros(late.getValueAtPercentile(99)),
            "max", micros(late.getMaxValue())));
        all.put("cameras", java.util.stream.IntStream.range(0, senders.size()).mapToObj(this::camera).toList());
        return all;
    }

    private Map<String, Object> camera(int i) {
        FleetCamera camera = fleet.cameras().get(i);
        Map<String, Object> one = new LinkedHashMap<>();
        one.put("to", camera.name());
        one.put("packets", camera.packets());
        one.put("rtcp_packets", camera.reports());
        one.put("bytes", camera.bytes());
        one.put("late_packets", camera.latePackets());
        one.put("latest_us", micros(camera.latestNanos()));
        one.put("failed", camera.hasFailed());
        one.putAll(senders.get(i).counters().snapshot());
        return one;
    }
}
