package io.mcm.h264;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.mcm.rtp.RtpDatagram;
import io.mcm.rtp.RtpPacket;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class PacketizerTest {

    private static final PacketizerConfig CONFIG = PacketizerConfig.defaults(0xCAFE).withMaxPacketLength(22).withPayloadType(112);

    private static byte[] slice(int length) {
        byte[] unit = new byte[length];
        unit[0] = 0x41;
        return unit;
    }

    static Stream<PayloadCase> cases() {
        return PayloadCase.all();
    }

    @Tag("RFC6184-5.3-03") @Tag("RFC6184-5.6-01") @Tag("RFC6184-5.6-03") @Tag("RFC6184-5.7-02") @Tag("RFC6184-5.7-03")
    @Tag("RFC6184-5.7-04") @Tag("RFC6184-5.7.1-01") @Tag("RFC6184-5.7.1-02") @Tag("RFC6184-5.7.1-05") @Tag("RFC6184-5.7.1-07")
    @Tag("RFC6184-5.8-07") @Tag("RFC6184-5.8-12") @Tag("RFC6184-5.8-13") @Tag("RFC6184-5.8-14") @Tag("RFC6184-5.8-15")
    @Tag("RFC6184-5.8-16") @Tag("RFC6184-5.8-18") @Tag("RFC6184-5.8-19") @Tag("RFC6184-5.8-20") @Tag("RFC6184-6.3-03")
    @ParameterizedTest
    @MethodSource("cases")
    void makesThesePayloads(PayloadCase one) {
        List<byte[]> packets = Packets.of(one.config(), 0, List.of(one.units()));
        assertThat(packets.stream().map(Packets::view).map(Packets::payload)).containsExactlyElementsOf(one.payloads());
    }

    @Tag("RFC6184-5.1-01") @Tag("RFC6184-5.1-08") @Tag("RFC6184-5.8-06") @Tag("RFC3550-5.1-08") @Tag("RFC3550-5.1-13")
    @Test
    void onlyTheLastPacketOfAnAccessUnitHasTheMarker_RFC6184_5_1() {
        List<byte[]> units = List.of(new byte[] {0x67}, slice(30));
        List<RtpPacket> packets = Packets.of(CONFIG, 0xFFFE, List.of(units, units)).stream().map(Packets::view).toList();

        assertThat(packets).extracting(RtpPacket::marker)
            .containsExactly(false, false, false, false, true, false, false, false, false, true);
        assertThat(packets).extracting(RtpPacket::sequence)
            .containsExactly(0xFFFE, 0xFFFF, 0, 1, 2, 3, 4, 5, 6, 7);
        assertThat(packets.subList(0, 5)).extracting(RtpPacket::timestamp).containsOnly(-Packets.TICKS_PER_FRAME);
        assertThat(packets.subList(5, 10)).extracting(RtpPacket::timestamp).containsOnly(0);
        assertThat(packets).extracting(RtpPacket::ssrc).containsOnly(0xCAFE);
        assertThat(packets).extracting(RtpPacket::payloadType).containsOnly(112);
    }

    @Test
    void anAccessUnitWithoutUnitsMakesNoPacket() {
        assertThat(Packets.of(CONFIG, 0, List.of(List.of()))).isEmpty();
    }

    @Tag("RFC6184-5.4-01") @Tag("RFC6184-6.2-03")
    @Tag("RFC6184-5.4-05") @Tag("RFC6184-5.6-01")
    @ParameterizedTest
    @EnumSource(PacketizationMode.class)
    void unitsThatRtpTakesForSomethingElseAreNotSent(PacketizationMode mode) {
        for (int type : new int[] {0, 24, 25, 26, 27, 28, 29, 30, 31}) {
            assertThatThrownBy(() -> Packets.of(CONFIG.withMode(mode), 0, List.of(List.of(new byte[] {(byte) (0x60 | type), 1}))))
                .isInstanceOf(IllegalArgumentException.class).hasMessageContaining("a NAL unit of type " + type + "; RTP can carry types 1 to 23");
        }
    }

    @Test
    void modeZeroRefusesAUnitThatDoesNotFitWithBothSizes() {
        PacketizerConfig config = CONFIG.withMode(PacketizationMode.SINGLE_NAL_UNIT);
        assertThatThrownBy(() -> Packets.of(config, 0, List.of(List.of(slice(11)))))
            .isInstanceOf(IllegalArgumentException.class)
            .hasMessageContaining("a NAL unit of 11 bytes does not fit a packet of 22 bytes");
    }

    @Test
    void aUnitWithoutAByteIsRefused() {
        assertThatThrownBy(() -> Packets.of(CONFIG, 0, List.of(List.of(new byte[0]))))
            .hasMessage("a NAL unit of 0 bytes; allowed are 1 and more");
    }

    @Test
    void aSecondAccessUnitBeforeTheEndOfTheFirstIsRefused() {
        Packetizer packetizer = new Packetizer(CONFIG, 0, Arena.ofAuto().allocate(100), (_, _, _) -> { });
        packetizer.beginAccessUnit(0);
        packetizer.nalUnit(RtpDatagram.placedAt(0, slice(1)), 0, 1);
        assertThatThrownBy(() -> packetizer.beginAccessUnit(1)).isInstanceOf(IllegalStateException.class);
    }

    @Test
    void aBufferThatIsTooSmallIsRefusedWithTheNeededSize() {
        MemorySegment small = Arena.ofAuto().allocate(24);
        assertThatThrownBy(() -> new Packetizer(CONFIG, 0, small, (_, _, _) -> { }))
            .hasMessage("buffer of 24 bytes; needed are 25");
    }

    @ParameterizedTest
    @ValueSource(ints = {-1, 14, 65_508})
    void aPacketLengthOutsideTheAllowedIsRefusedWithItsValue(int length) {
        assertThatThrownBy(() -> CONFIG.withMaxPacketLength(length))
            .hasMessage("packet length of " + length + " bytes; allowed are 15 to 65507");
    }

    @Test
    void aConfigurationThatContradictsItselfIsRefused() {
        assertThatThrownBy(() -> CONFIG.withPayloadType(128)).hasMessage("payload type 128; allowed are 0 to 127");
        assertThatThrownBy(() -> CONFIG.withAggregation().withMode(PacketizationMode.SINGLE_NAL_UNIT))
            .hasMessageContaining("has no aggregation");
    }
}
