package io.mcm.proxy.delivery;

import io.mcm.h264.NalHeader;
import io.mcm.h264.NalType;
import io.mcm.h264.Packetizer;
import io.mcm.h264.PacketizerConfig;
import io.mcm.rtp.RtpReceiver;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;

/** Access units, the packets that they went in, and which of those arrived. */
final class SentStream {

    /**
     * An access unit.
     *
     * @param before bits for AUD, SPS, PPS, SEI
     * @param slices bytes of each
     */
    record Picture(boolean idr, int before, List<Integer> slices) {}

    /** @param first the number of its first packet; {@code end} is behind its last */
    record Unit(int picture, int type, boolean firstSlice, String hex, int first, int end) {

        boolean isSlice() {
            return NalType.isSlice(type);
        }
    }

    private static final int[] BEFORE = {0x09, 0x67, 0x68, 0x06};
    private static final int IDR = 0x65;
    private static final int SLICE = 0x41;
    private static final int FIRST_MACROBLOCK = 0x88;
    private static final int ANOTHER_MACROBLOCK = 0x22;
    private static final int MAX_PACKET = 60;
    private static final int TICKS = 3000;
    private static final long PICTURE_NANOS = 33_333_333;

    private final List<Picture> pictures;
    private final List<Unit> units = new ArrayList<>();
    private final List<byte[]> packets = new ArrayList<>();
    private final List<Long> times = new ArrayList<>();
    private final Packetizer packetizer;
    private boolean[] arrived = new boolean[0];
    private int picture;

    SentStream(List<Picture> pictures, int firstSequence) {
        this.pictures = pictures;
        PacketizerConfig config = PacketizerConfig.defaults(1).withMaxPacketLength(MAX_PACKET);
        packetizer = new Packetizer(config, firstSequence, Arena.ofAuto().allocate(Packetizer.bufferLength(config)),
            (segment, offset, length) -> packets.add(segment.asSlice(offset, length).toArray(ValueLayout.JAVA_BYTE)));
        for (picture = 0; picture < pictures.size(); picture++) {
            packetizer.beginAccessUnit(picture * TICKS);
            send(pictures.get(picture));
            packetizer.endAccessUnit();
            setEnds();
        }
        arrived = new boolean[packets.size()];
        Arrays.fill(arrived, true);
    }

    private void send(Picture sent) {
        for (int bit = 0; bit < BEFORE.length; bit++) {
            if ((sent.before() >> bit & 1) != 0) {
                send(BEFORE[bit], 0x11, 4, false);
            }
        }
        for (int i = 0; i < sent.slices().size(); i++) {
            send(sent.idr() ? IDR : SLICE, i == 0 ? FIRST_MACROBLOCK : ANOTHER_MACROBLOCK, sent.slices().get(i), i == 0);
        }
    }

    /** Without zeros, and unlike every other. */
    private void send(int header, int second, int length, boolean firstSlice) {
        byte[] unit = new byte[length];
        Arrays.fill(unit, (byte) 0x55);
        unit[0] = (byte) header;
        unit[1] = (byte) second;
        unit[2] = (byte) (1 + units.size() / 200);
        unit[3] = (byte) (1 + units.size() % 200);
        units.add(new Unit(picture, NalHeader.type(header), firstSlice, HexFormat.of().formatHex(unit), packets.size(), 0));
        packetizer.nalUnit(MemorySegment.ofArray(unit), 0, unit.length);
    }

    /** The packetizer keeps a packet back until it knows whether it is the last; units do not share any. */
    private void setEnds() {
        int packet = units.isEmpty() ? 0 : firstOfPicture();
        for (int i = 0; i < units.size(); i++) {
            Unit unit = units.get(i);
            if (unit.picture() == picture) {
                int count = packetsOf(unit.hex().length() / 2);
                units.set(i, new Unit(picture, unit.type(), unit.firstSlice(), unit.hex(), packet, packet + count));
                packet += count;
            }
        }
        while (times.size() < packets.size()) {
            times.add(picture * PICTURE_NANOS);
        }
        if (packet != packets.size()) {
            throw new AssertionError(packet + " packets expected, there are " + packets.size());
        }
    }

    private int firstOfPicture() {
        return times.size();
    }

    /** 12 bytes of RTP header; a fragment has two of its own, and not the unit's first. */
    private static int packetsOf(int length) {
        int room = MAX_PACKET - 12;
        return length <= room ? 1 : (length - 1 + room - 3) / (room - 2);
    }

    int packets() {
        return packets.size();
    }

    void lose(int from, int count) {
        Arrays.fill(arrived, from, Math.min(from + count, arrived.length), false);
    }

    void feed(RtpReceiver receiver) {
        for (int i = 0; i < packets.size(); i++) {
            if (arrived[i]) {
                MemorySegment packet = MemorySegment.ofArray(packets.get(i));
                receiver.accept(packet, 0, (int) packet.byteSize(), times.get(i));
            }
        }
        receiver.flush();
    }

    List<Unit> units() {
        return units;
    }

    List<Unit> unitsOf(int ofPicture) {
        return units.stream().filter(unit -> unit.picture() == ofPicture).toList();
    }

    int pictures() {
        return pictures.size();
    }

    boolean isIdr(int ofPicture) {
        return pictures.get(ofPicture).idr();
    }

    /** Whether all packets from the first one up to, not including, {@code end} arrived. */
    boolean isIntact(int first, int end) {
        for (int i = first; i < end; i++) {
            if (!arrived[i]) {
                return false;
            }
        }
        return true;
    }

    boolean isComplete(int ofPicture) {
        List<Unit> its = unitsOf(ofPicture);
        return isIntact(its.getFirst().first(), its.getLast().end());
    }

    /** Whether nothing is missing from the beginning of some IDR access unit up to this one's end. */
    boolean isIntactSinceIdrAccessUnit(int ofPicture) {
        int end = unitsOf(ofPicture).getLast().end();
        return units.stream().anyMatch(start -> start.picture() <= ofPicture && isIdr(start.picture())
            && isIntact(unitsOf(start.picture()).getFirst().first(), end));
    }

    /** Whether nothing is missing from the first slice of some IDR picture up to this unit's end. */
    boolean isIntactSinceIdr(Unit unit) {
        return units.stream().anyMatch(start -> start.firstSlice() && isIdr(start.picture()) && start.first() <= unit.first()
            && isIntact(start.first(), unit.end()));
    }
}
