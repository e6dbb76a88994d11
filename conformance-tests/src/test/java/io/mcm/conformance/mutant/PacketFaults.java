package io.mcm.conformance.mutant;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;
import java.util.function.UnaryOperator;

/** Ways to treat packets wrongly. Where one remembers, what it returns is for one UDP port. */
final class PacketFaults {

    private static final int PADDING = 0x20;
    private static final int EXTENSION = 0x10;
    private static final int CSRCS = 0x0f;
    private static final int START = 0x80;
    private static final int END = 0x40;
    private static final int SEQUENCES = 0x10000;
    /** What 24.09 takes for a packet without looking at its length. */
    private static final int SHORTEST = 14;

    private PacketFaults() {}

    /** Those that match are changed, the others go by. */
    static PacketFault changing(Predicate<Packet> which, UnaryOperator<Packet> change) {
        return packet -> List.of(which.test(packet) ? change.apply(packet) : packet);
    }

    static PacketFault losesOneIn(int n) {
        int[] count = new int[1];
        return packet -> ++count[0] % n == 0 ? List.of() : List.of(packet);
    }

    /** Every n-th comes after the one that follows it, with its number: the proxy is to think that it was sent so. */
    static PacketFault swapsOneIn(int n) {
        int[] count = new int[1];
        List<Packet> held = new ArrayList<>();
        return packet -> {
            if (++count[0] % n == 0) {
                held.add(packet);
                return List.of();
            }
            if (held.isEmpty()) {
                return List.of(packet);
            }
            Packet late = held.removeFirst();
            return List.of(packet.withSequence(late.sequence()), late.withSequence(packet.sequence()));
        };
    }

    static PacketFault losesLastByteOfFragments() {
        return changing(Packet::isLastFragment, packet -> packet.shorter(1));
    }

    static PacketFault losesNriOfFragments() {
        return changing(Packet::isFragment, Packet::withoutNri);
    }

    /** As 24.09 ends a fragmented unit by the marker alone: it goes on with what the next picture begins with. */
    static PacketFault ignoresEndBitWithoutMarker() {
        return changing(packet -> packet.isLastFragment() && !packet.marker(), packet -> packet.withFragmentBits(END, 0));
    }

    static PacketFault takesEveryFragmentForTheFirst() {
        return changing(Packet::isFragment, packet -> packet.withFragmentBits(0, START));
    }

    static PacketFault takesPaddingForPayload() {
        return changing(Packet::isRtp, packet -> packet.withoutFlags(PADDING));
    }

    static PacketFault takesExtensionForPayload() {
        return changing(Packet::isRtp, packet -> packet.withoutFlags(EXTENSION));
    }

    static PacketFault takesCsrcsForPayload() {
        return changing(Packet::isRtp, packet -> packet.withoutFlags(CSRCS));
    }

    /** {@link RingFaults#showsStapA} changes it back. */
    static PacketFault hidesStapA() {
        return changing(packet -> packet.type() == Packet.STAP_A, packet -> packet.withType(Packet.TOKEN));
    }

    /** {@link RingFaults#showsImpossibleLength} makes it what 24.09 does. Each becomes a small packet after the one before it. */
    static PacketFault takesRuntsForPackets() {
        Packet[] before = new Packet[1];
        int[] runts = new int[1];
        return packet -> {
            boolean runt = packet.bytes().length < SHORTEST;
            if (!runt && packet.isPlain()) {
                before[0] = packet;
            }
            if (!runt || before[0] == null) {
                return List.of(packet.isRtp() ? packet.withSequence(packet.sequence() + runts[0]) : packet);
            }
            runts[0]++;
            Packet small = before[0].shorter(before[0].bytes().length - SHORTEST);
            return List.of(small.withType(Packet.TOKEN).withSequence(before[0].sequence() + runts[0]));
        };
    }

    /** Numbers go on as if nothing had been lost. */
    static PacketFault doesNotSeeLoss() {
        int[] last = {-1};
        int[] gap = new int[1];
        return packet -> {
            int forward = packet.sequence() - last[0] & SEQUENCES - 1;
            if (last[0] >= 0 && forward > 1 && forward < SEQUENCES / 2) {
                gap[0] += forward - 1;
            }
            if (last[0] < 0 || forward < SEQUENCES / 2) {
                last[0] = packet.sequence();
            }
            return List.of(packet.withSequence(packet.sequence() - gap[0]));
        };
    }

    /** Every packet is the next one, as it comes. */
    static PacketFault ignoresSequenceNumbers() {
        int[] next = new int[1];
        return packet -> List.of(packet.withSequence(next[0]++));
    }

    /** As 24.09: nothing but the marker ends an access unit. */
    static PacketFault endsPicturesByMarkerAlone() {
        int[] timestamp = new int[1];
        boolean[] within = new boolean[1];
        return packet -> {
            if (!packet.isRtp()) {
                return List.of(packet);
            }
            timestamp[0] = within[0] ? timestamp[0] : packet.timestamp();
            within[0] = !packet.marker();
            return List.of(packet.withTimestamp(timestamp[0]));
        };
    }

    static PacketFault ignoresMarker() {
        return changing(Packet::isRtp, Packet::withoutMarker);
    }

    /** As 24.09: what comes before the first marker falls away, and the packet that has it too. */
    static PacketFault losesFirstPicture() {
        boolean[] seen = new boolean[1];
        return packet -> {
            boolean lost = !seen[0];
            seen[0] |= packet.marker();
            return lost ? List.of() : List.of(packet);
        };
    }
}
