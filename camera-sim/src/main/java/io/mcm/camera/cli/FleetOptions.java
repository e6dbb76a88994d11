package io.mcm.camera.cli;

import io.mcm.cli.Arguments;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** How many cameras there are. */
final class FleetOptions {

    /** Ten times what one machine is asked for; each has a socket. */
    private static final int MAX_CAMERAS = 10_000;
    private static final int MAX_STEP = 1_000;

    @Spec(Spec.Target.MIXEE)
    private CommandSpec spec;

    /** All optional. */
    static final class Group {

        @Option(names = "--cameras", paramLabel = "N",
            description = "Be N cameras at once, on one thread: each with its own port, SSRC, chance and moment within the picture's period.")
        int cameras = 1;

        @Option(names = "--port-step", paramLabel = "N", description = "From one camera's port to the next. Default: 2, so that RTCP has its own.")
        int portStep = 2;
    }

    @ArgGroup(exclusive = false, validate = false, heading = "%nFleet:%n")
    private Group group = new Group();

    int cameras() {
        Arguments.require(spec, group.cameras >= 1 && group.cameras <= MAX_CAMERAS,
            "--cameras " + group.cameras + "; allowed are 1 to " + MAX_CAMERAS);
        return group.cameras;
    }

    int portStep() {
        Arguments.require(spec, group.portStep >= 0 && group.portStep <= MAX_STEP, "--port-step " + group.portStep + "; allowed are 0 to " + MAX_STEP);
        return group.portStep;
    }
}
