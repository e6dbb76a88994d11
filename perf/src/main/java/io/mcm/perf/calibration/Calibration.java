package io.mcm.perf.calibration;

import io.mcm.perf.memif.Placement;
import java.util.List;
import java.util.Locale;
import org.HdrHistogram.Histogram;

/**
 * What the machine did during one second, all in nanoseconds.
 *
 * @param copyPacket  of 1,400 bytes, which the caches hold
 * @param copyMegabyte of 2^20 bytes
 * @param coreToCore  a cache line from one core to another and back
 * @param wakeUp      from the signal until a sleeping thread runs, median
 * @param wakeUpP99   the same, of which one in a hundred is longer
 * @param send        a datagram of 1,400 bytes over loopback, the kernel's receive path included
 * @param receive     a datagram, with recvmmsg(2), 64 at a time
 */
public record Calibration(
    double copyPacket, double copyMegabyte, double coreToCore, double wakeUp, double wakeUpP99, double send, double receive) {

    private static final int PACKET = 1_400;
    private static final int MEGABYTE = 1 << 20;
    private static final String UNIT = "ns";
    private static final double NANOS_PER_MICRO = 1e3;
    private static final int P99 = 99;

    public static Calibration measure() throws InterruptedException {
        Histogram wakeUp = WakeUpTime.measure();
        LoopbackTime.Times loopback = LoopbackTime.measure();
        return new Calibration(CopyTime.nanos(PACKET), CopyTime.nanos(MEGABYTE), Placement.roundTripNanos(), wakeUp.getValueAtPercentile(50),
            wakeUp.getValueAtPercentile(P99), loopback.send(), loopback.receive());
    }

    /**
     * What no proxy can be faster than with sleeping threads: the packets through the kernel, then two threads woken, proxy and consumer.
     *
     * @param packets of the picture
     */
    public double handOver(int packets) {
        return packets * send + receive + 2 * wakeUp;
    }

    /** Each with its name and unit. */
    public List<CalibrationFigure> figures() {
        return List.of(
            new CalibrationFigure("copy of 1,400 bytes", copyPacket, UNIT),
            new CalibrationFigure("copy of 1 MiB", copyMegabyte, UNIT),
            new CalibrationFigure("cache line from core to core and back", coreToCore, UNIT),
            new CalibrationFigure("eventfd wake-up of a sleeping thread, p50", wakeUp, UNIT),
            new CalibrationFigure("eventfd wake-up of a sleeping thread, p99", wakeUpP99, UNIT),
            new CalibrationFigure("loopback, 1,400 bytes: to send one", send, UNIT),
            new CalibrationFigure("loopback, 1,400 bytes: to receive one with recvmmsg, 64 slots", receive, UNIT));
    }

    /** One line for people. */
    public String describe() {
        return String.format(Locale.ROOT, "copy of 1400 B %.0f ns, of 1 MiB %.1f us; core to core %.0f ns; eventfd wake-up p50 %.1f us, p99 %.1f us; "
            + "loopback 1400 B: send %.0f ns, recvmmsg %.0f ns", copyPacket, copyMegabyte / NANOS_PER_MICRO, coreToCore, wakeUp / NANOS_PER_MICRO,
            wakeUpP99 / NANOS_PER_MICRO, send, receive);
    }
}
