package io.mcm.camera.cli;

import io.mcm.camera.record.LiveCapture;
import io.mcm.camera.record.RecordCounter;
import io.mcm.cli.Arguments;
import io.mcm.cli.Ending;
import io.mcm.cli.EnvironmentException;
import io.mcm.cli.ExitCode;
import io.mcm.metric.FileTrouble;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code mcm pcap record}: a capture of what arrives now. */
@Command(
    name = "record",
    description = "Records a UDP port of a network interface, and the one above for RTCP, as pcapng. Ends with SIGINT, or as asked.",
    mixinStandardHelpOptions = true)
final class PcapRecordCommand implements Callable<Integer> {

    private static final double NANOS_PER_SECOND = 1e9;
    /** A year. */
    private static final double MAX_SECONDS = 31_536_000;

    @Spec
    private CommandSpec spec;

    @Option(names = "--interface", required = true, paramLabel = "NAME", description = "Where: lo, eth0, any.")
    private String networkInterface;

    @Option(names = "--port", required = true, paramLabel = "N", description = "UDP port of RTP, 1 to 65535.")
    private int port;

    @Option(names = "--out", required = true, paramLabel = "FILE", description = "The capture to write (pcapng).")
    private Path out;

    @Option(names = "--seconds", paramLabel = "N", description = "End after so many seconds.")
    private double seconds;

    @Option(names = "--packets", paramLabel = "N", description = "End after so many packets.")
    private long packets;

    @Override
    public Integer call() throws IOException {
        Arguments.port(spec, "--port", port);
        Arguments.require(spec, packets >= 0, "--packets " + packets + "; allowed are 1 and more");
        Arguments.require(spec, seconds >= 0 && seconds <= MAX_SECONDS, "--seconds " + seconds + "; allowed are 0 to " + (long) MAX_SECONDS);
        try (OutputStream file = create(); LiveCapture capture = LiveCapture.open(networkInterface, port, file)) {
            Ending.onRequest(capture::stop);
            System.err.println("mcm pcap record: records UDP port " + port + " at " + networkInterface);
            capture.run(packets, (long) (seconds * NANOS_PER_SECOND));
            tell(capture);
        }
        return ExitCode.GOOD;
    }

    private OutputStream create() {
        try {
            return Files.newOutputStream(out);
        } catch (IOException e) {
            throw new EnvironmentException("cannot write " + out + ": " + FileTrouble.reason(e), e);
        }
    }

    private void tell(LiveCapture capture) {
        System.out.printf("%d packets -> %s%n", capture.counters().get(RecordCounter.PACKETS), out);
        capture.counters().forEach((counter, count) -> {
            if (counter != RecordCounter.PACKETS && count > 0) {
                System.out.printf("%d %s%n", count, counter.sentence());
            }
        });
    }
}
