package io.mcm.conformance.path;

import io.mcm.cli.Mcm;
import io.mcm.conformance.capture.ByteStream;
import io.mcm.conformance.capture.Capture;
import io.mcm.conformance.capture.Captures;
import io.mcm.conformance.process.ChildProcess;
import io.mcm.conformance.process.ChildProcesses;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.Set;

/** A camera that sends a capture's NAL units again and again until it is stopped. */
final class LiveStream {

    private static final Capture CAPTURE = Captures.named("veth_ff_main_1280x720_2M.pcap");

    private LiveStream() {}

    static ChildProcess camera(ChildProcesses mcm, int port) throws IOException {
        return mcm.start("camera", "--to", "127.0.0.1:" + port, "--pcap", CAPTURE.file(), "--loop", 0, "--speed", 2);
    }

    /** Every NAL unit that a receiver may get. */
    static Set<ByteBuffer> nalUnits(ChildProcesses mcm) throws IOException {
        Path truth = mcm.file("truth.h264");
        Mcm.commandLine().execute("depacketize", CAPTURE.file().toString(), "--out", truth.toString());
        return new HashSet<>(ByteStream.read(truth).nalUnits());
    }
}
