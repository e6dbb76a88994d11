package io.mcm.camera.cli;

import io.mcm.camera.rtsp.RtspServerConfig;
import io.mcm.cli.Arguments;
import io.mcm.rtsp.Credentials;
import java.time.Duration;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Being an RTSP camera. */
final class RtspOptions {

    /** Shorter ones would end players between two of their keep-alives; longer ones are for nobody. */
    private static final int MIN_TIMEOUT = 5;
    private static final int MAX_TIMEOUT = 3_600;

    @Spec(Spec.Target.MIXEE)
    private CommandSpec spec;

    static final class Group {

        @Option(names = "--rtsp", required = true, paramLabel = "HOST:PORT",
            description = "Instead of --to: serve the stream to players (ffmpeg, GStreamer and others) as rtsp://HOST:PORT/camera. Each plays it from its"
                + " beginning; ends when stopped.")
        private String address;

        @Option(names = "--rtsp-user", paramLabel = "NAME", description = "Players have to say this name and --rtsp-password (digest).")
        private String user;

        @Option(names = "--rtsp-password", paramLabel = "PASSWORD", defaultValue = "${env:MCM_RTSP_PASSWORD}",
            description = "Their password. Better in the environment variable MCM_RTSP_PASSWORD, where other users of the machine do not see it.")
        private String password;

        @Option(names = "--rtsp-timeout", paramLabel = "SECONDS", defaultValue = "60",
            description = "How long a player over UDP may be silent (default: ${DEFAULT-VALUE}).")
        private int timeout;
    }

    @ArgGroup(exclusive = false, heading = "%nRTSP server:%n")
    private Group group;

    boolean isAsked() {
        return group != null;
    }

    void check(boolean hasTo, boolean isTraced) {
        Arguments.require(spec, hasTo || isAsked(), "Missing required option: --to=<HOST:PORT>, or --rtsp=<HOST:PORT>");
        Arguments.require(spec, !hasTo || !isAsked(), "--to and --rtsp: the stream goes to one address, or to those that ask for it");
        Arguments.require(spec, !isTraced || !isAsked(), "--trace, --truth and --record are of one play; --rtsp has one for each player");
        if (isAsked()) {
            Arguments.require(spec, group.user == null || group.password != null && !group.password.isEmpty(),
                "--rtsp-user " + group.user + " without --rtsp-password");
            Arguments.require(spec, group.timeout >= MIN_TIMEOUT && group.timeout <= MAX_TIMEOUT,
                "--rtsp-timeout " + group.timeout + "; allowed are " + MIN_TIMEOUT + " to " + MAX_TIMEOUT);
        }
    }

    RtspServerConfig config() {
        RtspServerConfig config = RtspServerConfig.at(Arguments.address(spec, "--rtsp", group.address)).withTimeout(Duration.ofSeconds(group.timeout));
        return group.user == null ? config : config.withCredentials(new Credentials(group.user, group.password));
    }
}
