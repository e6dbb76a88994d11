package io.mcm.cli;

import io.mcm.control.DeliveryUnit;
import io.mcm.control.SessionRefusedException;
import io.mcm.sdk.Backoff;
import io.mcm.sdk.ConnectionLostException;
import io.mcm.sdk.ConnectionRequest;
import io.mcm.sdk.ConnectionState;
import io.mcm.sdk.McmBuffer;
import io.mcm.sdk.McmConnection;
import io.mcm.sdk.SdkCounter;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** The consumer: asks a proxy for the stream of a UDP port and writes what arrives. */
@Command(
    name = "recv",
    description = "Receives a camera's H.264 from a media proxy through memif.",
    mixinStandardHelpOptions = true,
    sortOptions = false)
public final class RecvCommand implements McmCommand {

    private static final long RETRY_MILLIS = 200;
    /** A session of a consumer that died a moment ago may still hold the port. */
    private static final int REFUSALS_TAKEN = 10;
    /** How often the wait for a unit looks at the clock. */
    private static final long TICK_MILLIS = 100;

    @Spec
    private CommandSpec spec;

    @Option(names = "--port", required = true, paramLabel = "N", description = "UDP port of the proxy that the camera sends to.")
    private int port;

    @Option(names = "--proxy", paramLabel = "HOST:PORT",
        description = "The proxy's control port (default: MCM_MEDIA_PROXY_IP and _PORT, else 127.0.0.1:8002).")
    private String proxy;

    @Option(names = "--reconnect",
        description = "When the proxy goes away, wait for it to come back and go on, instead of ending with exit code 3.")
    private boolean reconnect;

    @Mixin
    private MemifOptions memif;

    @Option(names = "--out", paramLabel = "FILE.h264", description = "Write the NAL units, as Annex B with 4-byte start codes.")
    private Path out;

    @Option(names = "--count", paramLabel = "UNITS", description = "End after so many units.")
    private long count = Long.MAX_VALUE;

    @Option(names = "--idle", paramLabel = "SECONDS", description = "End when nothing has come for so long after the last unit.")
    private double idleSeconds;

    @Option(names = "--json", paramLabel = "FILE|-", description = "Write the counters as JSON at the end.")
    private String json;

    @Option(names = "--trace", paramLabel = "FILE|-",
        description = "Write a line for each unit as it comes: sequence,timestamp,length,dequeued_ns (CLOCK_MONOTONIC).")
    private String trace;

    private volatile boolean stopped;
    private String endedBy;
    /** Whether the proxy is, since it was there. */
    private boolean away;
    private long reconnects;

    @Override
    public Integer call() throws IOException {
        checkArguments();
        InetSocketAddress address = proxy == null ? Arguments.environmentProxy(spec) : Arguments.address(spec, "--proxy", proxy);
        // The wait for a unit is short, so a flag is enough, and no unit is taken away while it is being written.
        Ending.onRequest(() -> stopped = true);
        try (UnitRecorder recorder = UnitRecorder.open(out, trace)) {
            try (McmConnection connection = connect(request(address))) {
                if (connection != null) {
                    // Said when nothing that the camera sends from now on is lost for want of a consumer.
                    say("session " + connection.sessionId() + " is open, units of UDP port " + port + " come from here on");
                    receive(connection, recorder);
                    reconnects = connection.counters().get(SdkCounter.RECONNECTS);
                }
            }
            report(recorder);
        }
        return endedBy == null ? ExitCode.GOOD : ExitCode.ENVIRONMENT;
    }

    private void checkArguments() {
        Arguments.port(spec, "--port", port);
        Arguments.require(spec, count > 0, "--count " + count + ", allowed are 1 and more");
        Arguments.require(spec, idleSeconds >= 0, "--idle " + idleSeconds + ", allowed are 0 (never) and more");
    }

    private void say(String line) {
        spec.commandLine().getErr().println("mcm recv: " + line);
    }

    private ConnectionRequest request(InetSocketAddress address) {
        ConnectionRequest request = ConnectionRequest.h264(port).withProxy(address).withEngine(memif.engine());
        return reconnect ? request.withReportedReconnect(Backoff.DEFAULT) : request;
    }

    /** Waits for the proxy as long as it takes; null where the user ended the wait. */
    private McmConnection connect(ConnectionRequest request) {
        String told = null;
        int refusals = 0;
        while (!stopped) {
            try {
                return McmConnection.create(request);
            } catch (SessionRefusedException e) {
                if (++refusals == REFUSALS_TAKEN) {
                    throw new EnvironmentException("UDP port " + port + ": " + e.getMessage(), e);
                }
            } catch (IOException e) {
                if (!e.getMessage().equals(told)) {
                    told = e.getMessage();
                    say("waiting: " + told);
                }
            }
            pause();
        }
        return null;
    }

    private static void pause() {
        try {
            TimeUnit.MILLISECONDS.sleep(RETRY_MILLIS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void receive(McmConnection open, UnitRecorder recorder) throws IOException {
        long idleNanos = idleSeconds == 0 ? Long.MAX_VALUE : (long) (idleSeconds * 1e9);
        long last = System.nanoTime();
        while (!stopped && endedBy == null && recorder.units() < count) {
            McmBuffer unit = dequeue(open);
            long now = System.nanoTime();
            if (unit != null) {
                recorder.record(unit, now);
                open.enqueue(unit);
                last = now;
            } else if (recorder.units() > 0 && now - last >= idleNanos) {
                return;
            } else {
                recorder.flush();
            }
        }
    }

    /** Null where nothing came for a while, or nothing will: then {@link #endedBy} is set. */
    private McmBuffer dequeue(McmConnection open) throws IOException {
        try {
            McmBuffer unit = open.dequeue(TICK_MILLIS);
            if (away && open.state() == ConnectionState.CONNECTED) {
                away = false;
                say("session " + open.sessionId() + " is open again");
            }
            return unit;
        } catch (ConnectionLostException e) {
            away = open.state() == ConnectionState.RECONNECTING;
            endedBy = away ? null : e.getMessage();
            if (away) {
                say(e.getMessage() + "; waiting for it to come back");
            }
            return null;
        }
    }

    private void report(UnitRecorder recorder) throws IOException {
        recorder.finish();
        if (endedBy != null) {
            say(endedBy);
        }
        say(recorder.summary());
        if (json != null) {
            Map<String, Object> counters = recorder.counters();
            counters.put(SdkCounter.RECONNECTS.label(), reconnects);
            JsonOutput.write(json, counters);
        }
    }
}
