package io.mcm.camera.impair;

import io.mcm.camera.TimedPacketSink;
import io.mcm.h264.Packetizer;
import io.mcm.h264.PacketizerConfig;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;

/** The packets of a made-up camera: pictures of NAL units of any size, no byte 0 in them. */
public final class SourcePlan {

    private static final int SSRC = 0x1234_5678;
    private static final int TICKS_PER_PICTURE = 3_600;
    private static final long NANOS_PER_PICTURE = 40_000_000;
    private static final int PACKET_LENGTH = 120;
    private static final int MAX_UNIT = 500;

    private record Timed(byte[] bytes, long dueNanos) {}

    private final List<Timed> packets = new ArrayList<>();
    private long dueNanos;

    /** @param spreadNanos between two packets of one picture */
    SourcePlan(long seed, int pictures, long spreadNanos) {
        SplittableRandom random = new SplittableRandom(seed);
        PacketizerConfig config = PacketizerConfig.defaults(SSRC).withMaxPacketLength(PACKET_LENGTH);
        PacketizerConfig chosen = random.nextBoolean() ? config.withAggregation() : config;
        Packetizer packetizer = new Packetizer(chosen, random.nextInt(1 << 16), Arena.ofAuto().allocate(Packetizer.bufferLength(chosen)),
            (segment, offset, length) -> {
                packets.add(new Timed(segment.asSlice(offset, length).toArray(ValueLayout.JAVA_BYTE), dueNanos));
                dueNanos += spreadNanos;
            });
        for (int picture = 0; picture < pictures; picture++) {
            dueNanos = Math.max(dueNanos, picture * NANOS_PER_PICTURE);
            packetizer.beginAccessUnit(picture * TICKS_PER_PICTURE);
            for (int units = 1 + random.nextInt(3); units > 0; units--) {
                byte[] unit = unit(random);
                packetizer.nalUnit(MemorySegment.ofArray(unit), 0, unit.length);
            }
            packetizer.endAccessUnit();
        }
    }

    private static byte[] unit(SplittableRandom random) {
        byte[] unit = new byte[2 + random.nextInt(MAX_UNIT)];
        for (int i = 0; i < unit.length; i++) {
            unit[i] = (byte) (1 + random.nextInt(255));
        }
        unit[0] = (byte) (0x60 | 1 + random.nextInt(8));
        return unit;
    }

    void playTo(TimedPacketSink sink) {
        for (Timed packet : packets) {
            sink.packet(0, MemorySegment.ofArray(packet.bytes), 0, packet.bytes.length, packet.dueNanos);
        }
        sink.end();
    }

    int size() {
        return packets.size();
    }

    byte[] packet(long number) {
        return packets.get((int) number).bytes;
    }

    long dueNanos(int number) {
        return packets.get(number).dueNanos;
    }

    long durationNanos() {
        return packets.getLast().dueNanos;
    }
}
