package io.mcm.endtoend;

import static java.lang.foreign.ValueLayout.JAVA_BYTE;

import io.mcm.h264.Packetizer;
import io.mcm.h264.PacketizerConfig;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Random;

/** Sends access units as RTP to a UDP port of this machine, and remembers them. */
final class Camera implements AutoCloseable {

    static final int SSRC = 0x1234;
    static final int TICKS = 3000;
    static final int FIRST_SEQUENCE = 65_530;
    static final String START_CODE = "00000001";

    private final DatagramSocket socket;
    private final int port;
    private final Packetizer packetizer;
    private final Random random = new Random(1);
    private final List<String> sent = new ArrayList<>();
    private int timestamp;
    private int passNext;
    private int dropNext;
    private long datagrams;

    Camera(int port) throws IOException {
        this(port, SSRC);
    }

    Camera(int port, int ssrc) throws IOException {
        socket = new DatagramSocket();
        this.port = port;
        PacketizerConfig config = PacketizerConfig.defaults(ssrc);
        MemorySegment buffer = Arena.ofAuto().allocate(Packetizer.bufferLength(config));
        packetizer = new Packetizer(config, FIRST_SEQUENCE, buffer, (segment, offset, length) ->
            packet(segment.asSlice(offset, length).toArray(JAVA_BYTE)));
    }

    private void packet(byte[] bytes) {
        if (passNext > 0) {
            passNext--;
            raw(bytes);
        } else if (dropNext > 0) {
            dropNext--;
        } else {
            raw(bytes);
        }
    }

    void raw(byte... bytes) {
        datagrams++;
        try {
            // Not connected: a connected one sends no empty datagrams, and fails where nobody listens.
            socket.send(new DatagramPacket(bytes, bytes.length, InetAddress.getLoopbackAddress(), port));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** So many of the next packets are not sent. */
    void drop(int packets) {
        dropNext = packets;
    }

    /** So many of the next packets are sent, and so many after them are not. */
    void dropAfter(int sentPackets, int packets) {
        passNext = sentPackets;
        dropNext = packets;
    }

    /** One access unit, one IDR slice of each length; the first has the first macroblock. */
    void accessUnit(int... lengths) {
        packetizer.beginAccessUnit(timestamp);
        for (int i = 0; i < lengths.length; i++) {
            byte[] unit = nalUnit(lengths[i], i == 0);
            packetizer.nalUnit(MemorySegment.ofArray(unit), 0, unit.length);
            sent.add(HexFormat.of().formatHex(unit));
        }
        packetizer.endAccessUnit();
        timestamp += TICKS;
    }

    /** Without zeros, so that no start code is in it. */
    private byte[] nalUnit(int length, boolean first) {
        byte[] unit = new byte[length];
        for (int i = 0; i < length; i++) {
            unit[i] = (byte) (1 + random.nextInt(255));
        }
        unit[0] = 0x65;
        if (length > 1) {
            unit[1] = (byte) (first ? unit[1] | 0x80 : unit[1] & 0x7f | 1);
        }
        return unit;
    }

    /** Every NAL unit that was packetized, start code included, in order. */
    List<String> sent() {
        return sent.stream().map(unit -> START_CODE + unit).toList();
    }

    long datagrams() {
        return datagrams;
    }

    @Override
    public void close() {
        socket.close();
    }
}
