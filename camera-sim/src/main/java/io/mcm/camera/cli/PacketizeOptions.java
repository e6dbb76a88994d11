package io.mcm.camera.cli;

import io.mcm.camera.packetize.Aggregate;
import io.mcm.camera.packetize.HeaderExtension;
import io.mcm.camera.packetize.MarkerHabit;
import io.mcm.camera.packetize.PayloadConfig;
import io.mcm.camera.packetize.Profile;
import io.mcm.camera.packetize.RtpConfig;
import io.mcm.camera.source.Rewriting;
import io.mcm.cli.EnvironmentException;
import io.mcm.h264.InterleavingPattern;
import io.mcm.h264.PacketizationMode;
import io.mcm.metric.FileTrouble;
import io.mcm.rtp.Rtcp;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.OptionalInt;
import java.util.random.RandomGenerator;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Model.ArgGroupSpec;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** How NAL units become packets; a capture's packets are not touched. */
final class PacketizeOptions {

    private static final long MAX_U32 = 0xffff_ffffL;
    private static final int MAX_U16 = 0xffff;

    private static final int MAX_PAYLOAD_TYPE = 127;
    /** What can be changed in a capture, too. */
    private static final List<String> REWRITTEN = List.of("--ssrc", "--payload-type");

    @Spec(Spec.Target.MIXEE)
    private CommandSpec spec;

    /** A heading in the help needs a group. */
    static final class Packets {

        @Option(names = "--profile", paramLabel = "NAME",
            description = "Packets as a known sender makes them; --profiles shows which there are. What else is given here goes before it.")
        String profile;

        @Option(names = "--packetization-mode", paramLabel = "0|1|2", description = "Of RFC 6184: single NAL unit, non-interleaved,"
            + " interleaved. Default: 1.")
        Integer mode;

        @Option(names = "--mtu", paramLabel = "BYTES", description = "The longest packet with its RTP header, without UDP and IP headers."
            + " Default: 1472.")
        Integer mtu;

        @Option(names = "--aggregate", paramLabel = "none|parameter-sets|zero-latency|max",
            description = "Which NAL units share a packet (STAP-A): none, parameter sets, what precedes a slice with it, all that fit."
                + " Default: max.")
        String aggregate;

        @Option(names = "--fragment-size", paramLabel = "BYTES", description = "Bytes of NAL unit in each fragment (FU-A). Default: what fits.")
        Integer fragmentSize;

        @Option(names = "--interleaving-depth", paramLabel = "N",
            description = "In mode 2: how many NAL units go before one that they follow in decoding order. Default: 0.")
        int depth;

        @Option(names = "--interleaving-structure", paramLabel = "stap-b|mtap16|mtap24",
            description = "In mode 2: the packets of units that fit one. Default: stap-b.")
        String structure = "stap-b";

        @Option(names = "--payload-type", paramLabel = "N", description = "0 to 127. Default: 96. With --pcap too: instead of the capture's.")
        Integer payloadType;

        @Option(names = "--ssrc", paramLabel = "N", description = "A number, as 0x1234abcd. Default: random; --seed makes it the same each time."
            + " With --pcap too: instead of the capture's, one more for each further stream.")
        String ssrc;

        @Option(names = "--first-sequence", paramLabel = "N", description = "0 to 65535. Default: as --ssrc.")
        Integer firstSequence;

        @Option(names = "--first-timestamp", paramLabel = "N", description = "0 to 4294967295. Default: as --ssrc.")
        Long firstTimestamp;

        @Option(names = "--csrc", paramLabel = "N", split = ",", description = "Contributing sources, up to 15.")
        List<String> csrcs = List.of();

        @Option(names = "--header-extension", paramLabel = "FORM",
            description = "one-byte:ID=VALUE,... or two-byte:ID=VALUE,... with a VALUE of ntp-64 (when it is sent) or hex:BYTES; or onvif.")
        String extension;

        @Option(names = "--padding", paramLabel = "BYTES", description = "At the end of every packet, up to 255. Default: 0.")
        int padding;

        @Option(names = "--marker", paramLabel = "au|slice|unit|parameter-sets|never",
            description = "Which packets have the marker: the last of an access unit, also of each slice, of each NAL unit, also parameter sets"
                + " and SEI, none. Default: au.")
        String marker;

        @Option(names = "--sdp", paramLabel = "FILE|-",
            description = "Where the session description goes that receivers as ffmpeg ask for; - is standard output.")
        String sdp;
    }

    @ArgGroup(exclusive = false, validate = false, heading = "%nPackets of --h264, --synthetic and --nalu-plan:%n")
    private Packets given;

    /** Whether any of them is there. */
    boolean isGiven() {
        return given != null;
    }

    private Packets packets() {
        return given == null ? new Packets() : given;
    }

