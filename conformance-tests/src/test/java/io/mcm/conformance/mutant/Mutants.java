package io.mcm.conformance.mutant;

import io.mcm.control.DeliveryUnit;
import java.util.List;
import java.util.stream.Stream;

/** Every mutant, and the cases that must catch it. */
final class Mutants {

    private static final String SINGLE = "rtp/single-nal-unit-packets";
    private static final String FU_A = "rtp/fu-a-in-four";
    private static final String STAP_A = "rtp/stap-a-of-parameter-sets-and-slice";
    private static final String HELD = "memif/buffers-that-are-held";
    private static final String BUFFER = "rtp/a-buffer-is-a-unit";
    private static final String HEADER = "rtp/sequence-and-timestamp-of-a-buffer";
    private static final int ID = 5;

    private Mutants() {}

    static List<Mutant> all() {
        return Stream.of(ofPackets(), ofOrder(), ofBuffers(), ofRings(), ofRequests(), ofSessions(), ofAnswers()).flatMap(List::stream).toList();
    }

    private static List<Mutant> ofPackets() {
        return List.of(
            Mutant.of("loses-last-byte-of-fragmented-unit", FU_A, "rtp/fu-a-of-one-byte-each").packets(PacketFaults::losesLastByteOfFragments),
            Mutant.of("loses-nri-of-fragmented-unit", FU_A, "rtp/fu-a-of-every-type").packets(PacketFaults::losesNriOfFragments),
            Mutant.of("takes-every-fragment-for-the-first", FU_A).packets(PacketFaults::takesEveryFragmentForTheFirst),
            Mutant.of("ends-fragmented-unit-by-marker-alone", "rtp/no-marker-at-all").packets(PacketFaults::ignoresEndBitWithoutMarker),
            Mutant.of("delivers-stap-a-as-it-is", STAP_A, "rtp/stap-a-of-many").packets(PacketFaults::hidesStapA).ring(RingFaults::showsStapA),
            Mutant.of("takes-padding-for-payload", "rtp/padding").packets(PacketFaults::takesPaddingForPayload),
            Mutant.of("takes-extension-for-payload", "rtp/header-extensions").packets(PacketFaults::takesExtensionForPayload),
            Mutant.of("takes-csrcs-for-payload", "rtp/csrcs").packets(PacketFaults::takesCsrcsForPayload),
            Mutant.of("takes-runts-for-packets", "rtp/short-datagrams").like(6).packets(PacketFaults::takesRuntsForPackets)
                .ring(RingFaults::showsImpossibleLength));
    }

    private static List<Mutant> ofOrder() {
        return List.of(
            Mutant.of("loses-one-packet-in-five", SINGLE).packets(() -> PacketFaults.losesOneIn(5)),
            Mutant.of("swaps-packets", SINGLE).packets(() -> PacketFaults.swapsOneIn(5)),
            Mutant.of("delivers-incomplete-units", "loss/middle-fragment").packets(PacketFaults::doesNotSeeLoss),
            Mutant.of("ignores-sequence-numbers", "loss/neighbours-swapped", "loss/every-packet-twice")
                .packets(PacketFaults::ignoresSequenceNumbers),
            Mutant.of("loses-first-picture", "sessions/first-picture").like(2).packets(PacketFaults::losesFirstPicture),
            Mutant.of("ends-pictures-by-marker-alone", BUFFER).delivering(DeliveryUnit.ACCESS_UNIT)
                .packets(PacketFaults::endsPicturesByMarkerAlone));
    }

    private static List<Mutant> ofBuffers() {
        return List.of(
            Mutant.of("loses-start-code", SINGLE).ring(RingFaults::losesStartCode),
            Mutant.of("writes-length-big-endian", SINGLE).ring(RingFaults::writesLengthBigEndian),
            Mutant.of("writes-timestamp-little-endian", HEADER).ring(RingFaults::writesTimestampLittleEndian),
            Mutant.of("length-one-too-long", SINGLE).ring(() -> RingFaults.missesLength(1)),
            Mutant.of("length-one-too-short", SINGLE).ring(() -> RingFaults.missesLength(-1)),
            Mutant.of("leaves-stale-data", SINGLE).like(13).ring(RingFaults::leavesStaleData),
            Mutant.of("delivers-twice", SINGLE).ring(() -> RingFaults.deliversTwice(4)),
            Mutant.of("uses-buffers-again-too-soon", HELD, STAP_A).ring(RingFaults::writesIntoTheBufferBefore),
            Mutant.of("overruns-its-buffer", "limits/unit-larger-than-a-buffer").like(5).ring(RingFaults::deliversWhatDoesNotFit));
    }

    private static List<Mutant> ofRings() {
        return List.of(
            Mutant.of("forgets-to-wake", "memif/consumer-that-sleeps").ring(RingFaults::forgetsToWake),
            Mutant.of("dies-after-nine-units", SINGLE).like(1).ring(() -> RingFaults.diesAfter(9)),
            Mutant.of("dies-when-the-ring-is-full", "memif/consumer-that-takes-nothing").like(3).ring(RingFaults::diesWhenFull),
            Mutant.of("overwrites-what-is-unread", "memif/consumer-that-takes-nothing").like(3).ring(RingFaults::overwritesWhatIsUnread),
            Mutant.of("dies-with-its-consumer", "memif/unmapped-before-its-session-ends", "memif/consumer-killed-while-streaming").like(4)
                .mortal(death -> () -> RingFaults.diesWithItsConsumer(death)),
            Mutant.of("ring-too-large-for-the-c-sdk", "control/ring-fits-the-c-sdk").like(22).ringOf(8));
    }

    private static List<Mutant> ofRequests() {
        return List.of(
            Mutant.of("waits-after-end-within-a-request", "control/end-in-the-middle").like(15).control(ControlFaults::waitsAfterEndWithinRequest),
            Mutant.of("takes-part-of-a-header-for-all", "control/request-byte-by-byte").like(16).control(ControlFaults::losesSplitHeader),
            Mutant.of("goes-on-after-garbage", "control/wrong-magic").like(16).control(ControlFaults::goesOnAfterGarbage),
            Mutant.of("takes-short-parameters", "control/short-create").like(17).control(ControlFaults::takesShortParameters),
            Mutant.of("says-nothing-of-failure", "control/create-of-no-port", "control/query-of-nobody").like(18)
                .control(ControlFaults::saysNothingOfFailure));
    }

    private static List<Mutant> ofSessions() {
        return List.of(
            Mutant.of("ignores-destroy", "control/socket-goes-with-its-session").control(ControlFaults::ignoresDestroy),
            Mutant.of("leaks-sessions-of-the-dead", "control/two-sessions-on-one-connection").like(11)
                .control(ControlFaults::leaksSessionsOfTheDead),
            Mutant.of("ends-last-session-only", "control/two-sessions-on-one-connection").like(14).control(ControlFaults::endsLastSessionOnly),
            Mutant.of("lets-strangers-in", "control/query-by-a-stranger", "control/destroy-by-a-stranger").like(14)
                .control(ControlFaults::letsStrangersIn),
            Mutant.of("gives-one-id-to-all", "sessions/ids-are-distinct").control(() -> ControlFaults.givesOneId(ID)),
            Mutant.of("gives-id-zero", "sessions/ids-are-distinct").control(() -> ControlFaults.givesOneId(0)));
    }

    private static List<Mutant> ofAnswers() {
        return List.of(
            Mutant.of("answers-too-short", "control/answer-to-query").control(ControlFaults::answersTooShort),
            Mutant.of("answers-too-long", "control/answers-come-at-once").control(ControlFaults::answersTooLong));
    }
}
