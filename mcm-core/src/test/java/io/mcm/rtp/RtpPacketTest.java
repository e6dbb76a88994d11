package io.mcm.rtp;

import static org.assertj.core.api.Assertions.assertThat;

import io.mcm.rtp.RtpPacket.Validity;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.util.Arrays;
import java.util.stream.Stream;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class RtpPacketTest {

    private static final byte[] PAYLOAD = {0x65, 10, 11, 12, 13};

    private static RtpDatagram datagram() {
        return RtpDatagram.of(0xFFFE).payload(PAYLOAD);
    }

    static Stream<Arguments> shapes() {
        byte[] words = {0x10, 1, 2, 3, 4, 5, 6, 7};
        return Stream.of(
            Arguments.of("plain", datagram(), 0),
            Arguments.of("one CSRC", datagram().csrcs(7), 1),
            Arguments.of("15 CSRCs", datagram().csrcs(new int[15]), 15),
            Arguments.of("one-byte extension (RFC 8285)", datagram().extension(0xBEDE, words), 0),
            Arguments.of("ONVIF replay extension", datagram().extension(0xABAC, Arrays.copyOf(words, 12)), 0),
            Arguments.of("extension of no words", datagram().extension(0xBEDE), 0),
            Arguments.of("one byte of padding", datagram().padding(1), 0),
            Arguments.of("255 bytes of padding", datagram().padding(255), 0),
            Arguments.of("all of them", datagram().csrcs(1, 2, 3).extension(0x1000, words).padding(4), 3));
    }

    @Tag("RFC3550-5.1-02") @Tag("RFC3550-5.1-03") @Tag("RFC3550-5.1-04") @Tag("RFC3550-5.3.1-01") @Tag("RFC3550-5.3.1-02")
    @Tag("RFC3550-5.3.1-03") @Tag("RFC6184-5.6-03")
    @ParameterizedTest(name = "{0}")
    @MethodSource("shapes")
    void findsThePayloadBehindCsrcsAndExtensionAndBeforePadding(String name, RtpDatagram datagram, int csrcs) {
        RtpPacket packet = datagram.view();

        byte[] found = packet.segment().asSlice(packet.payloadStart(), packet.payloadLength()).toArray(ValueLayout.JAVA_BYTE);
        assertThat(found).isEqualTo(PAYLOAD);
        assertThat(packet.payloadByte(4)).isEqualTo(13);
        assertThat(packet.csrcCount()).isEqualTo(csrcs);
    }

    @Tag("RFC3550-4-01")
    @Test
    void readsEveryFieldRelativeToItsBase() {
        RtpPacket packet = RtpDatagram.of(0xABCD).marker().payloadType(127).timestamp(0xFEDC_BA98).ssrc(0x8000_0001)
            .csrcs(0x11, 0xFFFF_FFFF).view();

        assertThat(packet.base()).isEqualTo(7);
        assertThat(packet.marker()).isTrue();
        assertThat(packet.payloadType()).isEqualTo(127);
        assertThat(packet.sequence()).isEqualTo(0xABCD);
        assertThat(packet.timestamp()).isEqualTo(0xFEDC_BA98);
        assertThat(packet.ssrc()).isEqualTo(0x8000_0001);
        assertThat(packet.csrc(0)).isEqualTo(0x11);
        assertThat(packet.csrc(1)).isEqualTo(0xFFFF_FFFF);
        assertThat(packet.hasExtension()).isFalse();
        assertThat(packet.hasPadding()).isFalse();
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 1, 3, 11})
    void callsLessThanTwelveBytesTooShort(int length) {
        assertThat(wrap(Arrays.copyOf(datagram().bytes(), length))).isEqualTo(Validity.TOO_SHORT);
    }

    @Tag("RFC3550-5.1-01") @Tag("RFC3550-A.1-01")
    @ParameterizedTest
    @ValueSource(ints = {0, 1, 3})
    void takesNoVersionButTwo(int version) {
        byte[] bytes = datagram().bytes();
        bytes[0] = (byte) (version << 6);
        assertThat(wrap(bytes)).isEqualTo(Validity.WRONG_VERSION);
    }

    @Test
    void aPaddingBitWithoutPaddingIsTold() {
        byte[] bytes = datagram().padding(1).bytes();
        bytes[bytes.length - 1] = 0;
        RtpPacket packet = new RtpPacket();
        assertThat(packet.wrap(RtpDatagram.placedAt(7, bytes), 7, bytes.length)).isEqualTo(Validity.PADDING_EMPTY);
        assertThat(packet.payloadLength()).isEqualTo(PAYLOAD.length + 1);
    }

    static Stream<Arguments> overruns() {
        byte[] paddedByAll = datagram().padding(1).bytes();
        paddedByAll[paddedByAll.length - 1] = (byte) (PAYLOAD.length + 2);
        byte[] csrcs = Arrays.copyOf(datagram().csrcs(1, 2, 3).bytes(), 20);
        byte[] extensionCut = Arrays.copyOf(datagram().extension(0xBEDE, new byte[4]).bytes(), 14);
        byte[] extensionLong = datagram().extension(0xBEDE, new byte[4]).bytes();
        extensionLong[14] = (byte) 0xff;
        return Stream.of(
            Arguments.of("padding into the header", paddedByAll),
            Arguments.of("CSRCs past the end", csrcs),
            Arguments.of("extension header past the end", extensionCut),
            Arguments.of("extension past the end", extensionLong));
    }

    @Tag("RFC3550-A.1-03") @Tag("RFC3550-A.1-04") @Tag("RFC3550-A.1-05")
    @ParameterizedTest(name = "{0}")
    @MethodSource("overruns")
    void callsWhatReachesPastTheEndAnOverrun(String name, byte[] bytes) {
        assertThat(wrap(bytes)).isEqualTo(Validity.OVERRUN);
    }

    @Test
    void mayHaveNoPayload() {
        assertThat(RtpDatagram.of(1).payload().view().payloadLength()).isZero();
        assertThat(RtpDatagram.of(1).payload().padding(200).view().payloadLength()).isZero();
    }

    @Property
    void whateverIsValidLiesInsideTheDatagram(@ForAll byte[] soup, @ForAll @IntRange(max = 40) int base) {
        RtpPacket packet = new RtpPacket();
        if (packet.wrap(RtpDatagram.placedAt(base, soup), base, soup.length) == Validity.VALID) {
            assertThat(packet.payloadStart()).isGreaterThanOrEqualTo(base + RtpPacket.FIXED_HEADER_LENGTH);
            assertThat(packet.payloadLength()).isNotNegative();
            assertThat(packet.payloadStart() + packet.payloadLength()).isLessThanOrEqualTo(base + soup.length);
        }
    }

    @Property
    void readsTheHeaderThatItWrote(@ForAll @IntRange(max = 127) int payloadType, @ForAll short sequence, @ForAll int timestamp,
            @ForAll int ssrc, @ForAll boolean marker) {
        MemorySegment segment = RtpDatagram.placedAt(5, new byte[RtpPacket.FIXED_HEADER_LENGTH]);
        RtpPacket.writeHeader(segment, 5, payloadType, sequence, timestamp, ssrc);
        if (marker) {
            RtpPacket.writeMarker(segment, 5);
        }
        RtpDatagram same = RtpDatagram.of(sequence).payloadType(payloadType).timestamp(timestamp).ssrc(ssrc).payload();
        byte[] expected = (marker ? same.marker() : same).bytes();
        assertThat(segment.asSlice(5, expected.length).toArray(ValueLayout.JAVA_BYTE)).isEqualTo(expected);
    }

    private static Validity wrap(byte[] bytes) {
        return new RtpPacket().wrap(RtpDatagram.placedAt(3, bytes), 3, bytes.length);
    }
}
