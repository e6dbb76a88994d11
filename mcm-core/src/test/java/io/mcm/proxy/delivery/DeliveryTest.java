package io.mcm.proxy.delivery;

import static org.assertj.core.api.Assertions.assertThat;

import io.mcm.control.DeliveryUnit;
import io.mcm.h264.NalUnitOrigin;
import io.mcm.h264.NalUnitSink;
import io.mcm.proxy.delivery.MemifPair.Delivered;
import io.mcm.rtp.RtpDatagram;
import io.mcm.rtp.RtpSink;
import java.lang.foreign.MemorySegment;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** The three writers over a real memif, consumer and proxy on one thread. */
@Timeout(300)
class DeliveryTest {

    private static final int IDR = 0x65;
    private static final int SPS = 0x67;
    private static final int NOW = 0;

    /** Header, start code, NAL header: what a buffer holds beside the NAL unit's other bytes. */
    private static final int OVERHEAD = 14 + 4 + 1;

    private static NalUnitOrigin packet(int sequence) {
        return NalUnitOrigin.of(sequence, sequence * 10, 0);
    }

    private static void begin(NalUnitSink sink, int sequence, int header, int... rest) {
        sink.begin(packet(sequence), header);
        append(sink, rest);
    }

    private static void append(NalUnitSink sink, int... bytes) {
        byte[] array = new byte[bytes.length];
        for (int i = 0; i < bytes.length; i++) {
            array[i] = (byte) bytes[i];
        }
        sink.append(RtpDatagram.placedAt(3, array), 3, array.length);
    }

    private static void whole(NalUnitSink sink, int sequence, int header, int... rest) {
        begin(sink, sequence, header, rest);
        sink.end();
    }

    @Test
    void aNalUnitIsDeliveredInPiecesAsOneBuffer() {
        try (MemifPair pair = MemifPair.of(2, 64)) {
            NalUnitSink writer = new NalUnitWriter(pair.buffer);
            begin(writer, 7, IDR, 0xaa, 0xbb);
            append(writer, 0xcc);
            assertThat(pair.read()).as("not whole yet").isEmpty();
            writer.end();
            assertThat(pair.read()).as("not published yet").isEmpty();
            pair.buffer.publish(NOW);
            assertThat(pair.read()).containsExactly(new Delivered(7, 70, "00000001" + "65aabbcc"));
            assertThat(pair.count(DeliveryCounter.UNIT_BYTES)).isEqualTo(8);
        }
    }

    @Test
    void anAbandonedNalUnitIsNeverSeenAndItsBufferIsUsedForTheNext() {
        try (MemifPair pair = MemifPair.of(1, 64)) {
            NalUnitSink writer = new NalUnitWriter(pair.buffer);
            for (int i = 0; i < 10; i++) {
                begin(writer, i, IDR, 1, 2, 3, 4, 5, 6);
                writer.abandon();
            }
            whole(writer, 10, SPS, 9);
            pair.buffer.publish(NOW);
            assertThat(pair.read()).containsExactly(new Delivered(10, 100, "00000001" + "6709"));
            assertThat(pair.accountedFor()).as("abandoned units are the depacketizer's to count").isEqualTo(1);
        }
    }

    @Test
    void withoutAConsumerWholeUnitsAreCountedAndAbandonedOnesAreNot() {
        try (MemifPair pair = MemifPair.withoutConsumer(1, 64)) {
            NalUnitSink writer = new NalUnitWriter(pair.buffer);
            whole(writer, 1, IDR, 1);
            whole(writer, 2, IDR, 2);
            begin(writer, 3, IDR, 3);
            writer.abandon();
            pair.buffer.publish(NOW);
            assertThat(pair.count(DeliveryCounter.NO_CONSUMER)).isEqualTo(2);
            pair.attachConsumer();
            whole(writer, 4, IDR, 4);
            pair.buffer.publish(NOW);
            assertThat(pair.read()).extracting(Delivered::sequence).containsExactly(4);
            assertThat(pair.count(DeliveryCounter.CONSUMERS)).isEqualTo(1);
        }
    }

