package io.mcm.capture;

import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.ByteOrder;

/**
 * Finds the network layer of a frame: link header and VLAN tags are stepped over. One instance looks at frame after frame.
 *
 * <pre>
 *   Ethernet   | destination 6 | source 6 | type 2 |                                                    IEEE 802.3
 *   VLAN tag   | control 2 | type 2 |                                                                  IEEE 802.1Q, 802.1ad
 *   SLL        | packet type 2 | ARPHRD 2 | address length 2 | address 8 | type 2 |                     LINKTYPE_LINUX_SLL
 *   SLL2       | type 2 | reserved 2 | interface 4 | ARPHRD 2 | packet type 1 | length 1 | address 8 |  LINKTYPE_LINUX_SLL2
 *   NULL, LOOP | address family 4 |                                                                    LINKTYPE_NULL, _LOOP
 * </pre>
 */
final class LinkLayer {

    static final int IPV4 = 0x0800;
    static final int IPV6 = 0x86dd;
    /** The answer for a link type that is not understood; no EtherType is negative. */
    static final int UNKNOWN = -1;
    /** The answer for a frame that ends inside its link header. */
    static final int SHORT = -2;
    /** The answer for a frame that names no EtherType. */
    static final int NO_PROTOCOL = -3;

    private static final int ETHERNET_TYPE_OFFSET = 12;
    private static final int ETHERNET_LENGTH = 14;
    private static final int SLL_TYPE_OFFSET = 14;
    private static final int SLL_LENGTH = 16;
    private static final int SLL2_TYPE_OFFSET = 0;
    private static final int SLL2_LENGTH = 20;
    private static final int FAMILY_LENGTH = 4;
    private static final int VLAN_TYPE_OFFSET = 2;
    private static final int VLAN_LENGTH = 4;

    private static final int VLAN = 0x8100;
    private static final int SERVICE_VLAN = 0x88a8;
    /** The service tag of switches older than 802.1ad. */
    private static final int OLD_SERVICE_VLAN = 0x9100;

    private static final int FAMILY_INET = 2;
    private static final int FAMILY_INET6_LINUX = 10;
    private static final int FAMILY_INET6_OPENBSD = 24;
    private static final int FAMILY_INET6_FREEBSD = 28;
    private static final int FAMILY_INET6_DARWIN = 30;

    private static final ValueLayout.OfShort U16 = ValueLayout.JAVA_SHORT_UNALIGNED.withOrder(ByteOrder.BIG_ENDIAN);
    private static final ValueLayout.OfInt U32 = ValueLayout.JAVA_INT_UNALIGNED.withOrder(ByteOrder.BIG_ENDIAN);

    private MemorySegment segment;
    private long frame;
    private int length;
    private int headerLength;

    /** The EtherType of the frame's network layer, or {@link #UNKNOWN}, {@link #SHORT}, {@link #NO_PROTOCOL}. */
    int locate(CaptureRecord record) {
        segment = record.segment();
        frame = record.offset();
        length = record.capturedLength();
        return switch (record.linkType()) {
            case LinkType.ETHERNET -> typed(ETHERNET_TYPE_OFFSET, ETHERNET_LENGTH);
            case LinkType.LINUX_SLL -> typed(SLL_TYPE_OFFSET, SLL_LENGTH);
            case LinkType.LINUX_SLL2 -> typed(SLL2_TYPE_OFFSET, SLL2_LENGTH);
            case LinkType.NULL, LinkType.LOOP -> family();
            case LinkType.RAW, LinkType.RAW_BSD, LinkType.IPV4, LinkType.IPV6 -> raw();
            default -> UNKNOWN;
        };
    }

    /** Bytes from the frame's start to the network layer that {@link #locate} found. */
    int headerLength() {
        return headerLength;
    }

    private int typed(int typeOffset, int linkLength) {
        if (length < linkLength) {
            return SHORT;
        }
        int type = u16(typeOffset);
        headerLength = linkLength;
        while (type == VLAN || type == SERVICE_VLAN || type == OLD_SERVICE_VLAN) {
            if (length < headerLength + VLAN_LENGTH) {
                return SHORT;
            }
            type = u16(headerLength + VLAN_TYPE_OFFSET);
            headerLength += VLAN_LENGTH;
        }
        return type;
    }

    private int family() {
        if (length < FAMILY_LENGTH) {
            return SHORT;
        }
        headerLength = FAMILY_LENGTH;
        int family = segment.get(U32, frame);
        // Families are small: one that fills the upper half was written by a little-endian machine.
        return switch (family >>> Short.SIZE == 0 ? family : Integer.reverseBytes(family)) {
            case FAMILY_INET -> IPV4;
            case FAMILY_INET6_LINUX, FAMILY_INET6_OPENBSD, FAMILY_INET6_FREEBSD, FAMILY_INET6_DARWIN -> IPV6;
            default -> NO_PROTOCOL;
        };
    }

    private int raw() {
        headerLength = 0;
        if (length == 0) {
            return SHORT;
        }
        return switch (segment.get(ValueLayout.JAVA_BYTE, frame) >> 4 & 0x0f) {
            case 4 -> IPV4;
            case 6 -> IPV6;
            default -> NO_PROTOCOL;
        };
    }

    private int u16(int offset) {
        return segment.get(U16, frame + offset) & 0xffff;
    }
}
