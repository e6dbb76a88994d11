package io.mcm.camera.cli;

import java.nio.file.Path;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** The arguments of {@code mcm camera}. */
final class CameraOptions {

    /** What the timestamp's clock resolves easily; no camera is faster. */
    private static final int MAX_FRAMES_PER_SECOND = 1_000;

    @Spec(Spec.Target.MIXEE)
    private CommandSpec spec;

    /** Exactly one of them. */
    static final class Input {

        @Option(names = "--pcap", paramLabel = "FILE", description = "Replay the RTP packets of this capture, byte for byte.")
        Path pcap;

        @Option(names = "--h264", paramLabel = "FILE",
            description = "Send this H.264 byte stream (Annex B).")
        Path h264;

        @Option(names = "--synthetic", paramLabel = "WxH@FPS",
            description = "Send a video made on the spot, whose pictures show and tell their number and when they were sent.")
        String synthetic;

        @Option(names = "--nalu-plan", paramLabel = "FILE", description = "Send the NAL units that this text describes, packed as it says.")
        Path naluPlan;

        @Option(names = "--fleet", paramLabel = "FILE", description = "Be the cameras that this file lists (YAML), at once.")
        Path fleet;

        @Option(names = "--profiles", description = "Show the profiles that --profile takes, and end.")
        boolean profiles;
    }

    @ArgGroup(multiplicity = "1")
    private Input input;

    @Option(names = "--fps", paramLabel = "N", defaultValue = "25",
        description = "Access units a second of --h264. Default: ${DEFAULT-VALUE}.")
    private double framesPerSecond;

    @Option(names = "--json", paramLabel = "FILE|-", description = "Where the summary goes as JSON; - is standard output.")
    String json;

    @Option(names = "--trace", paramLabel = "FILE|-",
        description = "A CSV line a packet, as it is sent: sequence,timestamp,intended_ns,sent_ns (System.nanoTime). - is standard output;"
            + " the summary then goes to standard error.")
    String trace;

    /** Refuses what makes no sense, and what is not there yet. */
    void check() {
        if (!(framesPerSecond > 0 && framesPerSecond <= MAX_FRAMES_PER_SECOND)) {
            throw usage("--fps " + framesPerSecond + "; allowed are numbers above 0 up to " + MAX_FRAMES_PER_SECOND);
        }
    }

    /** The capture, or null if it is not one. */
    Path pcap() {
        return input.pcap;
    }

    Path h264() {
        return input.h264;
    }

    /** {@code WxH@FPS}, or null. */
    String synthetic() {
        return input.synthetic;
    }

    Path naluPlan() {
        return input.naluPlan;
    }

    /** The file, or null. */
    Path fleet() {
        return input.fleet;
    }

    boolean profiles() {
        return input.profiles;
    }

    double framesPerSecond() {
        return framesPerSecond;
    }

    ParameterException usage(String message) {
        return new ParameterException(spec.commandLine(), message);
    }
}