    @Test
    void aFullRingDropsWholeUnitsAndTheNextAfterSpaceIsWhole() {
        try (MemifPair pair = MemifPair.of(1, 64)) {
            NalUnitSink writer = new NalUnitWriter(pair.buffer);
            for (int i = 1; i <= 5; i++) {
                whole(writer, i, IDR, i);
            }
            begin(writer, 6, IDR, 6);
            pair.buffer.publish(NOW);
            assertThat(pair.take(1)).extracting(Delivered::sequence).containsExactly(1);
            append(writer, 7);
            writer.end();
            assertThat(pair.count(DeliveryCounter.RING_FULL)).as("3, 4, 5, and 6 that began while it was full").isEqualTo(4);
            whole(writer, 7, IDR, 7, 8);
            pair.buffer.publish(NOW);
            assertThat(pair.read()).extracting(Delivered::hex).containsExactly("00000001" + "6502", "00000001" + "650708");
            assertThat(pair.accountedFor()).isEqualTo(7);
        }
    }

    @Test
    void aNalUnitThatJustFitsIsDeliveredAndOneByteMoreIsDroppedWhole() {
        try (MemifPair pair = MemifPair.of(2, OVERHEAD + 3)) {
            NalUnitSink writer = new NalUnitWriter(pair.buffer);
            whole(writer, 1, IDR, 1, 2, 3);
            begin(writer, 2, IDR, 1, 2, 3);
            append(writer, 4);
            append(writer, 5);
            writer.end();
            whole(writer, 3, SPS, 1);
            pair.buffer.publish(NOW);
            assertThat(pair.read()).extracting(Delivered::sequence).containsExactly(1, 3);
            assertThat(pair.count(DeliveryCounter.OVERSIZED)).isEqualTo(1);
        }
    }

    @Test
    void aConsumerThatLeavesMidUnitCostsThatUnitAndTheNextConsumerStartsWithAWholeOne() {
        try (MemifPair pair = MemifPair.of(2, 64)) {
            NalUnitSink writer = new NalUnitWriter(pair.buffer);
            begin(writer, 1, IDR, 1, 2);
            pair.dropConsumer();
            append(writer, 3);
            pair.attachConsumer();
            append(writer, 4);
            writer.end();
            whole(writer, 2, SPS, 9);
            pair.buffer.publish(NOW);
            assertThat(pair.read()).containsExactly(new Delivered(2, 20, "00000001" + "6709"));
            assertThat(pair.count(DeliveryCounter.NO_CONSUMER)).isEqualTo(1);
            assertThat(pair.count(DeliveryCounter.CONSUMERS)).isEqualTo(2);
        }
    }

    @Test
    void anAccessUnitIsOneBufferWithAFourByteStartCodeBeforeEachNalUnit() {
        try (MemifPair pair = MemifPair.of(2, 64)) {
            NalUnitSink writer = new AccessUnitWriter(pair.buffer);
            whole(writer, 1, SPS, 1);
            whole(writer, 2, IDR, 2, 3);
            writer.endAccessUnit();
            pair.buffer.publish(NOW);
            assertThat(pair.read()).containsExactly(new Delivered(1, 10, "00000001" + "6701" + "00000001" + "650203"));
        }
    }

    @Test
    void anAccessUnitKeepsTheNalUnitsBesideAnAbandonedOne() {
        try (MemifPair pair = MemifPair.of(2, 64)) {
            NalUnitSink writer = new AccessUnitWriter(pair.buffer);
            whole(writer, 1, SPS, 1);
            begin(writer, 2, IDR, 2, 3);
            writer.abandon();
            whole(writer, 3, IDR, 4);
            writer.endAccessUnit();
            begin(writer, 4, IDR, 2, 3);
            writer.abandon();
            writer.endAccessUnit();
            pair.buffer.publish(NOW);
            assertThat(pair.read()).containsExactly(new Delivered(1, 10, "00000001" + "6701" + "00000001" + "6504"));
            assertThat(pair.accountedFor()).as("of the second nothing came whole").isEqualTo(1);
        }
    }

