package io.mcm.camera.packetize;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.mcm.camera.RecordingSink;
import io.mcm.camera.source.NalUnitSink;
import io.mcm.camera.source.NalUnitSource;
import io.mcm.h264.InterleavingPattern.Structure;
import io.mcm.h264.PacketizationMode;
import io.mcm.rtp.HeaderExtensions;
import io.mcm.rtp.RtpPacket;
import java.io.IOException;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PacketizedSourceTest {

    private static final int FRAME_TICKS = 3_600;
    private static final long FRAME_NANOS = 40_000_000;
    private static final long SEND_NANOS = 1_700_000_000_500_000_000L;

    /** Hands over access units of its own. */
    record ListSource(List<List<byte[]>> accessUnits, int[] next) implements NalUnitSource {

        ListSource(List<List<byte[]>> accessUnits) {
            this(accessUnits, new int[1]);
        }

        @Override
        public boolean step(NalUnitSink sink) {
            if (next[0] == accessUnits.size()) {
                return false;
            }
            sink.beginAccessUnit(next[0] * FRAME_TICKS, next[0] * FRAME_NANOS);
            accessUnits.get(next[0]++).forEach(unit -> sink.nalUnit(MemorySegment.ofArray(unit), 0, unit.length));
            sink.endAccessUnit();
            return true;
        }
    }

    static RecordingSink play(List<List<byte[]>> accessUnits, PayloadConfig payload, RtpConfig rtp) throws IOException {
        RecordingSink sink = new RecordingSink();
        new PacketizedSource(new ListSource(accessUnits), payload, rtp, due -> SEND_NANOS + due).play(sink);
        return sink;
    }

    private static RtpPacket view(byte[] packet) {
        RtpPacket view = new RtpPacket();
        assertThat(view.wrap(MemorySegment.ofArray(packet), 0, packet.length)).isEqualTo(RtpPacket.Validity.VALID);
        return view;
    }

    private static byte[] unit(int header, int length) {
        byte[] unit = new byte[length];
        Arrays.fill(unit, (byte) 0x55);
        unit[0] = (byte) header;
        return unit;
    }

    /** SPS, PPS, SEI and two slices, of which the second needs fragments; then a picture of one slice. */
    private static List<List<byte[]>> pictures() {
        return List.of(List.of(unit(0x67, 10), unit(0x68, 4), unit(0x06, 30), unit(0x65, 400), unit(0x65, 2_000)), List.of(unit(0x41, 100)));
    }

    /** What each packet carries: S single, A STAP-A, F FU-A; with M if it has the marker. */
    private static String shape(RecordingSink sink) {
        StringBuilder shape = new StringBuilder();
        for (byte[] packet : sink.packets) {
            RtpPacket view = view(packet);
            shape.append(switch (view.payloadByte(0) & 0x1f) {
                case 24 -> 'A';
                case 28 -> 'F';
                default -> 'S';
            });
            shape.append(view.marker() ? "M" : "");
        }
        return shape.toString();
    }

    @ParameterizedTest
    @CsvSource({"NONE, SSSSFFMSM", "PARAMETER_SETS, ASSFFMSM", "ZERO_LATENCY, AFFMSM", "MAX, AFFMSM"})
    void smallUnitsShareAPacketAsAskedFor(Aggregate aggregate, String shape) throws IOException {
        assertThat(shape(play(pictures(), PayloadConfig.DEFAULTS.withAggregate(aggregate), RtpConfig.of(1)))).isEqualTo(shape);
    }

    @Test
    void zeroLatencyKeepsNothingBackBehindASlice() throws IOException {
        List<List<byte[]>> picture = List.of(List.of(unit(0x06, 9), unit(0x65, 50), unit(0x65, 50), unit(0x06, 9), unit(0x65, 50)));
        assertThat(shape(play(picture, PayloadConfig.DEFAULTS.withAggregate(Aggregate.ZERO_LATENCY), RtpConfig.of(1)))).isEqualTo("ASAM");
        assertThat(shape(play(picture, PayloadConfig.DEFAULTS.withAggregate(Aggregate.MAX), RtpConfig.of(1)))).isEqualTo("AM");
    }

    @ParameterizedTest
    @CsvSource({"AU, SSSSFFMSM", "SLICE, SSSSMFFMSM", "UNIT, SMSMSMSMFFMSM", "PARAMETER_SETS, SMSMSMSFFMSM", "NEVER, SSSSFFS"})
    void markersAreSetByHabit(MarkerHabit marker, String shape) throws IOException {
        assertThat(shape(play(pictures(), PayloadConfig.DEFAULTS.withAggregate(Aggregate.NONE), RtpConfig.of(1).withMarker(marker))))
            .isEqualTo(shape);
    }

    @ParameterizedTest
    @CsvSource({"RFC, 41 5c81 5c01 5c41", "START_AND_END, 5cc1 5c81 5c01 5c41", "RESERVED_BIT, 41 5ca1 5c21 5c61", "TYPE_IN_FIRST, 45 5c85 5c01 5c41"})
    void headersOfFragmentsAreWrittenByHabit(FragmentHabit habit, String headers) throws IOException {
        int header = habit == FragmentHabit.TYPE_IN_FIRST ? 0x45 : 0x41;
        RecordingSink sink = play(List.of(List.of(unit(header, 50), unit(header, 300))),
            PayloadConfig.DEFAULTS.withAggregate(Aggregate.NONE).withFragments(habit).withMaxPacketLength(120), RtpConfig.of(1));
        assertThat(sink.packets.stream().map(packet -> HexFormat.of().formatHex(packet, 12, (packet[12] & 0x1f) == 28 ? 14 : 13)))
            .isEqualTo(List.of(headers.split(" ")));
    }

    @Test
    void fragmentsAreAsLongAsAskedFor() throws IOException {
        RecordingSink sink = play(List.of(List.of(unit(0x65, 2_000))), PayloadConfig.DEFAULTS.withFragmentLength(600), RtpConfig.of(1));
        assertThat(sink.packets.stream().map(packet -> packet.length - 14)).containsExactly(600, 600, 600, 199);
    }

    @Test
    void everyPacketHasWhatStandsAroundThePayload() throws IOException {
        RtpConfig rtp = RtpConfig.of(0x12345678).withPayloadType(35).withFirstSequence(65_535).withFirstTimestamp(-1).withCsrcs(List.of(1, -2, 3))
            .withPadding(7).withExtension(HeaderExtension.parse("one-byte:3=ntp-64,5=hex:0a0b"));
        RecordingSink sink = play(pictures(), PayloadConfig.DEFAULTS.withMaxPacketLength(500), rtp);
        HeaderExtensions elements = new HeaderExtensions();
        for (int i = 0; i < sink.packets.size(); i++) {
            byte[] packet = sink.packets.get(i);
            RtpPacket view = view(packet);
            assertThat(packet.length).isLessThanOrEqualTo(500);
            assertThat(view.ssrc()).isEqualTo(0x12345678);
            assertThat(view.payloadType()).isEqualTo(35);
            assertThat(view.sequence()).isEqualTo(65_535 + i & 0xffff);
            assertThat(view.timestamp()).isEqualTo(i < sink.packets.size() - 1 ? -1 : FRAME_TICKS - 1);
            assertThat(IntStream.range(0, view.csrcCount()).map(view::csrc)).containsExactly(1, -2, 3);
            assertThat(view.hasPadding()).isTrue();
            assertThat(packet[packet.length - 1]).isEqualTo((byte) 7);
            assertThat(elements.wrap(view)).isTrue();
            assertThat(elements.next()).isTrue();
            assertThat(elements.id()).isEqualTo(3);
            long ntp = view.segment().get(ValueLayout.JAVA_LONG_UNALIGNED.withOrder(java.nio.ByteOrder.BIG_ENDIAN), elements.start());
            assertThat(ntp >>> 32).isEqualTo(1_700_000_000L + 2_208_988_800L);
            assertThat((ntp & 0xffff_ffffL) * 1_000 >>> 32).as("milliseconds").isBetween(499L, 540L);
            assertThat(elements.next()).isTrue();
            assertThat(elements.length()).isEqualTo(2);
            assertThat(elements.next()).isFalse();
        }
        assertThat(Received.units(sink.packets)).hasSize(6);
    }

    @Test
    void packetsAreDueWithTheirAccessUnit() throws IOException {
        RecordingSink sink = play(pictures(), PayloadConfig.DEFAULTS, RtpConfig.of(1));
        assertThat(sink.due).containsExactly(0L, 0L, 0L, FRAME_NANOS);
    }

    @Property(tries = 900)
    void everyModeAndKnobKeepsEveryUnit(@ForAll PacketizationMode mode, @ForAll long seed) throws IOException {
        Random random = new Random(seed);
        PayloadConfig payload = payload(random, mode);
        List<List<byte[]>> pictures = pictures(random, mode == PacketizationMode.SINGLE_NAL_UNIT ? 60 : 2_500);
        RecordingSink sink = play(pictures, payload, rtp(random));
        List<String> sent = pictures.stream().flatMap(List::stream).map(Arrays::toString).toList();
        assertThat(Received.units(sink.packets, payload.interleaving().depth()).stream().map(Arrays::toString).toList()).isEqualTo(sent);
        assertThat(sink.packets).allMatch(packet -> packet.length <= payload.maxPacketLength());
    }

    private static PayloadConfig payload(Random random, PacketizationMode mode) {
        PayloadConfig config = PayloadConfig.DEFAULTS.withMode(mode).withMaxPacketLength(300 + random.nextInt(1_200))
            .withAggregate(Aggregate.values()[random.nextInt(Aggregate.values().length)])
            .withInterleaving(PayloadConfig.interleaving(random.nextInt(5), Structure.values()[random.nextInt(3)]));
        // TYPE_IN_FIRST is for receivers that look at the first fragment only, as ours does.
        return mode != PacketizationMode.NON_INTERLEAVED ? config : config.withFragmentLength(random.nextInt(3) * 100)
            .withFragments(FragmentHabit.values()[random.nextInt(FragmentHabit.values().length)]);
    }

    private static RtpConfig rtp(Random random) {
        List<Integer> csrcs = random.ints(random.nextInt(16)).boxed().toList();
        HeaderExtension extension = random.nextBoolean() ? HeaderExtension.NONE
            : HeaderExtension.parse(List.of("onvif", "one-byte:1=ntp-64", "two-byte:1=hex:,9=hex:01020304", "two-byte:200=ntp-64").get(random.nextInt(4)));
        return RtpConfig.random(random).withCsrcs(csrcs).withExtension(extension).withPadding(random.nextInt(3) * 20);
    }

    private static List<List<byte[]>> pictures(Random random, int longest) {
        List<List<byte[]>> pictures = new ArrayList<>();
        for (int i = 0; i < 1 + random.nextInt(6); i++) {
            List<byte[]> units = new ArrayList<>();
            for (int n = 0; n < 1 + random.nextInt(5); n++) {
                byte[] unit = new byte[1 + random.nextInt(random.nextBoolean() ? 40 : longest)];
                // A NAL unit has no start code in it (H.264 section 7.4.1): where one comes, ours takes it for two of a camera that sends Annex B.
                for (int at = 0; at < unit.length; at++) {
                    unit[at] = (byte) (1 + random.nextInt(255));
                }
                unit[0] = (byte) (random.nextInt(4) << 5 | List.of(1, 5, 6, 7, 8, 9, 12).get(random.nextInt(7)));
                units.add(unit);
            }
            pictures.add(units);
        }
        return pictures;
    }

    @Test
    void theSessionDescriptionIsReadBack() throws Exception {
        byte[] sps = HexFormat.of().parseHex("6742c01e95a0280bfe58400000030040000012a3c22110");
        String text = StreamSdp.text(new java.net.InetSocketAddress("127.0.0.1", 5004),
            PayloadConfig.DEFAULTS.withMode(PacketizationMode.INTERLEAVED).withInterleaving(PayloadConfig.interleaving(3, Structure.MTAP16)),
            RtpConfig.of(1).withPayloadType(99), List.of(sps, HexFormat.of().parseHex("68ce3c80")));
        io.mcm.sdp.H264Media media = io.mcm.sdp.SessionDescription.parse(text).media().getFirst();
        assertThat(media.port()).isEqualTo(5_004);
        assertThat(media.payloadType()).isEqualTo(99);
        assertThat(media.packetizationMode()).isEqualTo(2);
        assertThat(text).contains("profile-level-id=42C01E").contains("sprop-interleaving-depth=3").contains("sprop-parameter-sets=Z0LA");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
        three-byte:1=ntp-64      | 'three-byte:1=ntp-64'; expected one-byte:ID=VALUE
        one-byte:15=ntp-64       | element '15=ntp-64'
        one-byte:1=hex:          | element '1=hex:'
        one-byte:1=hex:0         | element '1=hex:0'
        one-byte:1=00            | element '1=00'
        one-byte:x=ntp-64        | element 'x=ntp-64'
        two-byte:256=ntp-64      | element '256=ntp-64'
        one-byte:ntp-64          | element 'ntp-64'
        """)
    void whatIsNoHeaderExtensionIsToldWithWhatIs(String text, String message) {
        assertThatThrownBy(() -> HeaderExtension.parse(text)).isInstanceOf(IllegalArgumentException.class).hasMessageContaining(message)
            .hasMessageContaining("ntp-64 or hex:BYTES");
    }

    @Test
    void whatCannotBeIsTold() {
        assertThatThrownBy(() -> PayloadConfig.DEFAULTS.withMaxPacketLength(60).check(RtpConfig.of(1).withPadding(50)))
            .hasMessageContaining("packet length of 10 bytes; allowed are 15 to 65507 (of 60 less 50 of CSRCs, extension and padding)");
        assertThatThrownBy(() -> RtpConfig.of(1).withPadding(256)).hasMessageContaining("padding of 256 bytes; allowed are 0 to 255");
        assertThatThrownBy(() -> RtpConfig.of(1).withPayloadType(128)).hasMessageContaining("payload type 128; allowed are 0 to 127");
        assertThatThrownBy(() -> RtpConfig.of(1).withCsrcs(IntStream.range(0, 16).boxed().toList())).hasMessageContaining("16 CSRCs");
        assertThatThrownBy(() -> PayloadConfig.DEFAULTS.withMode(PacketizationMode.SINGLE_NAL_UNIT).withFragmentLength(9))
            .hasMessageContaining("mode 0 (single NAL unit) has no fragments");
        assertThatThrownBy(() -> play(pictures(), PayloadConfig.DEFAULTS.withMode(PacketizationMode.SINGLE_NAL_UNIT), RtpConfig.of(1)))
            .isInstanceOf(IOException.class).hasMessageContaining("mode 1 would fragment it");
    }
}
