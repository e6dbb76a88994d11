package io.mcm.h264;

import static io.mcm.h264.InterleavingPattern.Structure.MTAP16;
import static io.mcm.h264.InterleavingPattern.Structure.MTAP24;
import static io.mcm.h264.InterleavingPattern.Structure.STAP_B;

import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.stream.Stream;

/**
 * Access units and the RTP packets of mode 2 that carry them: read forwards by the packetizer's test, backwards by the depacketizer's.
 *
 * @param accessUnits units of one access unit are separated by |, access units are one string each; the n-th has timestamp 1000 n
 * @param packets {@code timestamp payload}, with {@code M} behind the timestamp for the marker
 */
record InterleavedCase(String name, InterleavingPattern pattern, int maxPacketLength, boolean aggregate, int firstDon,
    List<List<byte[]>> accessUnits, List<String> packets) {

    private static final int TWENTY_BYTES = 32;

    static Stream<InterleavedCase> all() {
        return Stream.of(
            of("5.7.1: an STAP-B has the DON of its first unit, and the next one's is one more", new InterleavingPattern(2, 1, STAP_B), 0xfffe,
                List.of("6701 | 6802"), "0M 79 fffe 0002 6701 0002 6802"),
            of("5.7.1: units of two times do not share an STAP-B", new InterleavingPattern(2, 1, STAP_B), 7,
                List.of("6588", "4199"), "0M 79 0007 0002 6588", "1000M 59 0008 0002 4199"),
            of("5.7.1: units that do not follow each other in decoding order do not share an STAP-B",
                new InterleavingPattern(3, 2, STAP_B), 0xffff,
                List.of("6588 | 6589 | 658a"), "0 79 ffff 0002 6588", "0 79 0001 0002 658a", "0M 79 0000 0002 6589"),
            of("5.7.2: an MTAP16 has the lowest DON and the earliest time, its units the differences to them",
                new InterleavingPattern(4, 2, MTAP16), 0xffff,
                List.of("6588", "4199", "219a", "019b"),
                "0M 7a ffff 0002 00 0000 6588 0002 02 07d0 219a", "1000M 5a 0000 0002 00 0000 4199 0002 02 07d0 019b"),
            of("5.7.2: an MTAP24 has 24 bits for each time", new InterleavingPattern(2, 1, MTAP24), 3,
                List.of("6588", "4199"), "0M 7b 0003 0002 00 000000 6588 0002 01 0003e8 4199"),
            of("5.8: a unit that is too long is an FU-B and FU-As", new InterleavingPattern(1, 1, STAP_B), 0x0102,
                List.of("65 000102030405060708090a0b0c0d0e0f101112131415161718191a1b1c1d1e1f202122"),
                "0 7d 85 0102 000102030405060708090a0b0c0d0e0f", "0 7c 05 101112131415161718191a1b1c1d1e1f2021", "0M 7c 45 22"),
            of("5.8: a unit that would be one FU-B is cut in two, for no fragment is start and end",
                new InterleavingPattern(1, 1, STAP_B), 0,
                List.of("65 000102030405060708090a0b0c0d0e0f"), "0 7d 85 0000 000102030405060708090a0b0c0d0e", "0M 7c 45 0f"));
    }

    private static InterleavedCase of(String name, InterleavingPattern pattern, int firstDon, List<String> accessUnits, String... packets) {
        return new InterleavedCase(name, pattern, TWENTY_BYTES, true, firstDon,
            accessUnits.stream().map(units -> Arrays.stream(units.split("\\|")).map(PayloadCase::hex).toList()).toList(),
            Arrays.stream(packets).map(InterleavedCase::canonical).toList());
    }

    /** {@code timestamp[M] payload}, the payload's digits without spaces. */
    private static String canonical(String packet) {
        String[] parts = packet.split(" ", 2);
        return parts[0] + " " + parts[1].replace(" ", "");
    }

    List<String> hexUnits() {
        return accessUnits.stream().flatMap(List::stream).map(HexFormat.of()::formatHex).toList();
    }

    @Override
    public String toString() {
        return name;
    }
}
