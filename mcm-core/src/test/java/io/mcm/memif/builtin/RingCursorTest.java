package io.mcm.memif.builtin;

import static org.assertj.core.api.Assertions.assertThat;

import io.mcm.foreign.EventFd;
import io.mcm.foreign.SharedMemory;
import io.mcm.memif.Fault;
import java.util.List;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Two cursors on one ring against a model that counts in longs, which do not wrap. */
class RingCursorTest {

    /** A producer and a consumer on the two ends of one ring. */
    private static final class Ends implements AutoCloseable {
        final Fault fault = new Fault();
        final SharedMemory memory;
        final Ring serverRing;
        final Ring clientRing;
        final RingCursor producer;
        final RingCursor consumer;
        final int size;

        Ends(int log2Size, Role produces) {
            memory = SharedMemory.create("cursor test", RingDescriptor.length(log2Size));
            size = 1 << log2Size;
            serverRing = new Ring(memory.segment(), 0, log2Size, Role.SERVER, EventFd.create());
            clientRing = new Ring(memory.segment(), 0, log2Size, Role.CLIENT, EventFd.create());
            boolean client = produces == Role.CLIENT;
            producer = new RingCursor(client ? clientRing : serverRing, produces, true, fault);
            consumer = new RingCursor(client ? serverRing : clientRing, client ? Role.SERVER : Role.CLIENT, false, fault);
            if (!client) {
                consumer.tellRelease(0);
            }
        }

        @Override
        public void close() {
            serverRing.close();
            clientRing.close();
            memory.close();
        }
    }

    /** One move: which of the four, and how far at most. */
    private record Move(int kind, int reach) {}

    @Provide
    Arbitrary<List<Move>> moves() {
        return Combinators.combine(Arbitraries.integers().between(0, 3), Arbitraries.integers().between(1, 40)).as(Move::new)
            .list().ofSize(400);
    }

    @Property(tries = 150)
    void everySlotIsUsedByOneSideAtATimeAndInOrderAcrossTheWrap(
        @ForAll("moves") List<Move> moves, @ForAll @IntRange(max = 4) int log2Size, @ForAll Role produces,
        @ForAll @IntRange(max = 70_000) int start) {
        try (Ends ends = new Ends(log2Size, produces)) {
            spin(ends, start);
            long produced = start;
            long published = start;
            long consumed = start;
            long released = start;
            for (Move move : moves) {
                switch (move.kind()) {
                    case 0 -> {
                        assertThat(ends.producer.availableAcquire()).isEqualTo((int) (released + ends.size - produced));
                        int n = Math.min(move.reach(), ends.producer.available());
                        assertThat(ends.producer.position()).isEqualTo((int) (produced & 0xffff));
                        ends.producer.advance(n);
                        produced += n;
                    }
                    case 1 -> {
                        assertThat(ends.producer.untold()).isEqualTo((int) (produced - published));
                        int n = Math.min(move.reach(), ends.producer.untold());
                        ends.producer.tellRelease(n);
                        published += n;
                    }
                    case 2 -> {
                        assertThat(ends.consumer.availableAcquire()).isEqualTo((int) (published - consumed));
                        int n = Math.min(move.reach(), ends.consumer.available());
                        assertThat(ends.consumer.position()).isEqualTo((int) (consumed & 0xffff));
                        ends.consumer.advance(n);
                        consumed += n;
                    }
                    default -> {
                        int n = Math.min(move.reach(), ends.consumer.untold());
                        ends.consumer.tellRelease(n);
                        released += n;
                    }
                }
                assertThat(ends.fault.reason()).isNull();
            }
        }
    }

    /** Brings both ends to a position, one descriptor at a time round the ring. */
    private static void spin(Ends ends, int position) {
        for (int left = position; left > 0;) {
            int n = Math.min(left, ends.producer.availableAcquire());
            ends.producer.advance(n);
            ends.producer.tellRelease(n);
            assertThat(ends.consumer.availableAcquire()).isEqualTo(n);
            ends.consumer.advance(n);
            ends.consumer.tellRelease(n);
            left -= n;
        }
    }

    /** Whatever the peer's index says, what we believe to be ours never exceeds the ring nor takes back what was ours. */
    @Property(tries = 500)
    void anIllegalPeerIndexIsAFaultAndGivesNoSlot(
        @ForAll Role role, @ForAll boolean produces, @ForAll @IntRange(max = 14) int log2Size,
        @ForAll @IntRange(max = 40_000) int start, @ForAll @IntRange(max = 0xffff) int jump) {
        try (Ends ends = new Ends(log2Size, produces == (role == Role.CLIENT) ? Role.CLIENT : Role.SERVER)) {
            spin(ends, start);
            RingCursor cursor = produces ? ends.producer : ends.consumer;
            Ring peer = role == Role.CLIENT ? ends.serverRing : ends.clientRing;
            Ring own = role == Role.CLIENT ? ends.clientRing : ends.serverRing;
            int before = cursor.availableAcquire();
            assertThat(before).isEqualTo(produces ? ends.size : 0);
            peer.ownIndexRelease(own.peerIndexAcquire() + jump);
            int after = cursor.availableAcquire();
            if (before + jump <= ends.size) {
                assertThat(after).isEqualTo(before + jump);
                assertThat(ends.fault.reason()).isNull();
            } else {
                assertThat(after).isZero();
                assertThat(ends.fault.reason()).contains("ring index at ");
            }
        }
    }

    @ParameterizedTest
    @CsvSource({"1, 3", "2, 3", "3, 3", "7, 5"})
    void anIndexThatGoesBackIsAFaultAlsoWhereItsDescriptorsWereNotUsedYet(int used, int backBy) {
        try (Ends ends = new Ends(3, Role.CLIENT)) {
            ends.producer.advance(8);
            ends.producer.tellRelease(8);
            assertThat(ends.consumer.availableAcquire()).isEqualTo(8);
            ends.consumer.advance(used);
            ends.clientRing.ownIndexRelease(8 - backBy);
            assertThat(ends.consumer.availableAcquire()).isZero();
            assertThat(ends.fault.reason()).isEqualTo("ring index at " + (8 - backBy) + ", allowed are 8 to 8");
        }
    }

    @Test
    void aFaultNamesThePeersIndexAsItStandsInTheRing() {
        try (Ends ends = new Ends(3, Role.CLIENT)) {
            ends.serverRing.ownIndexRelease(3);
            assertThat(ends.producer.availableAcquire()).isZero();
            assertThat(ends.fault.reason()).isEqualTo("ring index at 3, allowed are 0 to 0");
        }
    }

    @Test
    void onlyTheFirstFaultIsKept() {
        Fault fault = new Fault();
        assertThat(fault.reason()).isNull();
        fault.report("first");
        fault.report("second");
        assertThat(fault.reason()).isEqualTo("first");
    }
}
