package io.mcm.conformance.mutant;

import java.util.List;
import java.util.stream.Stream;

/** Every mutant, and the cases that must catch it. */
final class Mutants {

    private static final String SINGLE = "rtp/single-nal-unit-packets";
    private static final String FU_A = "rtp/fu-a-in-four";
    private static final String STAP_A = "rtp/stap-a-of-parameter-sets-and-slice";

    private Mutants() {}

    static List<Mutant> all() {
        return Stream.of(ofPackets(), ofRings()).flatMap(List::stream).toList();
    }

    private static List<Mutant> ofPackets() {
        return List.of(
            Mutant.of("loses-one-packet-in-five", SINGLE).packets(() -> PacketFaults.losesOneIn(5)),
            Mutant.of("swaps-packets", SINGLE).packets(() -> PacketFaults.swapsOneIn(5)),
            Mutant.of("loses-last-byte-of-fragmented-unit", FU_A).packets(PacketFaults::losesLastByteOfFragments),
            Mutant.of("loses-nri-of-fragmented-unit", FU_A).packets(PacketFaults::losesNriOfFragments),
            Mutant.of("takes-every-fragment-for-the-first", FU_A).packets(PacketFaults::takesEveryFragmentForTheFirst),
            Mutant.of("delivers-stap-a-as-it-is", STAP_A).packets(PacketFaults::hidesStapA).ring(RingFaults::showsStapA));
    }

    private static List<Mutant> ofRings() {
        return List.of(
            Mutant.of("loses-start-code", SINGLE).ring(RingFaults::losesStartCode),
            Mutant.of("writes-length-big-endian", SINGLE).ring(RingFaults::writesLengthBigEndian),
            Mutant.of("length-one-too-long", SINGLE).ring(() -> RingFaults.missesLength(1)),
            Mutant.of("length-one-too-short", SINGLE).ring(() -> RingFaults.missesLength(-1)),
            Mutant.of("leaves-stale-data", SINGLE).ring(RingFaults::leavesStaleData),
            Mutant.of("delivers-twice", SINGLE).ring(() -> RingFaults.deliversTwice(4)),
            Mutant.of("writes-into-the-buffer-before", STAP_A).ring(RingFaults::writesIntoTheBufferBefore),
            Mutant.of("forgets-to-wake", SINGLE).ring(RingFaults::forgetsToWake),
            Mutant.of("dies-after-nine-units", SINGLE).like(1).ring(() -> RingFaults.diesAfter(9)));
    }
}
