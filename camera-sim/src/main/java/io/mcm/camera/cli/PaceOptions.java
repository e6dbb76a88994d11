package io.mcm.camera.cli;

import io.mcm.camera.pace.Shape;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** When packets go. */
final class PaceOptions {

    private static final String NORMAL = "1";

    @Spec(Spec.Target.MIXEE)
    private CommandSpec spec;

    /** All optional. */
    static final class Group {

        @Option(names = "--speed", paramLabel = "X|max", description = "Times normal speed; max does not wait at all. Default: 1.")
        String speed = NORMAL;

        @Option(names = "--shape", paramLabel = "frame|smooth|capture",
            description = "frame: all packets of a picture at once when its first is due, as most cameras do; smooth: spread evenly until the next"
                + " picture; capture: as the source has them. Default: capture.")
        Shape shape = Shape.CAPTURE;

        @Option(names = "--loop", paramLabel = "N", description = "Passes, numbered on without a seam; 0 goes on until stopped. Default: 1.")
        int loop = 1;
    }

    @ArgGroup(exclusive = false, heading = "%nWhen packets go:%n")
    private Group given;

    private Group group() {
        return given == null ? new Group() : given;
    }

    double speed() {
        try {
            return Speed.parse(group().speed);
        } catch (IllegalArgumentException e) {
            throw usage("--speed: " + e.getMessage());
        }
    }

    Shape shape() {
        return group().shape;
    }

    /** 0 for without end. */
    int passes() {
        if (group().loop < 0) {
            throw usage("--loop " + group().loop + "; allowed are 0 (until stopped) and more");
        }
        return group().loop;
    }

    private ParameterException usage(String message) {
        return new ParameterException(spec.commandLine(), message);
    }
}