    /** @throws IllegalArgumentException if something is not allowed; the message says what is */
    PayloadConfig payload() {
        Packets packets = packets();
        PayloadConfig config = packets.profile == null ? PayloadConfig.DEFAULTS : Profile.of(packets.profile).applyTo(PayloadConfig.DEFAULTS);
        config = packets.mode == null ? config : config.withMode(PacketizationMode.of(packets.mode));
        config = packets.mtu == null ? config : config.withMaxPacketLength(packets.mtu);
        config = packets.aggregate == null ? config
            : config.withAggregate(Names.parse(Aggregate.class, "--aggregate", packets.aggregate));
        config = packets.fragmentSize == null ? config : config.withFragmentLength(packets.fragmentSize);
        if (packets.depth < 0 || packets.depth >= InterleavingPattern.MAX_GROUP / 2) {
            throw new IllegalArgumentException("--interleaving-depth " + packets.depth + "; allowed are 0 to "
                + (InterleavingPattern.MAX_GROUP / 2 - 1));
        }
        return config.withInterleaving(PayloadConfig.interleaving(packets.depth,
            Names.parse(InterleavingPattern.Structure.class, "--interleaving-structure", packets.structure)));
    }

    /**
     * @param random where the SSRC and the first numbers come from, unless given
     * @throws IllegalArgumentException if something is not allowed; the message says what is
     */
    RtpConfig rtp(RandomGenerator random) {
        Packets packets = packets();
        RtpConfig config = RtpConfig.random(random);
        config = packets.profile == null ? config : Profile.of(packets.profile).applyTo(config);
        config = packets.payloadType == null ? config : config.withPayloadType(packets.payloadType);
        config = packets.ssrc == null ? config : config.withSsrc((int) number("--ssrc", packets.ssrc));
        config = packets.firstSequence == null ? config
            : config.withFirstSequence((int) inRange("--first-sequence", packets.firstSequence, MAX_U16));
        config = packets.firstTimestamp == null ? config
            : config.withFirstTimestamp((int) inRange("--first-timestamp", packets.firstTimestamp, MAX_U32));
        config = packets.extension == null ? config : config.withExtension(HeaderExtension.parse(packets.extension));
        config = packets.marker == null ? config : config.withMarker(Names.parse(MarkerHabit.class, "--marker", packets.marker));
        return config.withPadding(packets.padding).withCsrcs(packets.csrcs.stream().map(text -> (int) number("--csrc", text)).toList());
    }

    /** What is changed in the packets of a capture. */
    Rewriting rewriting() {
        Packets packets = packets();
        refuseWhatIsNotRewritten();
        try {
            return new Rewriting(
                packets.ssrc == null ? OptionalInt.empty() : OptionalInt.of((int) number("--ssrc", packets.ssrc)),
                packets.payloadType == null ? OptionalInt.empty() : OptionalInt.of(replayedType(packets.payloadType)));
        } catch (IllegalArgumentException e) {
            throw new ParameterException(spec.commandLine(), e.getMessage(), e);
        }
    }

    private void refuseWhatIsNotRewritten() {
        ArgGroupSpec group = spec.findOption("--mtu").group();
        spec.commandLine().getParseResult().matchedOptions().stream()
            .filter(option -> option.group() == group && !REWRITTEN.contains(option.longestName())).findFirst().ifPresent(option -> {
                throw new ParameterException(spec.commandLine(), option.longestName() + " is for --h264, --synthetic and --nalu-plan; of a"
                    + " capture's packets " + String.join(" and ", REWRITTEN) + " can be changed");
            });
    }

    private static int replayedType(int type) {
        if (Rtcp.isMistakenFor(type)) {
            throw new IllegalArgumentException("--payload-type " + type + "; allowed are 0 to 63 and 96 to 127: those between look like RTCP (RFC 5761)");
        }
        return (int) inRange("--payload-type", type, MAX_PAYLOAD_TYPE);
    }

    private static long number(String option, String text) {
        try {
            return inRange(option, Long.decode(text), MAX_U32);
        } catch (NumberFormatException e) {
            throw new IllegalArgumentException(option + " '" + text + "'; expected a number up to 4294967295, as 305419896 or 0x12345678", e);
        }
    }

    private static long inRange(String option, long value, long max) {
        if (value < 0 || value > max) {
            throw new IllegalArgumentException(option + " " + value + "; allowed are 0 to " + max);
        }
        return value;
    }

    /** Where it was asked for. */
    void writeSdp(UnitStream stream, InetSocketAddress to) throws IOException {
        String file = packets().sdp;
        if ("-".equals(file)) {
            System.out.print(stream.sdp(to));
        } else if (file != null) {
            try {
                Files.writeString(Path.of(file), stream.sdp(to));
            } catch (FileSystemException e) {
                throw new EnvironmentException("cannot write " + file + ": " + FileTrouble.reason(e), e);
            }
        }
    }

    /** What {@code --profiles} prints. */
    static String profiles() {
        StringBuilder text = new StringBuilder();
        for (Profile profile : Profile.values()) {
            text.append(String.format(Locale.ROOT, "%-18s %s%n%-18s %s%n", profile.label(), profile.sentence(), "", profile.source()));
        }
        return text.toString();
    }
}
