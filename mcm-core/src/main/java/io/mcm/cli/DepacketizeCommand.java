package io.mcm.cli;

import io.mcm.capture.CaptureException;
import io.mcm.capture.RtpPacketReader;
import io.mcm.capture.RtpStreams;
import io.mcm.capture.StreamSelection;
import io.mcm.h264.Depacketizer;
import io.mcm.metric.FileTrouble;
import io.mcm.rtp.ReceiverConfig;
import io.mcm.rtp.RtpPacket;
import io.mcm.rtp.RtpReceiver;
import io.mcm.sdp.H264Media;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.Optional;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code mcm depacketize}: a capture straight through {@code rtp} and {@code h264}, on the capture's own clock. */
@Command(
    name = "depacketize",
    description = "Takes the H.264 stream out of a capture (pcap, pcapng), whole NAL units only. No sockets.",
    mixinStandardHelpOptions = true)
public final class DepacketizeCommand implements McmCommand {

    @Spec
    private CommandSpec spec;

    @Parameters(paramLabel = "FILE", description = "The capture.")
    private Path capture;

    @Option(names = "--out", required = true, paramLabel = "FILE.h264", description = "Where the byte stream goes.")
    private Path out;

    @Mixin
    private StreamOptions stream;

    @Option(names = "--format", paramLabel = "FORMAT", defaultValue = "annexb",
        description = "annexb: 4-byte start codes; annexb-3: 3-byte start codes; avc: 4-byte sizes instead, and the avcC record beside it"
            + " in FILE.h264.avcC (default: ${DEFAULT-VALUE}).")
    private String format;

    @Option(names = "--sdp", paramLabel = "FILE",
        description = "The stream's session description: its payload type is taken, and its parameter sets are written first.")
    private Path sdp;

    @Option(names = "--strict", description = "Drop what RFC 6184 or RFC 3550 forbids, also where real cameras send it and it can be understood.")
    private boolean strict;

    @Option(names = "--json", paramLabel = "FILE|-", description = "Where the counters go as JSON; - is standard output.")
    private String json;

    @Override
    public Integer call() throws CaptureException {
        UnitFormat written = UnitFormat.parse(spec, "--format", format);
        StreamDescription described = sdp == null ? StreamDescription.NONE : StreamDescription.read(sdp);
        described.warnings().forEach(warning -> spec.commandLine().getErr().println(sdp + ": " + warning));
        RtpStreams streams = RtpStreams.scan(capture);
        StreamSelection selection = StreamSelection.of(streams, stream.port(), stream.ssrc(), described.payloadTypes());
        DepacketizeReport report = depacketize(selection, described.of(selection), written);
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

    private DepacketizeReport depacketize(StreamSelection selection, Optional<H264Media> described, UnitFormat written)
            throws CaptureException {
        try (UnitFile file = UnitFile.create(out, written)) {
            described.ifPresent(media -> media.parameterSets().forEach(file::write));
            Depacketizer depacketizer = new Depacketizer(StreamDescription.config(described).withStrict(strict), file);
            // The selected sources are known to follow one another: no silence needs to tell that the first has ended.
            RtpReceiver receiver = new RtpReceiver(ReceiverConfig.defaults().withSourceTimeout(0).withStrict(strict), depacketizer);
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
