package io.mcm.capture;

import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.ByteOrder;

/**
 * What an IPv4 (RFC 791) or IPv6 header (RFC 8200, with its extension headers) says about the UDP datagram or the piece of one behind it.
 *
 * <pre>
 *    IPv4                                                                IPv6
 *   +-------+-------+---------------+-------------------------------+   +-------+---------------+-------------------------+
 *   |version|  IHL  |      TOS      |         total length          |   |version| traffic class |       flow label        |
 *   +-------+-------+---------------+-----+-------------------------+   +-------+-----------------------------------------+
 *   |        identification         |flags|     fragment offset     |   |     payload length      | next hdr  | hop limit |
 *   +---------------+---------------+-----+-------------------------+   +-------------------------------------------------+
 *   |      TTL      |   protocol    |        header checksum        |   |               source address (16)               |
 *   +---------------+---------------+-------------------------------+   +-------------------------------------------------+
 *   |                     source, destination                       |   |             destination address (16)            |
 *   +---------------------------------------------------------------+   +-------------------------------------------------+
 *
 *    IPv6 extension header: | next 1 | length in 8 bytes, without the first 8: 1 | ... |
 *    IPv6 fragment header:  | next 1 | reserved 1 | offset 13 bits, reserved 2, more 1 bit | identification 4 |
 * </pre>
 */
final class IpHeader {

    static final int UDP = 17;

    private static final int V4_LENGTH = 20;
    private static final int V4_TOTAL_LENGTH_OFFSET = 2;
    private static final int V4_IDENTIFICATION_OFFSET = 4;
    private static final int V4_FRAGMENT_OFFSET = 6;
    private static final int V4_PROTOCOL_OFFSET = 9;
    private static final int V4_SOURCE_OFFSET = 12;
    private static final int V4_DESTINATION_OFFSET = 16;
    private static final int V4_MORE = 0x2000;
    private static final int V4_FRAGMENT_MASK = 0x1fff;

    private static final int V6_LENGTH = 40;
    private static final int V6_PAYLOAD_LENGTH_OFFSET = 4;
    private static final int V6_NEXT_OFFSET = 6;
    private static final int V6_SOURCE_OFFSET = 8;
    private static final int V6_DESTINATION_OFFSET = 24;
    private static final int V6_FRAGMENT_FIELD_OFFSET = 2;
    private static final int V6_IDENTIFICATION_OFFSET = 4;
    private static final int V6_MORE = 1;
    private static final int V6_FRAGMENT_MASK = 0xfff8;

    private static final int HOP_BY_HOP = 0;
    private static final int ROUTING = 43;
    private static final int FRAGMENT = 44;
    private static final int AUTHENTICATION = 51;
    private static final int DESTINATION_OPTIONS = 60;
    private static final int MOBILITY = 135;
    private static final int EXTENSION_UNIT = 8;
    private static final int AUTHENTICATION_UNIT = 4;
    private static final int FRAGMENT_UNIT = 8;

    private static final ValueLayout.OfShort U16 = ValueLayout.JAVA_SHORT_UNALIGNED.withOrder(ByteOrder.BIG_ENDIAN);
    private static final ValueLayout.OfInt U32 = ValueLayout.JAVA_INT_UNALIGNED.withOrder(ByteOrder.BIG_ENDIAN);
    private static final ValueLayout.OfLong U64 = ValueLayout.JAVA_LONG_UNALIGNED.withOrder(ByteOrder.BIG_ENDIAN);

    int version;
    long sourceHigh;
    long sourceLow;
    long destinationHigh;
    long destinationLow;
    /** Of what lies at {@link #payloadOffset}. */
    int protocol;
    /** From the start of the segment. */
    long payloadOffset;
    /** As the headers say; the capture may have less. */
    int payloadLength;
    int identification;
    /** Bytes before this piece in its datagram. */
    int fragmentOffset;
    boolean moreFragments;

    private MemorySegment segment;
    private long base;

    boolean isFragment() {
        return fragmentOffset != 0 || moreFragments;
    }

