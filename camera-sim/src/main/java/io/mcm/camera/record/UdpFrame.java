package io.mcm.camera.record;

import io.mcm.capture.Endpoint;
import io.mcm.capture.Flow;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.ByteOrder;

/**
 * IP and UDP headers as the kernel would have written them, checksums included. One object serves one flow.
 *
 * <pre>
 *   IPv4 (RFC 791), 20 bytes                                 IPv6 (RFC 8200), 40 bytes
 *   | 4 | 5 |  TOS  |         total length          |        | 6 | class |             flow label            |
 *   |       identification  |0 1 0|  fragment: 0    |        |    payload length     |   17  |   hop limit   |
 *   |  TTL  |   17  |         checksum              |        |              source, 16 bytes                 |
 *   |                   source                      |        |           destination, 16 bytes               |
 *   |                 destination                   |
 *   UDP (RFC 768), 8 bytes: | source port | destination port | length | checksum |
 * </pre>
 */
final class UdpFrame {

    /** Longest headers: IPv6 and UDP. */
    static final int MAX_HEADERS_LENGTH = 48;

    private static final int IPV4_LENGTH = 20;
    private static final int IPV4_TOTAL_LENGTH_OFFSET = 2;
    private static final int IPV4_IDENTIFICATION_OFFSET = 4;
    private static final int IPV4_FLAGS_OFFSET = 6;
    private static final int IPV4_TTL_OFFSET = 8;
    private static final int IPV4_PROTOCOL_OFFSET = 9;
    private static final int IPV4_CHECKSUM_OFFSET = 10;
    private static final int IPV4_SOURCE_OFFSET = 12;
    private static final int IPV4_DESTINATION_OFFSET = 16;
    private static final int IPV4_VERSION_AND_WORDS = 0x45;
    private static final int DONT_FRAGMENT = 0x4000;

    private static final int IPV6_LENGTH = 40;
    private static final int IPV6_PAYLOAD_LENGTH_OFFSET = 4;
    private static final int IPV6_NEXT_HEADER_OFFSET = 6;
    private static final int IPV6_HOP_LIMIT_OFFSET = 7;
    private static final int IPV6_SOURCE_OFFSET = 8;
    private static final int IPV6_DESTINATION_OFFSET = 24;
    private static final int IPV6_VERSION = 0x60;

    private static final int UDP_LENGTH = 8;
    private static final int UDP_DESTINATION_OFFSET = 2;
    private static final int UDP_LENGTH_OFFSET = 4;
    private static final int UDP_CHECKSUM_OFFSET = 6;

    private static final int UDP = 17;
    /** Linux's default. */
    private static final int HOPS = 64;
    private static final int U16 = 0xffff;

    private static final ValueLayout.OfByte BYTE = ValueLayout.JAVA_BYTE;
    private static final ValueLayout.OfShort SHORT = ValueLayout.JAVA_SHORT_UNALIGNED.withOrder(ByteOrder.BIG_ENDIAN);
    private static final ValueLayout.OfInt INT = ValueLayout.JAVA_INT_UNALIGNED.withOrder(ByteOrder.BIG_ENDIAN);
    private static final ValueLayout.OfLong LONG = ValueLayout.JAVA_LONG_UNALIGNED.withOrder(ByteOrder.BIG_ENDIAN);

    private final Flow flow;
    private final boolean six;
    private int identification;

    UdpFrame(Flow flow) {
        this.flow = flow;
        six = flow.destination().version() == 6;
    }

    /** Bytes before the payload. */
    int headersLength() {
        return (six ? IPV6_LENGTH : IPV4_LENGTH) + UDP_LENGTH;
    }

    /** Writes the headers before {@code length} bytes of payload that lie at {@code base + headersLength()} already. */
    void writeHeaders(MemorySegment to, long base, int length) {
        int ip = six ? IPV6_LENGTH : IPV4_LENGTH;
        if (six) {
            ipv6(to, base, UDP_LENGTH + length);
        } else {
            ipv4(to, base, IPV4_LENGTH + UDP_LENGTH + length);
        }
        udp(to, base, base + ip, UDP_LENGTH + length);
    }

