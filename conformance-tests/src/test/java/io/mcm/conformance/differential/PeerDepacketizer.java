package io.mcm.conformance.differential;

import io.mcm.conformance.Peer;
import io.mcm.conformance.capture.ByteStream;
import io.mcm.conformance.process.Await;
import io.mcm.conformance.process.ChildProcess;
import io.mcm.conformance.process.ChildProcesses;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** A depacketizer that is not ours, by the name that {@code PEERS.md} has for it. */
enum PeerDepacketizer {
    /** {@code rtph264depay} as it is: takes the packets in the order of the capture. */
    GSTREAMER("gstreamer") {
        @Override
        ByteStream depacketize(Path capture, RtpPackets packets, ChildProcesses processes) throws Exception {
            return pipeline(capture, packets, processes, List.of());
        }
    },
    /** With a jitter buffer before it, as every player has one. */
    GSTREAMER_JITTERBUFFER("gstreamer-jitterbuffer") {
        @Override
        ByteStream depacketize(Path capture, RtpPackets packets, ChildProcesses processes) throws Exception {
            return pipeline(capture, packets, processes, List.of("rtpjitterbuffer", "latency=200", "do-lost=true", "!"));
        }
    },
    /**
     * Over RTSP, which ends at once. With a reorder queue only where the capture needs it: ffmpeg waits for a lost packet until the
     * queue is full, and at the end of the stream forgets what is in it.
     */
    FFMPEG("ffmpeg") {
        @Override
        ByteStream depacketize(Path capture, RtpPackets packets, ChildProcesses processes) throws Exception {
            Path ffmpeg = Peer.FFMPEG.require();
            try (RtspCamera camera = RtspCamera.serving(packets)) {
                processes.run(ffmpeg, "-nostdin", "-v", "error", "-rtsp_transport", "tcp", "-reorder_queue_size", packets.reordered() ? REORDER_QUEUE : NO_QUEUE,
                    "-i", camera.url(), "-map", "0:v", "-c", "copy", "-copyinkf", "-f", "h264", OUT).endsWell();
            }
            return ByteStream.read(processes.file(OUT));
        }
    };

    private static final String OUT = "peer.h264";
    private static final String NO_QUEUE = "0";
    /** Packets; netsim_reorder20 has one that is 31 late. */
    private static final String REORDER_QUEUE = "32";

    private final String label;

    PeerDepacketizer(String label) {
        this.label = label;
    }

    String label() {
        return label;
    }

    /**
     * What it makes of a capture.
     *
     * @param capture one that {@code pcapparse} can read
     * @param packets the same ones
     */
    abstract ByteStream depacketize(Path capture, RtpPackets packets, ChildProcesses processes) throws Exception;

    @Override
    public String toString() {
        return label;
    }

    private static ByteStream pipeline(Path capture, RtpPackets packets, ChildProcesses processes, List<String> before) throws Exception {
        List<Object> line = new ArrayList<>(List.of("-q", "filesrc", "location=" + capture, "!",
            "pcapparse", "dst-port=" + packets.port(),
            "caps=application/x-rtp,media=video,clock-rate=90000,encoding-name=H264,payload=" + packets.payloadType(), "!"));
        line.addAll(before);
        line.addAll(List.of("rtph264depay", "!", "video/x-h264,stream-format=byte-stream,alignment=nal", "!",
            "filesink", "location=" + OUT));
        ChildProcess gstreamer = processes.run(Peer.GSTREAMER.require(), line.toArray());
        // Where it cannot read the capture it says so, and then often does not end.
        Await.until("GStreamer ended", () -> !gstreamer.isRunning() || gstreamer.err().contains("ERROR"), gstreamer::toString);
        gstreamer.kill();
        return written(processes.file(OUT));
    }

    private static ByteStream written(Path out) throws IOException {
        return Files.exists(out) ? ByteStream.read(out) : new ByteStream(new byte[0]);
    }
}
