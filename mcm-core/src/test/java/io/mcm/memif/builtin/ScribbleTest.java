package io.mcm.memif.builtin;

import static java.lang.foreign.ValueLayout.JAVA_BYTE;
import static java.lang.foreign.ValueLayout.JAVA_SHORT;
import static org.assertj.core.api.Assertions.assertThat;

import io.mcm.foreign.Reactor;
import io.mcm.memif.MemifConfig;
import io.mcm.memif.MemifInterface;
import io.mcm.memif.Payload;
import io.mcm.memif.RxQueue;
import io.mcm.memif.TxQueue;
import java.io.File;
import java.lang.foreign.MemorySegment;
import java.util.Random;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;

/** A peer scribbles over the shared rings while traffic runs: nothing throws, nothing lies outside, and the peer is sent away in the end. */
class ScribbleTest {

    private static final MemifConfig CONFIG = MemifConfig.of(0, "raw", 3, 64);

    static void scribble(MemorySegment rings, Random random) {
        if (random.nextBoolean()) {
            rings.set(JAVA_BYTE, random.nextLong(rings.byteSize()), (byte) random.nextInt());
        } else {
            long ring = random.nextBoolean() ? 0 : RingDescriptor.length(3);
            long index = random.nextBoolean() ? RingDescriptor.HEAD_OFFSET : RingDescriptor.TAIL_OFFSET;
            short was = rings.get(JAVA_SHORT, ring + index);
            rings.set(JAVA_SHORT, ring + index, (short) (random.nextInt(20) == 0 ? random.nextInt() : was + random.nextInt(4)));
        }
    }

    /** Uses both queues for one turn as an owner does; false once the peer is sent away. */
    static boolean turn(MemifInterface memif, Random random) {
        TxQueue tx = memif.tx(0);
        for (int i = 0; i < 4 && tx.claim(); i++) {
            int length = Math.min(64, tx.capacity());
            tx.segment().asSlice(tx.offset(), tx.capacity());
            MemorySegment.copy(Payload.bytes(i, length), 0, tx.segment(), JAVA_BYTE, tx.offset(), length);
            tx.commit(length);
        }
        RxQueue rx = memif.rx(0);
        for (int i = 0; i < 20 && rx.next(); i++) {
            rx.segment().asSlice(rx.offset(), rx.length()).toArray(JAVA_BYTE);
            if (random.nextInt(8) != 0) {
                rx.release(rx.ticket());
            }
        }
        return memif.flush();
    }

    @Property(tries = 300)
    void aServerSurvivesItsClient(@ForAll long seed, @ForAll @IntRange(min = 1, max = 8) int perTurn) {
        Random random = new Random(seed);
        try (Pair pair = Pair.listening("@mcm-scribble-" + ProcessHandle.current().pid(), CONFIG); RawClient raw = RawClient.connected(pair)) {
            boolean alive = true;
            for (int turn = 0; alive && turn < 200; turn++) {
                for (int i = 0; i < perTurn; i++) {
                    scribble(raw.rings.segment(), random);
                }
                alive = turn(pair.serverSide, random);
            }
            assertThat(pair.reasons).hasSize(alive ? 0 : 1);
        }
    }

    @Property(tries = 300)
    void aClientSurvivesItsServer(@ForAll long seed, @ForAll @IntRange(min = 1, max = 8) int perTurn) {
        Random random = new Random(seed);
        String path = "@mcm-scribble-server-" + ProcessHandle.current().pid();
        try (Reactor reactor = new Reactor(); RawServer server = new RawServer(reactor, path)) {
            MemifInterface client = server.connect(CONFIG);
            boolean alive = true;
            for (int turn = 0; alive && turn < 200; turn++) {
                for (int i = 0; i < perTurn; i++) {
                    scribble(server.rings(), random);
                }
                alive = turn(client, random);
            }
            assertThat(client.disconnectReason() == null).isEqualTo(alive);
            client.close();
        }
    }

    /** From another thread, so that a descriptor changes between our check and our use. */
    @Property(tries = 10)
    void aServerSurvivesAClientThatScribblesMeanwhile(@ForAll long seed) throws InterruptedException {
        try (Pair pair = Pair.listening("@mcm-scribble-race-" + ProcessHandle.current().pid(), CONFIG); RawClient raw = RawClient.connected(pair)) {
            Thread scribbler = Thread.ofPlatform().start(() -> {
                Random random = new Random(seed);
                for (int i = 0; i < 200_000 && !Thread.currentThread().isInterrupted(); i++) {
                    long slot = RingDescriptor.DESCRIPTORS_OFFSET + random.nextLong(128);
                    raw.rings.segment().set(JAVA_BYTE, slot + (random.nextBoolean() ? 0 : RingDescriptor.length(3)), (byte) random.nextInt());
                    raw.s2m(3).ownIndexRelease(raw.s2m(3).peerIndexAcquire() + random.nextInt(8));
                    raw.m2s(3).ownIndexRelease(raw.m2s(3).peerIndexAcquire() + random.nextInt(8));
                }
            });
            Random random = new Random(~seed);
            while (scribbler.isAlive() && turn(pair.serverSide, random)) {
                Thread.onSpinWait();
            }
            scribbler.interrupt();
            scribbler.join();
        }
        assertThat(new File("hs_err_pid" + ProcessHandle.current().pid() + ".log")).doesNotExist();
    }
}
