package io.mcm.conformance.cli;

import io.mcm.cli.Arguments;
import io.mcm.cli.StreamOptions;
import io.mcm.conformance.replay.CaptureCase;
import io.mcm.conformance.suite.ConformanceCase;
import io.mcm.rtp.Ssrc;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Captures that are cases, too. */
final class PcapOptions {

    private static final double MAX_SPEED = 1_000;

    @Spec(Spec.Target.MIXEE)
    private CommandSpec spec;

    @Option(names = "--pcap", paramLabel = "FILE",
        description = "A capture of your camera as a case, pcap/NAME; may be repeated. Then only these are played, unless --select names more.")
    private List<Path> files = List.of();

    @Option(names = "--pcap-speed", paramLabel = "X", defaultValue = "1",
        description = "How much faster than recorded captures are sent (default: ${DEFAULT-VALUE}).")
    private double speed;

    boolean isGiven() {
        return !files.isEmpty();
    }

    void check(StreamOptions stream) {
        Arguments.require(spec, isGiven() || stream.port().isEmpty() && stream.ssrc().isEmpty(),
            "--port and --ssrc choose a stream of a capture; there is no --pcap");
        Arguments.require(spec, speed > 0 && speed <= MAX_SPEED, "--pcap-speed " + speed + ", allowed are more than 0 and up to " + MAX_SPEED);
        long names = files.stream().map(CaptureCase::id).distinct().count();
        Arguments.require(spec, names == files.size(), "--pcap: two captures have one name, and so one case: "
            + files.stream().map(Path::toString).collect(Collectors.joining(", ")));
    }

    /** @throws io.mcm.capture.CaptureException for a file that is none, or has no H.264 */
    List<ConformanceCase> cases(StreamOptions stream) throws IOException {
        List<ConformanceCase> cases = new ArrayList<>();
        for (Path file : files) {
            cases.add(CaptureCase.of(file, stream.port(), stream.ssrc(), speed));
        }
        return cases;
    }

    /** For a command line that plays the same again. */
    String again(StreamOptions stream) {
        return !isGiven() ? "" : files.stream().map(file -> " --pcap " + Arguments.quoted(file.toString())).collect(Collectors.joining())
            + " --pcap-speed " + speed
            + (stream.port().isPresent() ? " --port " + stream.port().getAsInt() : "")
            + (stream.ssrc().isPresent() ? " --ssrc " + Ssrc.text(stream.ssrc().getAsInt()) : "");
    }
}
