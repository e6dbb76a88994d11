package io.mcm.capture;

import static io.mcm.capture.Bytes.*;
import static java.nio.ByteOrder.BIG_ENDIAN;
import static java.nio.ByteOrder.LITTLE_ENDIAN;

import io.mcm.FuzzSeeds;
import java.io.IOException;
import java.util.Map;
import org.junit.jupiter.api.Test;

class CaptureSeedsTest {

    private static final byte[] IPV4 = ipv4(udp(PAYLOAD));
    private static final byte[] FRAME = ethernet("0800", IPV4);
    private static final byte[] PIECES = udp(new byte[32]);

    @Test
    void theSeedsOfPcapAreItsShapes() throws IOException {
        FuzzSeeds.check(CaptureFuzzTest.class, "pcap", Map.of(
            "ethernet", pcap(LinkType.ETHERNET, FRAME, FRAME),
            "vlan", pcap(LinkType.ETHERNET, ethernet("8100 0064 0800", IPV4)),
            "raw ipv4", pcap(101, IPV4),
            "ipv6", pcap(LinkType.ETHERNET, ethernet("86dd", ipv6(17, udp(PAYLOAD)))),
            "ipv4 fragments", pcap(101, ipv4Fragment(7, 0, true, slice(PIECES, 0, 24)),
                ipv4Fragment(7, 24, false, slice(PIECES, 24, PIECES.length))),
            "ipv6 fragments", pcap(LinkType.ETHERNET, ethernet("86dd", ipv6Fragment(7, 24, false, slice(PIECES, 24, PIECES.length))),
                ethernet("86dd", ipv6Fragment(7, 0, true, slice(PIECES, 0, 24)))),
            "big endian nanoseconds", join(pcapHeader(BIG_ENDIAN, 0xa1b23c4d, LinkType.ETHERNET),
                pcapRecord(BIG_ENDIAN, 1, 2, FRAME.length, FRAME)),
            "cut", slice(pcap(LinkType.ETHERNET, FRAME), 0, 60)));
    }

    @Test
    void theSeedsOfPcapngAreItsBlocks() throws IOException {
        FuzzSeeds.check(CaptureFuzzTest.class, "pcapng", Map.of(
            "enhanced", join(section(LITTLE_ENDIAN), pcapngInterface(LITTLE_ENDIAN, LinkType.ETHERNET, 0),
                enhancedPacket(LITTLE_ENDIAN, 0, 1, FRAME)),
            "simple and obsolete", join(section(LITTLE_ENDIAN), pcapngInterface(LITTLE_ENDIAN, LinkType.ETHERNET, 64),
                simplePacket(LITTLE_ENDIAN, FRAME.length, FRAME), obsoletePacket(LITTLE_ENDIAN, 0, 1, FRAME)),
            "two sections, options, big endian", join(section(LITTLE_ENDIAN), section(BIG_ENDIAN),
                pcapngInterface(BIG_ENDIAN, 101, 0, option(BIG_ENDIAN, 9, new byte[] {9}), option(BIG_ENDIAN, 14, new byte[8])),
                enhancedPacket(BIG_ENDIAN, 0, 1, IPV4)),
            "unknown block", join(section(LITTLE_ENDIAN), block(LITTLE_ENDIAN, 0x0bad, new byte[5]))));
    }
}
