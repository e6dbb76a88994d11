package io.mcm.conformance.replay;

import io.mcm.conformance.suite.ConformanceCase;
import io.mcm.conformance.suite.Group;
import io.mcm.conformance.suite.Profile;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.OptionalInt;

/** Makes a case of a capture. */
public final class CaptureCase {

    private static final double NANOS_PER_SECOND = 1e9;
    /** For a busy machine that falls behind, and for what a session takes to begin and to end. */
    private static final int SLOWNESS = 2;
    private static final Duration AROUND = Duration.ofSeconds(60);

    private CaptureCase() {}

    /** {@code pcap/FILENAME}; white space, which no id has, as an underscore. */
    public static String id(Path file) {
        return "pcap/" + name(file);
    }

    private static String name(Path file) {
        return file.getFileName().toString().replaceAll("\\s", "_");
    }

    /**
     * One of the capture's H.264 streams; unless told otherwise the one with the most packets.
     *
     * @param port  that it was sent to
     * @param ssrc  of its source
     * @param speed 1 is the capture's own
     * @throws io.mcm.capture.CaptureException if the file is missing, no capture, or has no such H.264
     */
    public static ConformanceCase of(Path file, OptionalInt port, OptionalInt ssrc, double speed) throws IOException {
        CaptureSummary summary = CaptureSummary.of(file, port, ssrc);
        String sends = "the %d packets of %s to %s, %.1f s, at %s times their speed".formatted(summary.packets(), file.getFileName(),
            summary.selection().destination(), summary.nanos() / NANOS_PER_SECOND, String.valueOf(speed).replaceAll("\\.0$", ""));
        String expects = "the " + summary.units() + " NAL units that mcm depacketize takes out of it, byte for byte";
        // A network that loses or swaps packets is more than MCM 24.09 promises to cope with.
        return ConformanceCase.of(Group.PCAP, name(file), sends, expects, "the user's own camera does not get through",
            scene -> new CapturePlay(summary, speed, scene).play())
            .in(summary.clean() ? Profile.MCM_24_09 : Profile.RFC)
            .lasting(Duration.ofNanos((long) (SLOWNESS * summary.nanos() / speed)).plus(AROUND));
    }
}
