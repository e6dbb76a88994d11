package io.mcm.h264;

import static org.assertj.core.api.Assertions.assertThat;

import io.mcm.rtp.RtpPacket;
import java.io.ByteArrayOutputStream;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** RFC 6184's rules for senders, in all that the packetizer sends of one stream. */
class SendingRulesTest {

    private static final PacketizerConfig PLAIN = PacketizerConfig.defaults(1).withMaxPacketLength(60);
    private static final PacketizerConfig AGGREGATING = PLAIN.withAggregation();

    private static byte[] unit(int header, int length) {
        byte[] unit = new byte[length];
        for (int i = 1; i < length; i++) {
            unit[i] = (byte) (i % 251);
        }
        unit[0] = (byte) header;
        return unit;
    }

    private static List<RtpPacket> send(PacketizerConfig config, List<List<byte[]>> accessUnits) {
        return Packets.of(config, 0xfffe, accessUnits).stream().map(Packets::view).toList();
    }

    private static int structure(RtpPacket packet) {
        return packet.payloadByte(0) & 0x1f;
    }

    /** Parameter sets, SEI and a picture of slices of growing sizes. */
    private static List<byte[]> accessUnit(int slices) {
        List<byte[]> units = new ArrayList<>(List.of(unit(0x67, 9), unit(0x68, 4), unit(6, 5)));
        IntStream.range(0, slices).forEach(i -> units.add(unit(0x65, 10 + 25 * i)));
        return units;
    }

    @Tag("RFC6184-5.1-02") @Tag("RFC6184-5.7-05")
    @Test
    void anAggregationPacketHasTheMarkerOfItsLastUnit() {
        List<byte[]> small = List.of(unit(0x67, 9), unit(0x68, 4));
        List<RtpPacket> packets = send(AGGREGATING, List.of(small, List.of(small.get(0), small.get(1), unit(0x65, 45))));
        assertThat(packets).extracting(SendingRulesTest::structure).containsExactly(24, 24, 5);
        assertThat(packets).extracting(RtpPacket::marker).containsExactly(true, false, true);
    }

    @Tag("RFC6184-5.1-09") @Tag("RFC6184-5.7-01")
    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void parameterSetsAndSeiHaveTheTimestampOfTheirPictureAggregatedOrNot(boolean aggregate) {
        List<RtpPacket> packets = send(aggregate ? AGGREGATING : PLAIN, List.of(accessUnit(2), accessUnit(1)));
        int first = packets.getFirst().timestamp();
        List<Integer> timestamps = packets.stream().map(RtpPacket::timestamp).distinct().toList();
        assertThat(timestamps).containsExactly(first, first + Packets.TICKS_PER_FRAME);
    }

    @Tag("RFC6184-5.2-03") @Tag("RFC6184-5.2-04")
    @Test
    void aUnitBeyond65535BytesIsFragmentedNotAggregated() {
        PacketizerConfig largest = PLAIN.withMaxPacketLength(PacketizerConfig.MAX_MAX_PACKET_LENGTH).withAggregation();
        List<byte[]> units = List.of(unit(0x67, 9), unit(0x65, 65_536), unit(0x65, 200_000), unit(0x68, 4));
        List<RtpPacket> packets = send(largest, List.of(units));
        assertThat(packets).extracting(SendingRulesTest::structure).containsExactly(7, 28, 28, 28, 28, 28, 28, 8);
        assertThat(received(packets)).containsExactlyElementsOf(units);
    }

    @Tag("RFC6184-6.1-02")
    @Tag("RFC6184-5.5-01") @Tag("RFC6184-5.5-04") @Tag("RFC6184-6.2-04") @Tag("RFC6184-5.6-02")
    @Test
    void singleNalUnitModeSendsInDecodingOrder() {
        List<byte[]> units = accessUnit(2);
        List<RtpPacket> packets = send(PLAIN.withMode(PacketizationMode.SINGLE_NAL_UNIT), List.of(units));
        assertThat(packets.stream().map(Packets::payload)).containsExactlyElementsOf(units);
        assertThat(packets).extracting(RtpPacket::sequence).containsExactly(0xfffe, 0xffff, 0, 1, 2);
    }

    @Tag("RFC6184-6.1-02")
    @Tag("RFC6184-5.5-01") @Tag("RFC6184-5.5-05") @Tag("RFC6184-5.5-06") @Tag("RFC6184-6.3-05")
    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void nonInterleavedModeSendsInDecodingOrderAlsoWithinAnStap(boolean aggregate) {
        List<byte[]> units = accessUnit(8);
        List<RtpPacket> packets = send(aggregate ? AGGREGATING : PLAIN, List.of(units));
        assertThat(received(packets)).containsExactlyElementsOf(units);
    }

    @Tag("RFC6184-6.3-03") @Tag("RFC6184-6.3-04") @Tag("RFC6184-5.8-10") @Tag("RFC6184-5.4-01")
    @Test
    void nonInterleavedModeHasSingleUnitsStapAsAndFuAsOnly() {
        List<RtpPacket> packets = send(AGGREGATING, List.of(accessUnit(8), accessUnit(1)));
        assertThat(packets.stream().map(SendingRulesTest::structure).distinct()).containsExactlyInAnyOrder(24, 5, 28);
    }

