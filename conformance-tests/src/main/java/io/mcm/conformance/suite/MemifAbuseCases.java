package io.mcm.conformance.suite;

import static java.lang.foreign.ValueLayout.JAVA_BYTE;
import static java.lang.foreign.ValueLayout.JAVA_INT_UNALIGNED;
import static java.lang.foreign.ValueLayout.JAVA_SHORT_UNALIGNED;

import io.mcm.conformance.suite.ConformanceCase.Body;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.util.ArrayList;
import java.util.List;

/**
 * Consumers that break memif's rules. Each is sent away or served no more, and others notice nothing. Each has a session of its own: whether a
 * session takes another consumer is a case for itself, {@code memif/client-comes-again}.
 */
final class MemifAbuseCases {

    private static final int INIT = 0;
    private static final int FIRST_REGION = 1;
    private static final int FIRST_RING = 3;
    private static final int CONNECT = 5;
    private static final int PICTURES = 20;

    private MemifAbuseCases() {}

    static List<ConformanceCase> all() {
        List<ConformanceCase> cases = new ArrayList<>(handshakes());
        cases.addAll(memory());
        cases.addAll(rings());
        return cases;
    }

    /** What a consumer does wrong at some step of its handshake. */
    private interface Misdeed {
        void act(HandConsumer hand) throws Exception;
    }

    private static ConformanceCase memif(String name, String sends, String why, Body body) {
        return ConformanceCase.of(Group.MEMIF, name, sends,
            "the end of that connection; another session's consumer gets pictures", why, body)
            .in(Profile.STRICT);
    }

    /** The handshake is good up to a step; what follows must end it. */
    private static Body after(int steps, Misdeed... misdeeds) {
        return scene -> {
            for (Misdeed misdeed : misdeeds) {
                MemifCases.Consumer consumer = MemifCases.Consumer.of(scene);
                consumer.hand.advance(steps);
                misdeed.act(consumer.hand);
                consumer.hand.wire().expectEnd();
            }
            MemifCases.Consumer next = MemifCases.Consumer.of(scene);
            next.hand.connected();
            next.awaitPicture();
        };
    }

    private static List<ConformanceCase> handshakes() {
        String sequence = "a message out of turn finds memory that is not there";
        return List.of(
            memif("messages-of-wrong-sizes", "messages of 1, 127 and 129 bytes", "what is short is read past its end",
                after(INIT, size(1), size(127), size(129))).proves("MEMIF-1-02"),
            memif("unknown-message-types", "messages of types 0, 9 and 65535", sequence, after(INIT,
                hand -> hand.wire().send(MemifWire.message(0), -1),
                hand -> hand.wire().send(MemifWire.message(9), -1),
                hand -> hand.wire().send(MemifWire.message(0xffff), -1))).proves("MEMIF-2-01"),
            memif("messages-out-of-turn", "a region, a ring and CONNECT before INIT", sequence, after(INIT,
                hand -> hand.say(FIRST_REGION), hand -> hand.say(FIRST_RING), hand -> hand.say(CONNECT))).proves("MEMIF-3-01"),
            memif("connect-without-rings", "CONNECT after the regions", "the proxy sends into no ring",
                after(FIRST_RING, hand -> hand.say(CONNECT))).proves("MEMIF-3-03"),
            memif("init-when-connected", "INIT and CONNECT by a consumer that is connected", sequence,
                after(HandConsumer.STEPS, hand -> hand.say(INIT), hand -> hand.say(CONNECT))).proves("MEMIF-3-01"),
            memif("wrong-version", "INIT of version 1.0", "another version may mean anything else", after(INIT, hand -> {
                MemorySegment init = MemifWire.init(0);
                init.set(JAVA_SHORT_UNALIGNED, MemifWire.INIT_VERSION_OFFSET, (short) 0x100);
                hand.wire().send(init, -1);
            })).proves("MEMIF-2-02"),
            memif("wrong-interface", "INIT of interface 77", "one session's consumer gets another's pictures",
                after(INIT, hand -> hand.wire().send(MemifWire.init(77), -1))).proves("MEMIF-3-04"),
            memif("gone-in-the-handshake", "consumers that vanish after each message of the handshake",
                "a session is blocked by a consumer that died while it connected", MemifAbuseCases::gone).proves("MEMIF-3-06"));
    }

    private static Misdeed size(int length) {
        return hand -> {
            MemorySegment bytes = Arena.ofAuto().allocate(length, 8);
            bytes.set(JAVA_BYTE, 0, (byte) MemifWire.INIT);
            hand.wire().send(bytes, -1);
        };
    }

    private static void gone(Scene scene) throws Exception {
        MemifCases.Consumer consumer = MemifCases.Consumer.of(scene);
        for (int steps = 0; steps <= HandConsumer.STEPS; steps++) {
            consumer.hand.advance(steps);
            consumer.again();
        }
        consumer.hand.connected();
        consumer.awaitPicture();
    }

