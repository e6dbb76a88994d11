package io.mcm.cli;

import io.mcm.capture.CaptureException;
import io.mcm.capture.RtpPacketReader;
import io.mcm.capture.RtpStreams;
import io.mcm.capture.StreamSelection;
import io.mcm.h264.AnnexBWriter;
import io.mcm.h264.Depacketizer;
import io.mcm.metric.FileTrouble;
import io.mcm.rtp.ReceiverConfig;
import io.mcm.rtp.RtpPacket;
import io.mcm.rtp.RtpReceiver;
import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code mcm depacketize}: a capture straight through {@code rtp} and {@code h264}, on the capture's own clock. */
@Command(
    name = "depacketize",
    description = "Takes the H.264 stream out of a capture (pcap, pcapng) as Annex B, whole NAL units only. No sockets.",
    mixinStandardHelpOptions = true)
public final class DepacketizeCommand implements McmCommand {

    private static final int OUTPUT_BUFFER = 1 << 18;

    @Parameters(paramLabel = "FILE", description = "The capture.")
    private Path capture;

    @Option(names = "--out", required = true, paramLabel = "FILE.h264", description = "Where the byte stream goes.")
    private Path out;

    @Mixin
    private StreamOptions stream;

    @Option(names = "--json", paramLabel = "FILE|-", description = "Where the counters go as JSON; - is standard output.")
    private String json;

    @Override
    public Integer call() throws CaptureException {
        RtpStreams streams = RtpStreams.scan(capture);
        StreamSelection selection = StreamSelection.of(streams, stream.port(), stream.ssrc());
        DepacketizeReport report = depacketize(selection);
        if (json == null || !json.equals(JsonOutput.STDOUT)) {
            System.out.println(report.text(out));
        }
        if (json != null) {
            JsonOutput.write(json, report.json());
        }
        if (streams.damage().isPresent()) {
            throw streams.damage().get();
        }
        return ExitCode.GOOD;
    }

    private DepacketizeReport depacketize(StreamSelection selection) throws CaptureException {
        try (OutputStream file = new BufferedOutputStream(Files.newOutputStream(out), OUTPUT_BUFFER)) {
            Depacketizer depacketizer = new Depacketizer(new AnnexBWriter(file));
            // The selected sources are known to follow one another: no silence needs to tell that the first has ended.
            RtpReceiver receiver = new RtpReceiver(ReceiverConfig.defaults().withSourceTimeout(0), depacketizer);
            try (RtpPacketReader reader = RtpPacketReader.open(capture, selection)) {
                feed(reader, receiver);
                return DepacketizeReport.of(reader.counters(), receiver.counters(), depacketizer.counters());
            }
        } catch (CaptureException e) {
            throw e;
        } catch (UncheckedIOException e) {
            throw unwritable(e.getCause());
        } catch (IOException e) {
            throw unwritable(e);
        }
    }

    private EnvironmentException unwritable(IOException e) {
        return new EnvironmentException("cannot write " + out + ": " + FileTrouble.reason(e), e);
    }

    /** Stops where the capture is damaged: what came until there counts, and the scan before has kept the reason. */
    private static void feed(RtpPacketReader reader, RtpReceiver receiver) {
        try {
            while (reader.next()) {
                RtpPacket packet = reader.packet();
                receiver.accept(packet.segment(), packet.base(), packet.length(), reader.arrivalNanos());
            }
        } catch (CaptureException _) {
            // call() tells it at its end.
        }
        receiver.flush();
    }
}
