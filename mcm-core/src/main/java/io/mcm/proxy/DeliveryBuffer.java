package io.mcm.proxy;

import static java.lang.foreign.ValueLayout.JAVA_BYTE;

import io.mcm.control.BufferHeader;
import io.mcm.memif.MemifInterface;
import io.mcm.memif.TxQueue;
import io.mcm.metric.Counters;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.ByteOrder;

/**
 * The unit that is being written, straight into the consumer's memory. Where that cannot be (no consumer, ring full, unit too
 * long) everything up to the next {@link #open} falls away, and {@link #commit} counts the reason: every whole unit is counted
 * once, as delivered or as dropped, and one that never became whole is not. The camera's socket is never held up.
 */
final class DeliveryBuffer {

    private static final ValueLayout.OfInt START_CODE = ValueLayout.JAVA_INT_UNALIGNED.withOrder(ByteOrder.BIG_ENDIAN);
    private static final int START_CODE_LENGTH = 4;

    private final Counters<DeliveryCounter> counters = new Counters<>(DeliveryCounter.class);
    private final WakeReminder reminder = new WakeReminder();
    private MemifInterface memif;
    private TxQueue tx;
    private boolean open;
    /** Why the unit falls away, while none is open. */
    private DeliveryCounter dropCause = DeliveryCounter.NO_CONSUMER;
    private boolean committed;
    private int sequence;
    private int timestamp;
    private int length;

    Counters<DeliveryCounter> counters() {
        return counters;
    }

    /** Units go to this consumer from the next {@link #open} on. */
    void attach(MemifInterface consumer) {
        counters.increment(DeliveryCounter.CONSUMERS);
        memif = consumer;
        tx = consumer.tx(0);
    }

    /** The consumer's memory is gone, and the unit that was open in it. */
    void detach() {
        memif = null;
        tx = null;
        committed = false;
        reminder.stop();
        drop(DeliveryCounter.NO_CONSUMER);
    }

    private void drop(DeliveryCounter cause) {
        if (open) {
            open = false;
            dropCause = cause;
        }
    }

    /** Starts a unit whose first packet has this sequence number and timestamp. */
    void open(int firstSequence, int firstTimestamp) {
        length = 0;
        if (tx == null) {
            dropCause = DeliveryCounter.NO_CONSUMER;
        } else if (!tx.claim()) {
            dropCause = DeliveryCounter.RING_FULL;
        } else {
            open = true;
            sequence = firstSequence;
            timestamp = firstTimestamp;
        }
    }

    /** A 4-byte start code and a NAL unit's first byte. */
    void startNalUnit(int header) {
        if (reserve(START_CODE_LENGTH + 1)) {
            putStartCode();
            tx.segment().set(JAVA_BYTE, end(), (byte) header);
            length++;
        }
    }

    /** A 4-byte start code alone. */
    void startCode() {
        if (reserve(START_CODE_LENGTH)) {
            putStartCode();
        }
    }

    private void putStartCode() {
        tx.segment().set(START_CODE, end(), 1);
        length += START_CODE_LENGTH;
    }

    void append(MemorySegment from, long offset, int count) {
        if (reserve(count)) {
            MemorySegment.copy(from, offset, tx.segment(), end(), count);
            length += count;
        }
    }

    /** Whether the open unit can take so many bytes more; if not it falls away. */
    private boolean reserve(int count) {
        if (!open) {
            return false;
        }
        if ((long) BufferHeader.LENGTH + length + count > tx.capacity()) {
            tx.cancel();
            drop(DeliveryCounter.OVERSIZED);
            return false;
        }
        return true;
    }

    private long end() {
        return tx.offset() + BufferHeader.LENGTH + length;
    }

    /** Bytes of the open unit, start codes included; 0 where none is open. */
    int length() {
        return open ? length : 0;
    }

    /** Takes back what was written after {@code to} bytes. */
    void truncate(int to) {
        length = to;
    }

    /** The unit is whole. The consumer sees it after {@link #publish}. */
    void commit() {
        if (!open) {
            counters.increment(dropCause);
            return;
        }
        BufferHeader.write(tx.segment(), tx.offset(), sequence, timestamp, length);
        tx.commit(BufferHeader.LENGTH + length);
        counters.increment(DeliveryCounter.UNITS);
        counters.add(DeliveryCounter.UNIT_BYTES, length);
        open = false;
        committed = true;
    }

    /** The unit will never be whole. */
    void cancel() {
        if (open) {
            tx.cancel();
            open = false;
        }
    }

    /** Shows the consumer all whole units, and disconnects one that broke a rule. */
    void publish(long nowNanos) {
        if (memif != null && memif.flush() && committed) {
            committed = false;
            reminder.published(nowNanos);
        }
    }

    /** When {@link #remind} has something to do, or {@link Long#MAX_VALUE}. */
    long deadline() {
        return reminder.deadline();
    }

    /** Wakes a consumer that leaves units lying. */
    void remind(long nowNanos) {
        if (tx != null) {
            reminder.poll(tx, nowNanos);
        }
    }
}