    private static List<ConformanceCase> memory() {
        String why = "memory that is not there is written: the proxy dies";
        return List.of(
            memif("region-larger-than-its-memory", "a region of a terabyte, one of a byte too many and one of size 0", why,
                after(FIRST_REGION,
                hand -> hand.wire().send(MemifWire.region(0, 1L << 40), hand.rings().fd()),
                hand -> hand.wire().send(MemifWire.region(0, hand.rings().segment().byteSize() + 1), hand.rings().fd()),
                hand -> hand.wire().send(MemifWire.region(0, 0), hand.rings().fd()))).proves("MEMIF-4-01"),
            memif("region-index-out-of-turn", "regions of indexes 1, 5 and 65535 first", "an array is written past its end",
                after(FIRST_REGION,
                region(1), region(5), region(0xffff))).proves("MEMIF-4-02"),
            memif("region-without-memory", "a region without a descriptor, and with one that is no memory", why,
                after(FIRST_REGION,
                hand -> hand.wire().send(MemifWire.region(0, 4096), -1),
                hand -> hand.wire().send(MemifWire.region(0, 4096), hand.interrupt().fd()))).proves("MEMIF-2-03", "MEMIF-4-01"),
            memif("ring-outside-its-region",
                "rings of 2^15 buffers, past the region's end, in region 9, with a private header, of index 3", why,
                after(FIRST_RING,
                    ring((ring, _) -> ring.set(JAVA_BYTE, MemifWire.RING_LOG2_SIZE_OFFSET, (byte) 15)),
                    ring((ring, hand) -> ring.set(JAVA_INT_UNALIGNED, MemifWire.RING_OFFSET_OFFSET, (int) hand.stride() + 64)),
                    ring((ring, _) -> ring.set(JAVA_SHORT_UNALIGNED, MemifWire.RING_REGION_OFFSET, (short) 9)),
                    ring((ring, _) -> ring.set(JAVA_SHORT_UNALIGNED, MemifWire.RING_PRIVATE_HEADER_OFFSET, (short) 64)),
                    ring((ring, _) -> ring.set(JAVA_SHORT_UNALIGNED, MemifWire.RING_INDEX_OFFSET, (short) 3))))
                .proves("MEMIF-4-03", "MEMIF-4-04"),
            memif("ring-without-cookie", "a ring that does not begin with memif's cookie",
                "the two sides do not mean the same memory",
                after(CONNECT, hand -> {
                    hand.rings().segment().set(JAVA_INT_UNALIGNED, hand.stride(), 0);
                    hand.say(CONNECT);
                })).proves("MEMIF-4-05"));
    }

    private static Misdeed region(int index) {
        return hand -> hand.wire().send(MemifWire.region(index, hand.rings().segment().byteSize()), hand.rings().fd());
    }

    /** Makes a good message of the ring from the proxy a wrong one. */
    private interface Change {
        void on(MemorySegment ring, HandConsumer hand);
    }

    private static Misdeed ring(Change change) {
        return hand -> {
            MemorySegment ring = MemifWire.ring(false, hand.stride(), hand.log2());
            change.on(ring, hand);
            hand.wire().send(ring, hand.interrupt().fd());
        };
    }

    private static List<ConformanceCase> rings() {
        return List.of(
            memif("index-jumps", "a ring whose head jumps 5,000 ahead",
                "more buffers than there are: the same memory is written twice",
                shared(hand -> hand.publish(5_000))).proves("MEMIF-5-04"),
            memif("index-goes-back", "a ring whose head goes back by one", "65,535 buffers seem to be free",
                shared(hand -> hand.publish(-1))).proves("MEMIF-5-04"),
            memif("descriptor-of-an-unknown-region", "buffers in region 9", "memory that is not there is written: the proxy dies",
                shared(hand -> wild(hand, 9, 4096, 0))).proves("MEMIF-5-05"),
            memif("descriptor-past-its-region", "buffers of which but 100 bytes lie in the region",
                "memory that is not there is written: the proxy "
                + "dies", shared(hand -> wild(hand, 1, 4096, hand.buffers().segment().byteSize() - 100))).proves("MEMIF-5-05"),
            memif("descriptor-longer-than-its-region", "buffers of 4 GiB", "a picture is written past the region's end",
                shared(hand -> wild(hand, 1, -1, 4096))).proves("MEMIF-5-05"));
    }

    private static void wild(HandConsumer hand, int region, int length, long offset) {
        for (int slot = 0; slot < 1 << hand.log2(); slot++) {
            hand.describe(slot, region, length, offset);
        }
        hand.publish(1 << hand.log2());
    }

    /** Shared memory is only looked at when there is something to send. */
    private static Body shared(Misdeed misdeed) {
        return scene -> {
            Link other = scene.link();
            MemifCases.Consumer consumer = MemifCases.Consumer.of(scene);
            consumer.hand.advance(HandConsumer.STEPS);
            misdeed.act(consumer.hand);
            for (int i = 0; i < PICTURES; i++) {
                consumer.send();
            }
            consumer.hand.wire().expectEnd();
            byte[] unit = other.stream().nextPicture().unit(RtpStream.IDR, 100);
            other.send(other.stream().single(unit, true));
            other.expect(unit);
        };
    }
}
