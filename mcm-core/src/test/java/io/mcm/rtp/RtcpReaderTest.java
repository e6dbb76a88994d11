package io.mcm.rtp;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class RtcpReaderTest {

    private static final int A = 0x8000_000A;
    private static final int B = 0xB;

    private final List<String> read = new ArrayList<>();
    private final RtcpReader reader = new RtcpReader(new Recorder());

    private final class Recorder implements RtcpListener {
        @Override
        public void senderReport(SenderReport r, long nowNanos) {
            read.add("SR %08x ntp %x rtp %d packets %d octets %d".formatted(
                r.ssrc(), r.ntp(), r.rtpTimestamp(), r.packetCount(), r.octetCount()));
        }

        @Override
        public void reportBlock(int reporter, ReportBlock b, long nowNanos) {
            read.add("%08x says of %08x: fraction %d lost %d highest %x jitter %d lsr %x dlsr %d".formatted(reporter, b.ssrc(),
                b.fractionLost(), b.cumulativeLost(), b.extendedHighest(), b.jitter(), b.lastSenderReport(),
                b.delaySinceLastSenderReport()));
        }

        @Override
        public void goodbye(int ssrc, long nowNanos) {
            read.add("BYE %08x".formatted(ssrc));
        }
    }

    private void accept(byte[] bytes) {
        byte[] before = bytes.clone();
        reader.accept(RtpDatagram.placedAt(5, bytes), 5, bytes.length, 0);
        assertThat(bytes).isEqualTo(before);
    }

    private void accept(RtcpDatagram datagram) {
        accept(datagram.bytes());
    }

    private long count(RtcpCounter counter) {
        return reader.counters().get(counter);
    }

    @Tag("RFC3550-6.1-09") @Tag("RFC3550-6.1-12") @Tag("RFC3550-6.4.1-03") @Tag("RFC3550-6.6-01") @Tag("RFC3550-6.7-01")
    @Tag("RFC3550-A.2-05")
    @Test
    @DisplayName("RFC 3550 6.1: every packet of a compound is read, and types that are not known are skipped by their length")
    void readsACompound() {
        accept(RtcpDatagram.report(A, 0x1234_5678_9abc_def0L, 90_000).packet(3, 204, new byte[12]).packet(0, 207, new byte[8])
            .packet(5, 211, new byte[40]).goodbye(A, B));
        assertThat(read).containsExactly("SR 8000000a ntp 123456789abcdef0 rtp 90000 packets 1000 octets 1000000", "BYE 8000000a",
            "BYE 0000000b");
        assertThat(count(RtcpCounter.RTCP_SKIPPED)).as("SDES, APP, XR, unknown").isEqualTo(4);
        assertThat(count(RtcpCounter.RTCP_DATAGRAMS)).isEqualTo(1);
    }

    @Tag("RFC3550-6.4.1-08") @Tag("RFC3550-6.4.2-01")
    @Test
    @DisplayName("RFC 3550 6.4.1: report blocks of sender and receiver reports, the cumulative loss signed in 24 bits")
    void readsReportBlocks() {
        accept(RtcpDatagram.empty().receiverReport(B, A, 0x40_ff_ff_fe, 0x0002_0001, 7, 0x5678_9abc, 65_536,
            5, 0xff_7f_ff_ff, 1, 2, 3, 4));
        accept(RtcpDatagram.empty().senderReport(A, 1, 2, B, 0, 1, 2, 3, 4));
        assertThat(read).containsExactly(
            "0000000b says of 8000000a: fraction 64 lost -2 highest 20001 jitter 7 lsr 56789abc dlsr 65536",
            "0000000b says of 00000005: fraction 255 lost 8388607 highest 1 jitter 2 lsr 3 dlsr 4",
            "SR 8000000a ntp 1 rtp 2 packets 1000 octets 1000000",
            "8000000a says of 0000000b: fraction 0 lost 0 highest 1 jitter 2 lsr 3 dlsr 4");
    }

    @Tag("RFC3550-6.6-01")
    @Test
    @DisplayName("RFC 3550 6.6: the reason of a BYE is skipped")
    void byeWithReason() {
        accept(RtcpDatagram.empty().packet(1, 203, ByteBuffer.allocate(12).putInt(A).put((byte) 5).put("moved".getBytes()).array()));
        assertThat(read).containsExactly("BYE 8000000a");
    }

    @Tag("RFC3550-A.2-02")
    @Test
    @DisplayName("RFC 5506: a datagram that does not begin with a report is read and counted")
    void reducedSize() {
        accept(RtcpDatagram.empty().goodbye(A));
        assertThat(read).containsExactly("BYE 8000000a");
        assertThat(count(RtcpCounter.RTCP_REDUCED_SIZE)).isEqualTo(1);
    }

    @Test
    @DisplayName("RFC 3550 6.4.1: padding of the last packet is not part of it")
    void paddingOfTheLast() {
        byte[] bytes = RtcpDatagram.empty().receiverReport(B).packet(2, 203, ByteBuffer.allocate(8).putInt(A).putInt(4).array()).bytes();
        bytes[8] |= 0x20;
        accept(bytes);
        assertThat(read).as("a BYE of two sources, the second padded away").isEmpty();
        assertThat(count(RtcpCounter.RTCP_TRUNCATED)).isEqualTo(1);
    }

    static Stream<Arguments> refused() {
        byte[] good = RtcpDatagram.report(A, 1, 2).bytes();
        return Stream.of(
            Arguments.of("no bytes", new byte[0], RtcpCounter.RTCP_TOO_SHORT),
            Arguments.of("a header alone", Arrays.copyOf(good, 4), RtcpCounter.RTCP_TOO_SHORT),
            Arguments.of("version 1", with(good, 0, 0x40), RtcpCounter.RTCP_WRONG_VERSION),
            Arguments.of("version 3 in the second packet", with(good, 28, 0xc1), RtcpCounter.RTCP_WRONG_VERSION),
            Arguments.of("RTP", RtpDatagram.of(1).bytes(), RtcpCounter.RTCP_WRONG_TYPE),
            Arguments.of("type 191", with(good, 1, 191), RtcpCounter.RTCP_WRONG_TYPE),
            Arguments.of("type 224", with(good, 1, 224), RtcpCounter.RTCP_WRONG_TYPE),
            Arguments.of("a packet past the end", with(good, 31, 200), RtcpCounter.RTCP_WRONG_LENGTH),
            Arguments.of("two bytes too many", Arrays.copyOf(good, good.length + 2), RtcpCounter.RTCP_WRONG_LENGTH),
            Arguments.of("one byte missing", Arrays.copyOf(good, good.length - 1), RtcpCounter.RTCP_WRONG_LENGTH),
            Arguments.of("padding of the first packet", with(good, 0, 0xa0), RtcpCounter.RTCP_WRONG_PADDING),
            Arguments.of("padding of no bytes", with(good, 28, 0xa1), RtcpCounter.RTCP_WRONG_PADDING),
            Arguments.of("padding of half words", with(with(good, 28, 0xa1), good.length - 1, 2), RtcpCounter.RTCP_WRONG_PADDING),
            Arguments.of("more padding than packet", with(with(good, 28, 0xa1), good.length - 1, 28), RtcpCounter.RTCP_WRONG_PADDING));
    }

    private static byte[] with(byte[] bytes, int at, int value) {
        byte[] copy = bytes.clone();
        copy[at] = (byte) value;
        return copy;
    }

    @Tag("RFC3550-6.1-01") @Tag("RFC3550-6.4.1-01") @Tag("RFC3550-6.4.1-02") @Tag("RFC3550-A.2-01") @Tag("RFC3550-A.2-03")
    @Tag("RFC3550-A.2-04")
    @ParameterizedTest(name = "RFC 3550 A.2: {0} is refused whole, with nothing of it read")
    @MethodSource("refused")
    void refusesWhole(String name, byte[] bytes, RtcpCounter cause) {
        accept(bytes);
        assertThat(read).isEmpty();
        assertThat(count(cause)).isEqualTo(1);
        assertThat(count(RtcpCounter.RTCP_DATAGRAMS)).isZero();
    }

    @ParameterizedTest(name = "RFC 3550 A.2: type {0} with a count that its length cannot hold is skipped, and the next packet is read")
    @ValueSource(ints = {200, 201, 203})
    void skipsTruncated(int type) {
        accept(RtcpDatagram.empty().packet(31, type, new byte[28]).goodbye(B));
        assertThat(read.getLast()).isEqualTo("BYE 0000000b");
        assertThat(count(RtcpCounter.RTCP_TRUNCATED)).isEqualTo(1);
        assertThat(count(RtcpCounter.RTCP_REPORT_BLOCKS)).isZero();
    }

    @Property
    void anyBytesAreReadOrRefusedAndNothingElse(@ForAll byte[] soup, @ForAll boolean plausible) {
        if (plausible && soup.length > 3) {
            soup[0] = (byte) (soup[0] & 0x1f | 0x80);
            soup[1] = (byte) (200 + (soup[1] & 7));
            soup[2] = 0;
            soup[3] = (byte) Math.min(soup[3] & 0x7f, soup.length / 4);
        }
        long before = reader.counters().snapshot().values().stream().mapToLong(Long::longValue).sum();
        accept(soup);
        assertThat(reader.counters().snapshot().values().stream().mapToLong(Long::longValue).sum()).isGreaterThan(before);
    }
}