    @Tag("RFC6184-6.4-03") @Tag("RFC6184-6.4-04") @Tag("RFC6184-6.4-05") @Tag("RFC6184-5.8-09") @Tag("RFC6184-5.8-10")
    @Tag("RFC6184-5.8-11")
    @ParameterizedTest
    @EnumSource(InterleavingPattern.Structure.class)
    void interleavedModeHasAggregatesOfItsOwnAndBeginsEveryFragmentedUnitWithAnFuB(InterleavingPattern.Structure structure) {
        List<RtpPacket> packets = InterleavedPackets.of(InterleavedPackets.config(60, true), new InterleavingPattern(6, 3, structure), 0, 0,
            List.of(accessUnit(8), accessUnit(1))).stream().map(Packets::view).toList();
        for (RtpPacket packet : packets) {
            int type = structure(packet);
            assertThat(type).isIn(25, 26, 27, 28, 29);
            if (type >= 28) {
                assertThat((packet.payloadByte(1) & 0x80) != 0).as("an FU-B, and only an FU-B, is a start").isEqualTo(type == 29);
            }
        }
        assertThat(packets).extracting(SendingRulesTest::structure).contains(28, 29);
    }

    @Tag("RFC6184-6.2-03") @Tag("RFC6184-5.4-01")
    @Test
    void singleNalUnitModeHasSingleUnitsOnly() {
        List<RtpPacket> packets = send(PLAIN.withMode(PacketizationMode.SINGLE_NAL_UNIT), List.of(accessUnit(2)));
        assertThat(packets).extracting(SendingRulesTest::structure).containsExactly(7, 8, 6, 5, 5);
    }

    @Tag("RFC6184-5.7-06") @Tag("RFC6184-5.7-07")
    @ParameterizedTest
    @ValueSource(ints = {15, 16, 40, 1472, 65_507})
    void noPacketIsLongerThanWasAskedFor(int length) {
        PacketizerConfig config = AGGREGATING.withMaxPacketLength(length);
        assertThat(send(config, List.of(accessUnit(8)))).allMatch(packet -> packet.length() <= length);
    }

    @Tag("RFC6184-5.8-01") @Tag("RFC6184-5.8-02") @Tag("RFC6184-5.8-14") @Tag("RFC6184-5.8-15")
    @ParameterizedTest
    @ValueSource(ints = {49, 92, 93, 1000})
    void everyByteIsInExactlyOneFragmentAndTheFragmentsFollowOneAnother(int length) {
        byte[] unit = unit(0x65, length);
        List<RtpPacket> packets = send(AGGREGATING, List.of(List.of(unit(0x67, 9), unit, unit(0x68, 4))));
        List<RtpPacket> fragments = packets.subList(1, packets.size() - 1);

        ByteArrayOutputStream joined = new ByteArrayOutputStream();
        fragments.stream().map(Packets::payload).forEach(payload -> joined.write(payload, 2, payload.length - 2));
        assertThat(joined.toByteArray()).isEqualTo(Arrays.copyOfRange(unit, 1, length));
        for (int i = 0; i < fragments.size(); i++) {
            assertThat(fragments.get(i).sequence()).isEqualTo(0xffff + i & 0xffff);
            int flags = (i == 0 ? 0x80 : 0) | (i == fragments.size() - 1 ? 0x40 : 0);
            assertThat(fragments.get(i).payloadByte(1) & 0xe0).isEqualTo(flags);
        }
    }

    @Tag("RFC6184-6.1-04") @Tag("RFC6184-6.1-06")
    @Tag("RFC6184-6.1-03") @Tag("RFC6184-6.1-05")
    @ParameterizedTest
    @EnumSource(PacketizationMode.class)
    void aUnitIsSentAsOftenAsItWasGiven(PacketizationMode mode) {
        List<byte[]> units = List.of(unit(0x67, 9), unit(0x67, 9), unit(0x65, 30));
        List<RtpPacket> packets = send(PLAIN.withMode(mode), List.of(units));
        assertThat(received(packets)).containsExactlyElementsOf(units);
        assertThat(packets).extracting(RtpPacket::sequence).as("in packets of their own").doesNotHaveDuplicates();
    }

    @Tag("RFC3550-5.3.1-04")
    @Test
    void noPacketHasAHeaderExtension() {
        assertThat(send(AGGREGATING, List.of(accessUnit(8)))).noneMatch(RtpPacket::hasExtension);
    }

    @Tag("RFC5761-4-03")
    @Test
    void thePayloadTypeIsADynamicOneUnlessAskedOtherwise() {
        assertThat(send(PLAIN, List.of(accessUnit(1)))).extracting(RtpPacket::payloadType).containsOnly(96);
    }

    @Tag("RFC5761-4-04")
    @ParameterizedTest
    @ValueSource(ints = {35, 63})
    void payloadTypesBelow64MayBeAskedFor(int type) {
        assertThat(send(PLAIN.withPayloadType(type), List.of(accessUnit(1)))).extracting(RtpPacket::payloadType).containsOnly(type);
    }

    private static List<byte[]> received(List<RtpPacket> packets) {
        CheckedNalUnits sink = new CheckedNalUnits();
        Depacketizer depacketizer = new Depacketizer(sink);
        for (int i = 0; i < packets.size(); i++) {
            depacketizer.packet(packets.get(i), i, 0);
        }
        depacketizer.end();
        return sink.units;
    }
}