    @Test
    void anAccessUnitLongerThanTheBufferIsDroppedWholeAndTheNextIsWhole() {
        try (MemifPair pair = MemifPair.of(2, OVERHEAD + 8)) {
            NalUnitSink writer = new AccessUnitWriter(pair.buffer);
            whole(writer, 1, SPS, 1);
            whole(writer, 2, IDR, 1, 2, 3);
            whole(writer, 3, IDR, 1);
            writer.endAccessUnit();
            whole(writer, 4, IDR, 4);
            writer.endAccessUnit();
            pair.buffer.publish(NOW);
            assertThat(pair.read()).containsExactly(new Delivered(4, 40, "00000001" + "6504"));
            assertThat(pair.count(DeliveryCounter.OVERSIZED)).isEqualTo(1);
        }
    }

    @Test
    void anAccessUnitWhoseConsumerLeftIsNotContinuedInTheNextConsumersBuffer() {
        try (MemifPair pair = MemifPair.of(2, 64)) {
            NalUnitSink writer = new AccessUnitWriter(pair.buffer);
            whole(writer, 1, SPS, 1);
            pair.dropConsumer();
            pair.attachConsumer();
            whole(writer, 2, IDR, 2);
            writer.endAccessUnit();
            whole(writer, 3, IDR, 3);
            writer.endAccessUnit();
            pair.buffer.publish(NOW);
            assertThat(pair.read()).extracting(Delivered::sequence).containsExactly(3);
            assertThat(pair.count(DeliveryCounter.NO_CONSUMER)).isEqualTo(1);
        }
    }

    @Test
    void aFragmentIsThePayloadAsItCameAndAnEmptyOneIsNone() {
        try (MemifPair pair = MemifPair.of(2, 64)) {
            RtpSink writer = new FragmentWriter(pair.buffer);
            RtpDatagram start = RtpDatagram.of(1).timestamp(10).payload((byte) 0x7c, (byte) 0x85, (byte) 9).csrcs(1, 2).padding(5);
            writer.packet(start.view(), 1, NOW);
            writer.packet(RtpDatagram.of(2).payload().view(), 2, NOW);
            writer.lost(1);
            writer.end();
            pair.buffer.publish(NOW);
            assertThat(pair.read()).containsExactly(new Delivered(1, 10, "00000001" + "7c8509"));
        }
    }

    @Test
    void aConsumerThatSleepsOnAUnitIsWokenAgainEachTimeAfterTwiceAsLong() {
        try (MemifPair pair = MemifPair.of(2, 64)) {
            whole(new NalUnitWriter(pair.buffer), 1, IDR, 1);
            assertThat(pair.buffer.deadline()).isEqualTo(Long.MAX_VALUE);
            pair.buffer.publish(1_000);
            assertThat(pair.isWoken()).isTrue();

            long first = 1_000 + WakeReminder.FIRST_NANOS;
            assertThat(pair.buffer.deadline()).isEqualTo(first);
            pair.buffer.remind(first - 1);
            assertThat(pair.isWoken()).as("too early").isFalse();
            pair.buffer.remind(first);
            assertThat(pair.isWoken()).as("100 ms later").isTrue();
            assertThat(pair.buffer.deadline()).isEqualTo(first + WakeReminder.FIRST_NANOS);
            pair.buffer.remind(pair.buffer.deadline());
            assertThat(pair.isWoken()).isTrue();
            assertThat(pair.buffer.deadline()).isEqualTo(1_000 + 4 * WakeReminder.FIRST_NANOS);
        }
    }

    @Test
    void aConsumerThatHasGivenEverythingBackIsLeftAsleep() {
        try (MemifPair pair = MemifPair.of(2, 64)) {
            whole(new NalUnitWriter(pair.buffer), 1, IDR, 1);
            pair.buffer.publish(NOW);
            assertThat(pair.read()).hasSize(1);
            assertThat(pair.isWoken()).isTrue();
            pair.buffer.remind(pair.buffer.deadline());
            assertThat(pair.isWoken()).isFalse();
            assertThat(pair.buffer.deadline()).as("no timer while nothing lies in the ring").isEqualTo(Long.MAX_VALUE);
        }
    }

