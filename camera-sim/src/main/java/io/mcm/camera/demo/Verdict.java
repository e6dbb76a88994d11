package io.mcm.camera.demo;

import io.mcm.h264.AnnexB;
import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.util.Arrays;

/**
 * What arrived, held against what must arrive, NAL unit by NAL unit.
 *
 * @param expected units that were sent
 * @param received units that arrived
 * @param intact units that arrived, in order, byte for byte
 * @param firstDifference the first unit, from 0, that did not; -1 where all did
 */
public record Verdict(long expected, long received, long intact, long firstDifference) {

    /** Reads a byte stream with a start code before each unit. */
    static Verdict of(Path byteStream, GroundTruth truth, int passes) throws IOException {
        long expected = (long) truth.units() * passes;
        try (FileChannel file = FileChannel.open(byteStream); Arena arena = Arena.ofConfined()) {
            MemorySegment bytes = file.map(FileChannel.MapMode.READ_ONLY, 0, file.size(), arena);
            return compare(new AnnexB(bytes), bytes, truth, expected);
        }
    }

    private static Verdict compare(AnnexB units, MemorySegment bytes, GroundTruth truth, long expected) {
        UnitDigest digest = new UnitDigest();
        long received = 0;
        long intact = 0;
        long firstDifference = -1;
        for (; units.next(); received++) {
            digest.begin(units.header());
            digest.update(bytes, units.offset() + 1, units.length() - 1L);
            boolean same = received < expected && Arrays.equals(digest.finish(), truth.digest(received));
            intact += same ? 1 : 0;
            firstDifference = same || firstDifference >= 0 ? firstDifference : received;
        }
        if (firstDifference < 0 && received < expected) {
            firstDifference = received;
        }
        return new Verdict(expected, received, intact, firstDifference);
    }

    public boolean isGood() {
        return intact == expected && received == expected && expected > 0;
    }

    @Override
    public String toString() {
        return isGood()
            ? "GOOD: all %,d NAL units arrived intact, byte for byte".formatted(expected)
            : "BAD: %,d NAL units sent, %,d arrived, %,d intact; the first that differs is number %,d".formatted(
                expected, received, intact, firstDifference + 1);
    }
}
