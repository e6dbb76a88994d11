package io.mcm.camera.cli;

import io.mcm.camera.rtsp.RtspServer;
import io.mcm.camera.rtsp.RtspServerConfig;
import io.mcm.camera.rtsp.ServedStream;
import io.mcm.cli.Ending;
import io.mcm.cli.EnvironmentException;
import io.mcm.cli.ExitCode;
import io.mcm.cli.JsonOutput;
import java.io.IOException;
import java.net.BindException;
import java.util.concurrent.CountDownLatch;
import java.util.stream.Collectors;

/** Serves players until it is asked to end, and says what it did. */
final class RtspService {

    private static final String STDOUT = "-";

    private RtspService() {}

    static int run(RtspServerConfig config, ServedStream stream, String json) throws IOException {
        CountDownLatch asked = new CountDownLatch(1);
        Ending.onRequest(asked::countDown);
        RtspServer server = start(config, stream);
        try (server) {
            System.err.println("mcm camera: " + server.url());
            asked.await();
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
        }
        if (json != null) {
            JsonOutput.write(json, server.counters());
        }
        if (!STDOUT.equals(json)) {
            System.out.println(server.counters().entrySet().stream().filter(each -> each.getValue() != 0)
                .map(each -> each.getKey() + " " + each.getValue()).collect(Collectors.joining(", ")));
        }
        return ExitCode.GOOD;
    }

    private static RtspServer start(RtspServerConfig config, ServedStream stream) throws IOException {
        try {
            return RtspServer.start(config, stream);
        } catch (BindException e) {
            throw new EnvironmentException("--rtsp " + config.address().getHostString() + ":" + config.address().getPort() + ": " + e.getMessage(), e);
        }
    }
}
