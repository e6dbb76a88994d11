package io.mcm.perf.camera;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/** A capture of one RTP stream whose packets follow each other evenly, addressed so that it can be put on a wire as it is. */
public record EvenCapture(int packetsPerSecond, int packets) {

    /** Of the RTP packet: with UDP, IP and Ethernet 1442, which any link takes. */
    static final int LENGTH = 1_400;
    /** Packets of one NAL unit. */
    public static final int PICTURE = 64;
    /** As a byte stream: start code, header, and what the packets carry behind theirs. */
    public static final int BYTES_A_PICTURE = 4 + 1 + PICTURE * (LENGTH - 12 - 2);
    private static final int HEADERS = 14 + 20 + 8;
    private static final int IP_LENGTH = 20 + 8 + LENGTH;
    private static final long NANOS_PER_SECOND = 1_000_000_000L;
    private static final int TICKS_PER_SECOND = 90_000;
    private static final int BEGIN_SECONDS = 1_700_000_000;

    long dueNanos(int packet) {
        return packet * NANOS_PER_SECOND / packetsPerSecond;
    }

    /**
     * Writes a pcap with nanoseconds.
     *
     * @param mac of the receiving interface
     * @param to  IPv4; the packets come from the next address
     */
    public void write(Path file, byte[] mac, InetSocketAddress to) throws IOException {
        ByteBuffer record = ByteBuffer.allocate(16 + HEADERS + LENGTH);
        try (FileChannel out = FileChannel.open(file, StandardOpenOption.WRITE, StandardOpenOption.TRUNCATE_EXISTING, StandardOpenOption.CREATE)) {
            out.write(ByteBuffer.allocate(24).order(ByteOrder.LITTLE_ENDIAN).putInt(0xa1b23c4d).putShort((short) 2).putShort((short) 4).putLong(0)
                .putInt(65_535).putInt(1).flip());
            for (int i = 0; i < packets; i++) {
                record.clear().order(ByteOrder.LITTLE_ENDIAN);
                record.putInt((int) (BEGIN_SECONDS + dueNanos(i) / NANOS_PER_SECOND)).putInt((int) (dueNanos(i) % NANOS_PER_SECOND));
                record.putInt(HEADERS + LENGTH).putInt(HEADERS + LENGTH).order(ByteOrder.BIG_ENDIAN);
                frame(record, mac, to);
                packet(record, i);
                out.write(record.flip());
            }
        }
    }

    private static void frame(ByteBuffer record, byte[] mac, InetSocketAddress to) {
        byte[] address = to.getAddress().getAddress();
        int destination = ByteBuffer.wrap(address).getInt();
        int header = record.position() + 14;
        record.put(mac).put(new byte[] {2, 0, 0, 0, 0, 1}).putShort((short) 0x0800);
        record.put((byte) 0x45).put((byte) 0).putShort((short) IP_LENGTH).putInt(0).put((byte) 64).put((byte) 17).putShort((short) 0);
        record.putInt(destination + 1).putInt(destination);
        record.putShort(header + 10, checksum(record, header));
        // A UDP checksum of 0 is none (RFC 768).
        record.putShort((short) 40_000).putShort((short) to.getPort()).putShort((short) (8 + LENGTH)).putShort((short) 0);
    }

    private static short checksum(ByteBuffer record, int header) {
        int sum = 0;
        for (int i = 0; i < 20; i += 2) {
            sum += record.getShort(header + i) & 0xffff;
        }
        sum = (sum & 0xffff) + (sum >>> 16);
        return (short) ~((sum & 0xffff) + (sum >>> 16));
    }

    /**
     * A fragment of an H.264 slice (FU-A, RFC 6184 section 5.8).
     *
     * @param i whole pictures from the first packet on
     */
    private void packet(ByteBuffer record, int i) {
        int end = record.position() + LENGTH;
        boolean isLast = i % PICTURE == PICTURE - 1;
        int time = (int) (dueNanos(i - i % PICTURE) * TICKS_PER_SECOND / NANOS_PER_SECOND);
        record.put((byte) 0x80).put((byte) (isLast ? 0x80 | 96 : 96)).putShort((short) i).putInt(time).putInt(7);
        record.put((byte) 0x7c).put((byte) (i % PICTURE == 0 ? 0x85 : isLast ? 0x45 : 0x05)).put((byte) 0x88);
        record.position(end);
    }
}
