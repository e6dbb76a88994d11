package io.mcm.conformance.differential;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;

/**
 * The kind of capture that everybody reads: pcap in microseconds, each datagram whole in one frame.
 *
 * <pre>
 *   file     | magic 4 | version 2+2 | zone 4 | accuracy 4 | snap length 4 | link type 4 |
 *   record   | seconds 4 | microseconds 4 | captured 4 | original 4 | Ethernet 14 | IPv4 20 | UDP 8 | RTP
 * </pre>
 */
final class PlainPcap {

    private static final int FILE_HEADER_LENGTH = 24;
    private static final int MAGIC_MICROS = 0xa1b2c3d4;
    private static final int SNAP_LENGTH = 262_144;
    private static final int ETHERNET = 1;
    private static final int RECORD_HEADER_LENGTH = 16;
    private static final int ADDRESSES_LENGTH = 12;
    private static final int ETHERNET_LENGTH = ADDRESSES_LENGTH + Short.BYTES;
    private static final short ETHERTYPE_IPV4 = 0x0800;
    private static final int IP_LENGTH = 20;
    private static final byte IP_VERSION_AND_WORDS = 0x45;
    private static final byte TIME_TO_LIVE = 64;
    private static final byte UDP = 17;
    private static final int LOOPBACK = 0x7f000001;
    private static final int UDP_LENGTH = 8;

    private PlainPcap() {}

    static void write(RtpPackets packets, Path file) throws IOException {
        int overhead = RECORD_HEADER_LENGTH + ETHERNET_LENGTH + IP_LENGTH + UDP_LENGTH;
        int length = packets.all().stream().mapToInt(arrival -> overhead + arrival.packet().length).sum();
        ByteBuffer out = ByteBuffer.allocate(FILE_HEADER_LENGTH + length).order(ByteOrder.BIG_ENDIAN);
        out.putInt(MAGIC_MICROS).putShort((short) 2).putShort((short) 4).putInt(0).putInt(0).putInt(SNAP_LENGTH).putInt(ETHERNET);
        packets.all().forEach(arrival -> record(out, arrival, packets.port()));
        Files.write(file, out.array());
    }

    /** Without checksums, which IPv4 readers of captures do not ask for. */
    private static void record(ByteBuffer out, RtpPackets.Arrival arrival, int port) {
        int udp = UDP_LENGTH + arrival.packet().length;
        int frame = ETHERNET_LENGTH + IP_LENGTH + udp;
        long micros = TimeUnit.NANOSECONDS.toMicros(arrival.nanos());
        long second = TimeUnit.SECONDS.toMicros(1);
        out.putInt((int) (micros / second)).putInt((int) (micros % second)).putInt(frame).putInt(frame);
        out.put(new byte[ADDRESSES_LENGTH]).putShort(ETHERTYPE_IPV4);
        out.put(IP_VERSION_AND_WORDS).put((byte) 0).putShort((short) (IP_LENGTH + udp)).putInt(0);
        out.put(TIME_TO_LIVE).put(UDP).putShort((short) 0).putInt(LOOPBACK).putInt(LOOPBACK);
        out.putShort((short) port).putShort((short) port).putShort((short) udp).putShort((short) 0);
        out.put(arrival.packet());
    }
}
