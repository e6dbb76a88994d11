package io.mcm.camera.cli;

import io.mcm.camera.source.DamagedRecords;
import io.mcm.camera.source.ReplayWindow;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** What of a capture is replayed. */
final class ReplayOptions {

    /** Every stream of the capture. */
    static final String ALL = "all";

    private static final double NANOS_PER_SECOND = 1e9;
    /** A year: nobody waits longer, and its nanoseconds still fit. */
    private static final double MAX_SECONDS = 365 * 86_400.0;

    @Spec(Spec.Target.MIXEE)
    private CommandSpec spec;

    /** All of them are of --pcap. */
    static final class Group {

        @Option(names = "--stream", paramLabel = "SSRC|PORT|all",
            description = "Which stream: a number up to 65535 is its UDP port, another or one after 0x its SSRC; all takes every H.264 stream, the"
                + " second to the port after the next, and so on. Without it the one with the most H.264 packets.")
        String stream;

        @Option(names = "--start", paramLabel = "SECONDS", description = "Begin so long after the first packet. Default: 0.")
        Double start;

        @Option(names = "--duration", paramLabel = "SECONDS", description = "End so long after the beginning; --loop repeats this part.")
        Double duration;

        @Option(names = "--damaged", paramLabel = "skip|end", description = "A cut or damaged record is reported with its number; then skip it,"
            + " or end there with exit code 3. Default: end.")
        DamagedRecords damaged = DamagedRecords.END;
    }

    @ArgGroup(exclusive = false, heading = "%nReplay of a capture (--pcap); its RTCP is replayed too, with reports that say what is sent:%n")
    private Group given;

    /** Whether any of them was given. */
    boolean isGiven() {
        return given != null;
    }

    private Group group() {
        return given == null ? new Group() : given;
    }

    /** An SSRC, a port, {@link #ALL} or null for the stream with the most packets. */
    String stream() {
        return group().stream;
    }

    ReplayWindow window() {
        Group group = group();
        long start = nanos("--start", group.start, 0);
        long duration = group.duration == null ? Long.MAX_VALUE : nanos("--duration", group.duration, Double.MIN_VALUE);
        return new ReplayWindow(start, duration);
    }

    private long nanos(String option, Double seconds, double least) {
        if (seconds == null) {
            return 0;
        }
        if (!(seconds >= least && seconds <= MAX_SECONDS)) {
            throw usage(option + " " + seconds + "; allowed are seconds " + (least > 0 ? "above 0" : "from 0") + " to " + (long) MAX_SECONDS);
        }
        return Math.max(least > 0 ? 1 : 0, (long) (seconds * NANOS_PER_SECOND));
    }

    DamagedRecords damaged() {
        return group().damaged;
    }

    private ParameterException usage(String message) {
        return new ParameterException(spec.commandLine(), message);
    }
}
