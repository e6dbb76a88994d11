package io.mcm.memif.builtin;

import static org.openjdk.jcstress.annotations.Expect.ACCEPTABLE;
import static org.openjdk.jcstress.annotations.Expect.ACCEPTABLE_INTERESTING;
import static org.openjdk.jcstress.annotations.Expect.FORBIDDEN;

import io.mcm.memif.Fault;
import java.lang.foreign.MemorySegment;
import org.openjdk.jcstress.annotations.Actor;
import org.openjdk.jcstress.annotations.JCStressTest;
import org.openjdk.jcstress.annotations.Outcome;
import org.openjdk.jcstress.annotations.State;
import org.openjdk.jcstress.infra.results.II_Result;
import org.openjdk.jcstress.infra.results.I_Result;

/** The ring between two threads, each with an end of its own, as jcstress drives them ({@code ci/jcstress}). */
public final class RingStress {

    private static final int NOT_SEEN = -1;

    private RingStress() {}

    /** Both ends of one ring: the client produces, the server consumes. */
    private static final class Ends {

        final Ring client;
        final Ring server;
        final RingCursor producer;
        final RingCursor consumer;

        Ends(int log2Size) {
            MemorySegment memory = MemorySegment.ofArray(new long[(int) RingDescriptor.length(log2Size) / Long.BYTES]);
            client = new Ring(memory, 0, log2Size, Role.CLIENT, null);
            server = new Ring(memory, 0, log2Size, Role.SERVER, null);
            Fault fault = new Fault();
            producer = new RingCursor(client, Role.CLIENT, true, fault);
            consumer = new RingCursor(server, Role.SERVER, false, fault);
        }

        void produce(int length) {
            client.firstWord(producer.position(), RingDescriptor.firstWord(0, 1, length));
            producer.advance(1);
            producer.tellRelease(1);
        }

        /** The length in the next descriptor. */
        int consume() {
            int length = (int) RingDescriptor.length(server.firstWord(consumer.position()));
            consumer.advance(1);
            consumer.tellRelease(1);
            return length;
        }

        /** So many descriptors have gone through already. */
        Ends after(int packets) {
            for (int i = 0; i < packets; i++) {
                if (producer.available() > 0) {
                    produce(0);
                }
                if (consumer.available() > 0) {
                    consume();
                }
            }
            return this;
        }
    }

    @JCStressTest
    @Outcome(id = "-1", expect = ACCEPTABLE, desc = "Not published yet.")
    @Outcome(id = "42", expect = ACCEPTABLE, desc = "Published, and the descriptor with it.")
    @Outcome(expect = FORBIDDEN, desc = "The index was seen before the descriptor.")
    @State
    public static class Publish {

        private final Ends ends = new Ends(2);

        @Actor
        public void producer() {
            ends.produce(42);
        }

        @Actor
        public void consumer(I_Result result) {
            result.r1 = ends.consumer.available() > 0 ? ends.consume() : NOT_SEEN;
        }
    }

    @JCStressTest
    @Outcome(id = "1, 0", expect = ACCEPTABLE, desc = "The slot was not given back yet.")
    @Outcome(id = "1, 1", expect = ACCEPTABLE, desc = "Given back after it was read, and written again.")
    @Outcome(expect = FORBIDDEN, desc = "Written again while it was still read.")
    @State
    public static class Consume {

        private final Ends ends = new Ends(0);

        public Consume() {
            ends.produce(1);
        }

        @Actor
        public void producer(II_Result result) {
            result.r2 = 0;
            if (ends.producer.available() > 0) {
                ends.produce(2);
                result.r2 = 1;
            }
        }

        @Actor
        public void consumer(II_Result result) {
            result.r1 = ends.consumer.available() > 0 ? ends.consume() : NOT_SEEN;
        }
    }

    @JCStressTest
    @Outcome(id = {"-1, -1", "41, -1", "41, 42"}, expect = ACCEPTABLE, desc = "In order, over the indexes' wrap from 65535 to 0.")
    @Outcome(id = "-1, 42", expect = FORBIDDEN, desc = "The second without the first.")
    @Outcome(expect = FORBIDDEN, desc = "A packet of before.")
    @State
    public static class Wrap {

        private static final int INDEXES = 1 << 16;

        private final Ends ends = new Ends(4).after(INDEXES - 1);

        @Actor
        public void producer() {
            ends.produce(41);
            ends.produce(42);
        }

        @Actor
        public void consumer(II_Result result) {
            result.r1 = ends.consumer.available() > 0 ? ends.consume() : NOT_SEEN;
            result.r2 = result.r1 != NOT_SEEN && ends.consumer.available() > 0 ? ends.consume() : NOT_SEEN;
        }
    }

    /**
     * The reason why {@link io.mcm.memif.RxQueue#poll} is to be set once: between two stores and two loads that cross over no known peer has a
     * fence, and neither have we.
     */
    @JCStressTest
    @Outcome(id = {"0, 1", "1, 0", "1, 1"}, expect = ACCEPTABLE, desc = "The consumer sees the packet, or the producer that it sleeps.")
    @Outcome(id = "0, 0", expect = ACCEPTABLE_INTERESTING, desc = "Neither: a wake-up is lost where the flag is changed during traffic.")
    @State
    public static class InterruptFlag {

        private final Ends ends = new Ends(2);

        public InterruptFlag() {
            ends.server.maskInterruptOpaque(true);
        }

        @Actor
        public void producer(II_Result result) {
            ends.produce(42);
            result.r2 = ends.client.interruptWantedOpaque() ? 1 : 0;
        }

        @Actor
        public void consumer(II_Result result) {
            ends.server.maskInterruptOpaque(false);
            result.r1 = ends.consumer.available() > 0 ? 1 : 0;
        }
    }
}
