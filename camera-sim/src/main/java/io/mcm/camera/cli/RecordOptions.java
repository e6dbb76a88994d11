package io.mcm.camera.cli;

import io.mcm.camera.pace.Clock;
import io.mcm.camera.record.PacketRecorder;
import io.mcm.camera.send.UdpSender;
import java.io.OutputStream;
import java.nio.file.Path;
import java.time.Instant;
import java.util.concurrent.TimeUnit;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Option;

/** What is kept of what was sent. */
final class RecordOptions {

    static final class Files {

        @Option(names = "--record", paramLabel = "FILE.pcapng",
            description = "Write what was really sent, with the times at which it was, as a capture (pcapng, nanoseconds, raw IP).")
        Path record;
    }

    @ArgGroup(exclusive = false, validate = false, heading = "%nRecord:%n")
    private Files files = new Files();

    /** The capture to write, or null. */
    Path record() {
        return files.record;
    }

    static PacketRecorder recorder(OutputStream out, UdpSender sender) {
        Instant now = Instant.now();
        long nanoTime = Clock.SYSTEM.nanoTime();
        long sinceEpoch = TimeUnit.SECONDS.toNanos(now.getEpochSecond()) + now.getNano();
        return new PacketRecorder(out, sender::flow, sinceEpoch - nanoTime, nanoTime);
    }
}