    private void ipv4(MemorySegment to, long base, int totalLength) {
        to.asSlice(base, IPV4_LENGTH).fill((byte) 0);
        to.set(BYTE, base, (byte) IPV4_VERSION_AND_WORDS);
        to.set(SHORT, base + IPV4_TOTAL_LENGTH_OFFSET, (short) totalLength);
        to.set(SHORT, base + IPV4_IDENTIFICATION_OFFSET, (short) identification++);
        to.set(SHORT, base + IPV4_FLAGS_OFFSET, (short) DONT_FRAGMENT);
        to.set(BYTE, base + IPV4_TTL_OFFSET, (byte) HOPS);
        to.set(BYTE, base + IPV4_PROTOCOL_OFFSET, (byte) UDP);
        to.set(INT, base + IPV4_SOURCE_OFFSET, (int) flow.source().low());
        to.set(INT, base + IPV4_DESTINATION_OFFSET, (int) flow.destination().low());
        to.set(SHORT, base + IPV4_CHECKSUM_OFFSET, (short) ~fold(sum(to, base, IPV4_LENGTH)));
    }

    private void ipv6(MemorySegment to, long base, int payloadLength) {
        to.asSlice(base, IPV6_LENGTH).fill((byte) 0);
        to.set(BYTE, base, (byte) IPV6_VERSION);
        to.set(SHORT, base + IPV6_PAYLOAD_LENGTH_OFFSET, (short) payloadLength);
        to.set(BYTE, base + IPV6_NEXT_HEADER_OFFSET, (byte) UDP);
        to.set(BYTE, base + IPV6_HOP_LIMIT_OFFSET, (byte) HOPS);
        address(to, base + IPV6_SOURCE_OFFSET, flow.source());
        address(to, base + IPV6_DESTINATION_OFFSET, flow.destination());
    }

    private static void address(MemorySegment to, long at, Endpoint endpoint) {
        to.set(LONG, at, endpoint.high());
        to.set(LONG, at + Long.BYTES, endpoint.low());
    }

    private void udp(MemorySegment to, long ip, long base, int udpLength) {
        to.set(SHORT, base, (short) flow.source().port());
        to.set(SHORT, base + UDP_DESTINATION_OFFSET, (short) flow.destination().port());
        to.set(SHORT, base + UDP_LENGTH_OFFSET, (short) udpLength);
        to.set(SHORT, base + UDP_CHECKSUM_OFFSET, (short) 0);
        // The pseudo header: both addresses, the length, the protocol (RFC 768, RFC 8200 section 8.1).
        int addresses = six ? IPV6_SOURCE_OFFSET : IPV4_SOURCE_OFFSET;
        long sum = sum(to, ip + addresses, base - ip - addresses) + udpLength + UDP + sum(to, base, udpLength);
        int checksum = ~fold(sum) & U16;
        // 0 would say that there is none.
        to.set(SHORT, base + UDP_CHECKSUM_OFFSET, (short) (checksum == 0 ? U16 : checksum));
    }

    /** Of 16-bit words, an odd byte filled up with 0 (RFC 1071); four bytes at a time, whose halves are folded later. */
    private static long sum(MemorySegment of, long from, long length) {
        long sum = 0;
        long at = 0;
        for (; at + Integer.BYTES <= length; at += Integer.BYTES) {
            sum += Integer.toUnsignedLong(of.get(INT, from + at));
        }
        for (; at < length; at++) {
            int shift = at % 2 == 0 ? Byte.SIZE : 0;
            sum += (long) (of.get(BYTE, from + at) & 0xff) << shift;
        }
        return sum;
    }

    private static int fold(long sum) {
        long folded = sum;
        while (folded > U16) {
            folded = (folded >>> Short.SIZE) + (folded & U16);
        }
        return (int) folded;
    }
}