    /**
     * Reads the header at {@code at}.
     *
     * @param there  bytes that the capture has from there
     * @param onWire bytes that the frame had from there
     * @return null if all is well, or why the packet is skipped: {@link CaptureCounter#TRUNCATED} means that {@code there} is too few
     */
    CaptureCounter readV4(MemorySegment in, long at, int there, long onWire) {
        segment = in;
        base = at;
        if (there < V4_LENGTH) {
            return CaptureCounter.TRUNCATED;
        }
        int headerLength = (u8(0) & 0x0f) * Integer.BYTES;
        // A sender that lets its network card cut large packets leaves 0 here in its own captures.
        long totalLength = u16(V4_TOTAL_LENGTH_OFFSET) == 0 ? onWire : u16(V4_TOTAL_LENGTH_OFFSET);
        if (u8(0) >> 4 != 4 || headerLength < V4_LENGTH || totalLength < headerLength || totalLength > onWire) {
            return CaptureCounter.MALFORMED;
        }
        version = 4;
        sourceHigh = 0;
        sourceLow = u32(V4_SOURCE_OFFSET);
        destinationHigh = 0;
        destinationLow = u32(V4_DESTINATION_OFFSET);
        protocol = u8(V4_PROTOCOL_OFFSET);
        identification = u16(V4_IDENTIFICATION_OFFSET);
        fragmentOffset = (u16(V4_FRAGMENT_OFFSET) & V4_FRAGMENT_MASK) * FRAGMENT_UNIT;
        moreFragments = (u16(V4_FRAGMENT_OFFSET) & V4_MORE) != 0;
        payloadOffset = base + headerLength;
        payloadLength = (int) Math.min(totalLength - headerLength, Integer.MAX_VALUE);
        return null;
    }

    /** As {@link #readV4}. */
    CaptureCounter readV6(MemorySegment in, long at, int there, long onWire) {
        segment = in;
        base = at;
        if (there < V6_LENGTH) {
            return CaptureCounter.TRUNCATED;
        }
        if (u8(0) >> 4 != 6 || u16(V6_PAYLOAD_LENGTH_OFFSET) > onWire - V6_LENGTH) {
            return CaptureCounter.MALFORMED;
        }
        version = 6;
        sourceHigh = u64(V6_SOURCE_OFFSET);
        sourceLow = u64(V6_SOURCE_OFFSET + Long.BYTES);
        destinationHigh = u64(V6_DESTINATION_OFFSET);
        destinationLow = u64(V6_DESTINATION_OFFSET + Long.BYTES);
        int payload = u16(V6_PAYLOAD_LENGTH_OFFSET);
        return readExtensions(in, at + V6_LENGTH, there - V6_LENGTH, payload, u8(V6_NEXT_OFFSET));
    }

    /**
     * Steps over IPv6 extension headers until UDP, a fragment or something else.
     *
     * @param there  bytes that the capture has from {@code at}
     * @param length bytes that the header before says there are
     * @param next   the kind of the first header
     */
    CaptureCounter readExtensions(MemorySegment in, long at, int there, int length, int next) {
        segment = in;
        base = at;
        protocol = next;
        fragmentOffset = 0;
        moreFragments = false;
        int step = 0;
        while (isExtension(protocol) && !isFragment()) {
            if (step + EXTENSION_UNIT > Math.min(there, length)) {
                return step + EXTENSION_UNIT > length ? CaptureCounter.MALFORMED : CaptureCounter.TRUNCATED;
            }
            int size = extensionLength(step);
            if (protocol == FRAGMENT) {
                identification = (int) u32(step + V6_IDENTIFICATION_OFFSET);
                fragmentOffset = u16(step + V6_FRAGMENT_FIELD_OFFSET) & V6_FRAGMENT_MASK;
                moreFragments = (u16(step + V6_FRAGMENT_FIELD_OFFSET) & V6_MORE) != 0;
            }
            protocol = u8(step);
            step += size;
        }
        payloadOffset = at + step;
        payloadLength = length - step;
        return payloadLength < 0 ? CaptureCounter.MALFORMED : null;
    }

    private static boolean isExtension(int protocol) {
        return switch (protocol) {
            case HOP_BY_HOP, ROUTING, FRAGMENT, AUTHENTICATION, DESTINATION_OPTIONS, MOBILITY -> true;
            default -> false;
        };
    }

    private int extensionLength(int step) {
        return switch (protocol) {
            case FRAGMENT -> EXTENSION_UNIT;
            case AUTHENTICATION -> (u8(step + 1) + 2) * AUTHENTICATION_UNIT;
            default -> (u8(step + 1) + 1) * EXTENSION_UNIT;
        };
    }

    private int u8(int offset) {
        return segment.get(ValueLayout.JAVA_BYTE, base + offset) & 0xff;
    }

    private int u16(int offset) {
        return segment.get(U16, base + offset) & 0xffff;
    }

    private long u32(int offset) {
        return Integer.toUnsignedLong(segment.get(U32, base + offset));
    }

    private long u64(int offset) {
        return segment.get(U64, base + offset);
    }
}
