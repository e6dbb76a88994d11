package io.mcm.memif.builtin;

import static java.lang.foreign.ValueLayout.JAVA_BYTE;
import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.FuzzTest;
import io.mcm.PlantedFault;
import io.mcm.foreign.EventFd;
import io.mcm.foreign.SharedMemory;
import io.mcm.memif.Fault;
import java.lang.foreign.MemorySegment;
import java.util.ArrayDeque;
import java.util.Deque;

/**
 * A receiving and a sending queue over a ring that a peer writes what it likes into. Nothing throws, and what the queues give lies where it may.
 * Without JAZZER_FUZZ the inputs that are committed beside this class are replayed; {@code ci/fuzz} looks for new ones.
 *
 * <pre>
 *   input   role 0:1   (then a row of steps)
 *           0 next   1 release the oldest   2 claim, fill and commit   3 publish   4 claim and cancel
 *           5 the peer's index += n:1   6 n:1 bytes scribbled at:1 ... over descriptors, then fields
 * </pre>
 *
 * <p>How it was seen to be guided: with {@code if (in == 0x5a && size == 0x33) throw new IllegalStateException()} put into {@code
 * BuiltinRxQueue.isReadable}, and the like into {@code BuiltinTxQueue.locateOffered}, ci/fuzz found both within a minute (1,073,000 and 309,000
 * inputs).
 */
class RingFuzzTest {

    private static final int LOG2 = 3;
    private static final int SIZE = 1 << LOG2;
    private static final int BUFFER = 64;
    private static final int MAX_STEPS = 200;
    private static final int HEAD_FIELDS = RingDescriptor.HEAD_OFFSET + Short.BYTES;

    private static final SharedMemory RINGS = SharedMemory.create("fuzz rings", RingDescriptor.length(LOG2));
    private static final SharedMemory BUFFERS = SharedMemory.create("fuzz buffers", SIZE * BUFFER);
    private static final EventFd INTERRUPT = EventFd.createShared();

    private static Regions regions() {
        Regions regions = new Regions();
        regions.add(RINGS);
        regions.add(BUFFERS);
        return regions;
    }

    @FuzzTest
    void receive(byte[] input) {
        if (input.length == 0) {
            return;
        }
        RINGS.segment().fill((byte) 0);
        Role role = input[0] % 2 == 0 ? Role.SERVER : Role.CLIENT;
        Ring ring = new Ring(RINGS.segment(), 0, LOG2, role, INTERRUPT);
        Fault fault = new Fault();
        BuiltinRxQueue rx = new BuiltinRxQueue(ring, role, regions(), slots(role), fault);
        if (role == Role.CLIENT) {
            rx.offerAll();
        }
        Deque<Integer> held = new ArrayDeque<>();
        Seen seen = new Seen();
        play(input, role, step -> {
            if (step == 0 && rx.next()) {
                rx.segment().asSlice(rx.offset(), rx.length()).toArray(JAVA_BYTE);
                seen.packet(rx.isGathered());
                held.add(rx.ticket());
                assertThat(held).hasSizeLessThanOrEqualTo(SIZE);
            } else if (step == 1 && !held.isEmpty()) {
                rx.release(held.poll());
            }
        });
        PlantedFault.at(seen.packets > SIZE & seen.gathered > 1 & fault.reason() != null);
    }

    @FuzzTest
    void send(byte[] input) {
        if (input.length == 0) {
            return;
        }
        RINGS.segment().fill((byte) 0);
        Role role = input[0] % 2 == 0 ? Role.SERVER : Role.CLIENT;
        Ring ring = new Ring(RINGS.segment(), 0, LOG2, role, INTERRUPT);
        Fault fault = new Fault();
        BuiltinTxQueue tx = new BuiltinTxQueue(ring, role, regions(), slots(role), fault);
        Seen seen = new Seen();
        play(input, role, step -> {
            if (step == 2 && tx.claim()) {
                tx.segment().asSlice(tx.offset(), tx.capacity()).fill((byte) 1);
                tx.commit(tx.capacity());
                seen.packet(false);
            } else if (step == 3) {
                assertThat(tx.publish()).isBetween(0, SIZE);
            } else if (step == 4 && tx.claim()) {
                tx.cancel();
            }
            assertThat(tx.free()).isBetween(0, SIZE);
        });
        PlantedFault.at(seen.packets > SIZE & fault.reason() != null & role == Role.SERVER);
    }

    /** What came of one input. */
    private static final class Seen {
        int packets;
        int gathered;

        void packet(boolean isGathered) {
            packets++;
            gathered += isGathered ? 1 : 0;
        }
    }

    private static Slots slots(Role role) {
        return role == Role.CLIENT ? new Slots(0, BUFFER, SIZE) : null;
    }

    private interface Step {
        void take(int step);
    }

    private static void play(byte[] input, Role role, Step queue) {
        int at = 1;
        for (int steps = 0; steps < MAX_STEPS && at < input.length; steps++) {
            int step = (input[at++] & 0xff) % 7;
            if (step == 5 && at < input.length) {
                moveIndex(role, input[at++]);
            } else if (step == 6 && at + 2 <= input.length) {
                int count = Math.min(input[at] & 0xff, input.length - at - 2);
                MemorySegment ring = RINGS.segment();
                for (int i = 0; i < count; i++) {
                    ring.set(JAVA_BYTE, place((input[at + 1] & 0xff) + i), input[at + 2 + i]);
                }
                at += 2 + count;
            } else {
                queue.take(step);
            }
        }
    }

    private static void moveIndex(Role role, int by) {
        Ring peer = new Ring(RINGS.segment(), 0, LOG2, role == Role.SERVER ? Role.CLIENT : Role.SERVER, INTERRUPT);
        Ring self = new Ring(RINGS.segment(), 0, LOG2, role, INTERRUPT);
        peer.ownIndexRelease(self.peerIndexAcquire() + by);
    }

    /** The fields before the gap, the tail, and the descriptors, one after the other. */
    private static long place(int n) {
        int descriptors = SIZE * RingDescriptor.DESCRIPTOR_LENGTH;
        int at = n % (descriptors + HEAD_FIELDS + Short.BYTES);
        if (at < descriptors) {
            return RingDescriptor.DESCRIPTORS_OFFSET + at;
        }
        return at < descriptors + HEAD_FIELDS ? at - descriptors : RingDescriptor.TAIL_OFFSET + at - descriptors - HEAD_FIELDS;
    }
}