    @Test
    void aPollingConsumerIsNeverWoken() {
        try (MemifPair pair = MemifPair.withoutConsumer(2, 64)) {
            pair.attachConsumer(true);
            whole(new NalUnitWriter(pair.buffer), 1, IDR, 1);
            pair.buffer.publish(NOW);
            pair.buffer.remind(pair.buffer.deadline());
            assertThat(pair.isWoken()).isFalse();
            assertThat(pair.buffer.deadline()).isEqualTo(Long.MAX_VALUE);
        }
    }

    @Test
    void noReminderOutlivesItsConsumer() {
        try (MemifPair pair = MemifPair.of(2, 64)) {
            whole(new NalUnitWriter(pair.buffer), 1, IDR, 1);
            pair.buffer.publish(NOW);
            pair.dropConsumer();
            assertThat(pair.buffer.deadline()).isEqualTo(Long.MAX_VALUE);
            pair.buffer.remind(Long.MAX_VALUE);
        }
    }

    @Test
    void aWriterWithoutAConsumerTouchesNoMemory() {
        DeliveryBuffer buffer = new DeliveryBuffer(64, new DeliveryNote(DeliveryUnit.NALU, _ -> 0), new PublishingDelay(() -> 0));
        buffer.append(MemorySegment.NULL, 0, 0);
        buffer.truncate(5);
        buffer.cancel();
        buffer.publish(NOW);
        assertThat(buffer.length()).isZero();
    }

    /** Buffers of 32 bytes: the header and 18 of the unit in the first, 32 in each of the others. */
    @Test
    void aUnitLongerThanTheConsumersBuffersIsDeliveredAsAChainWhereverItIsCut() {
        try (MemifPair pair = MemifPair.chaining(3, 32, 1024)) {
            NalUnitSink writer = new NalUnitWriter(pair.buffer);
            for (int rest = 0; rest < 8 * 32 - OVERHEAD; rest++) {
                begin(writer, rest, IDR);
                append(writer, new int[rest / 2]);
                append(writer, new int[rest - rest / 2]);
                writer.end();
                pair.buffer.publish(NOW);
                assertThat(pair.read()).containsExactly(new Delivered(rest, rest * 10, "0000000165" + "00".repeat(rest)));
            }
        }
    }

    @Test
    void startCodesAndHeadersAreCutAsWellAndAnIncompleteNalUnitIsTakenBackThroughItsBuffers() {
        try (MemifPair pair = MemifPair.chaining(3, 32, 1024)) {
            AccessUnitWriter writer = new AccessUnitWriter(pair.buffer);
            for (int rest = 0; rest < 64; rest++) {
                whole(writer, 1, SPS, new int[rest]);
                begin(writer, 2, IDR, new int[100]);
                writer.abandon();
                whole(writer, 3, IDR, 0xaa);
                writer.endAccessUnit();
                pair.buffer.publish(NOW);
                assertThat(pair.read()).extracting(Delivered::hex)
                    .containsExactly("0000000167" + "00".repeat(rest) + "0000000165aa");
            }
        }
    }

    @Test
    void aChainThatTheRingOrTheLimitHasNoRoomForFallsAwayWhole() {
        try (MemifPair pair = MemifPair.chaining(2, 32, 128)) {
            NalUnitSink writer = new NalUnitWriter(pair.buffer);
            whole(writer, 1, IDR, new int[128 - OVERHEAD + 1]);
            assertThat(pair.count(DeliveryCounter.OVERSIZED)).as("longer than the longest unit").isEqualTo(1);
            whole(writer, 2, IDR, new int[64]);
            whole(writer, 3, IDR, new int[64]);
            assertThat(pair.count(DeliveryCounter.RING_FULL)).as("three of four buffers taken").isEqualTo(1);
            whole(writer, 4, IDR, 0xaa);
            pair.buffer.publish(NOW);
            assertThat(pair.read()).extracting(Delivered::sequence).containsExactly(2, 4);
        }
        try (MemifPair pair = MemifPair.chaining(1, 32, 1024)) {
            whole(new NalUnitWriter(pair.buffer), 1, IDR, new int[64]);
            assertThat(pair.count(DeliveryCounter.OVERSIZED)).as("longer than the whole ring").isEqualTo(1);
            assertThat(pair.accountedFor()).isEqualTo(1);
        }
    }
}
