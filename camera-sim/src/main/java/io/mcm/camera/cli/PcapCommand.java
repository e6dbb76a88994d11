package io.mcm.camera.cli;

import io.mcm.camera.draw.StreamPicture;
import io.mcm.capture.CaptureCounter;
import io.mcm.capture.CaptureException;
import io.mcm.capture.Packetization;
import io.mcm.capture.RtpStream;
import io.mcm.capture.RtpStreams;
import io.mcm.capture.StreamSelection;
import io.mcm.cli.Arguments;
import io.mcm.cli.ExitCode;
import io.mcm.cli.JsonOutput;
import io.mcm.cli.McmCommand;
import io.mcm.h264.NalType;
import io.mcm.rtp.Ssrc;
import java.io.PrintStream;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code mcm pcap}: what RTP a capture holds. */
@Command(
    name = "pcap",
    description = "Shows the RTP streams in a capture (pcap, pcapng), or records one.",
    subcommands = PcapRecordCommand.class,
    mixinStandardHelpOptions = true)
public final class PcapCommand implements McmCommand {

    private static final int TYPES = 32;
    private static final double NANOS_PER_SECOND = 1e9;
    private static final double BITS_PER_MEGABIT = 1e6;

    @Spec
    private CommandSpec spec;

    /** Needed unless a sub-command takes the rest of the line. */
    @Parameters(paramLabel = "FILE", arity = "0..1", description = "The capture.")
    private Path capture;

    @Option(names = "--json", paramLabel = "FILE|-", description = "Write the same as JSON; - is standard output, instead of the text.")
    private String json;

    @Option(names = "--png", paramLabel = "FILE", description = "Draw a stream: its packets, bit rate, access units, pauses and losses over time.")
    private Path png;

    @Option(names = "--stream", paramLabel = "SSRC|PORT",
        description = "Which stream --png draws: a number up to 65535 is its UDP port, another or one after 0x its SSRC."
            + " Without it the one with the most H.264 packets.")
    private String stream;

    @Override
    public Integer call() throws CaptureException {
        Arguments.require(spec, capture != null, "Missing required parameter: 'FILE'");
        RtpStreams streams = RtpStreams.scan(capture);
        if (json == null || !json.equals(JsonOutput.STDOUT)) {
            print(System.out, streams);
        }
        if (json != null) {
            JsonOutput.write(json, PcapReport.of(streams));
        }
        if (png != null) {
            draw(streams);
        }
        if (streams.damage().isPresent()) {
            throw streams.damage().get();
        }
        if (streams.streams().isEmpty()) {
            throw new CaptureException(capture, "no RTP in it: version 2 with a payload type of 35 to 63 or 96 to 127 is looked for");
        }
        return ExitCode.GOOD;
    }

    private void draw(RtpStreams streams) throws CaptureException {
        StreamKey key = key();
        StreamSelection selection = StreamSelection.of(streams, key.port(), key.ssrc());
        StreamPicture.write(StreamPicture.draw(capture, selection), png);
    }

    private StreamKey key() {
        try {
            return stream == null ? StreamKey.ANY : StreamKey.parse(stream);
        } catch (IllegalArgumentException e) {
            throw new ParameterException(spec.commandLine(), "--stream: " + e.getMessage());
        }
    }

    private void print(PrintStream out, RtpStreams streams) {
        out.printf("%s: %d UDP datagrams, %d RTP stream%s%n", capture, streams.datagrams(), streams.streams().size(),
            streams.streams().size() == 1 ? "" : "s");
        streams.streams().forEach(stream -> print(out, stream));
        printSkipped(out, streams);
    }

    private static void print(PrintStream out, RtpStream stream) {
        double seconds = (stream.lastNanos() - stream.firstNanos()) / NANOS_PER_SECOND;
        double rate = seconds > 0 ? stream.bytes() * Byte.SIZE / seconds / BITS_PER_MEGABIT : 0;
        out.printf("%n%s%n", stream.flow());
        line(out, "source", "SSRC %s, payload type %d%s", Ssrc.text(stream.ssrc()), stream.payloadType(),
            stream.isH264() ? ", H.264" : ", not H.264");
        line(out, "packets", "%d (%d lost, %d duplicated, %d reordered), longest %d bytes, %d with marker, %d RTCP",
            stream.packets(), stream.lost(), stream.duplicated(), stream.reordered(), stream.maxPacketLength(), stream.markers(),
            stream.rtcpPackets());
        line(out, "duration", "%.3f s, %.2f Mbit/s", seconds, rate);
        if (stream.isH264()) {
            line(out, "carried as", "%s", counts(stream.packetization()));
            line(out, "NAL units", "%d in %d access units: %s", stream.nalUnits(), stream.accessUnits(), types(stream));
            stream.sequenceSets().forEach(set -> line(out, set.id() == 0 ? "SPS" : "SPS " + set.id(), "%s", set.text()));
        }
    }

    private static void line(PrintStream out, String label, String format, Object... values) {
        out.printf("  %-11s %s%n", label, String.format(Locale.ROOT, format, values));
    }

    private static String counts(Map<Packetization, Long> byName) {
        return byName.entrySet().stream().sorted(Map.Entry.<Packetization, Long>comparingByValue().reversed())
            .map(entry -> entry.getValue() + " " + entry.getKey()).collect(Collectors.joining(", "));
    }

    private static String types(RtpStream stream) {
        return IntStream.range(0, TYPES).filter(type -> stream.nalUnits(type) > 0)
            .mapToObj(type -> stream.nalUnits(type) + " " + NalType.name(type)).collect(Collectors.joining(", "));
    }

    private static void printSkipped(PrintStream out, RtpStreams streams) {
        for (CaptureCounter counter : CaptureCounter.values()) {
            long count = streams.counters().get(counter);
            if (count > 0 && counter != CaptureCounter.DATAGRAMS) {
                out.printf("%n%d %s%n", count, counter.sentence());
            }
        }
        if (streams.unsorted() > 0) {
            out.printf("%n%d RTP packets of further streams%n", streams.unsorted());
        }
    }
}
