package io.mcm.proxy.delivery;

import static java.lang.foreign.ValueLayout.JAVA_BYTE;

import io.mcm.control.BufferHeader;
import io.mcm.control.UnitMetadata;
import io.mcm.h264.NalUnitOrigin;
import io.mcm.memif.MemifInterface;
import io.mcm.memif.TxQueue;
import io.mcm.metric.Counters;
import java.lang.foreign.Arena;
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

    private final int maxLength;
    private final Counters<DeliveryCounter> counters = new Counters<>(DeliveryCounter.class);
    private final DeliveryNote note;
    private final PublishingDelay delay;
    private final WakeReminder reminder = new WakeReminder();
    private MemifInterface memif;
    private TxQueue tx;
    private boolean open;
    /** Why the unit falls away, while none is open. */
    private DeliveryCounter dropCause = DeliveryCounter.NO_CONSUMER;
    private boolean committed;
    /** A whole unit fell away, or the consumer became another one, since {@link #hasFailed} was asked. */
    private boolean failed;
    /** Whether the consumer takes {@link UnitMetadata}, and how many bytes then stand before a unit. */
    private boolean described;
    private int headers = BufferHeader.LENGTH;
    private long arrivalNanos;
    private int sequence;
    private int timestamp;
    private int length;
    /** The unit's first buffer, which has the header. */
    private MemorySegment headSegment;
    private long headOffset;
    /** What lies in the buffers before the open one, headers included. */
    private int before;
    private int buffers;
    /** A start code and a header byte that do not fit the open buffer together. */
    private final MemorySegment split = Arena.ofAuto().allocate(START_CODE_LENGTH + 1);

    /**
     * @param maxLength bytes of the longest unit, header included, that is chained where the consumer has shorter buffers. A consumer
     *     that has taken the buffers it was told, as the C SDK does, never gets a chain.
     */
    DeliveryBuffer(int maxLength, DeliveryNote note, PublishingDelay delay) {
        this.maxLength = maxLength;
        this.note = note;
        this.delay = delay;
    }

    /** What the consumer is told of the unit that is being written. */
    DeliveryNote note() {
        return note;
    }

    Counters<DeliveryCounter> counters() {
        return counters;
    }

    /** Units go to this consumer from the next {@link #open} on. */
    void attach(MemifInterface consumer) {
        counters.increment(DeliveryCounter.CONSUMERS);
        memif = consumer;
        tx = consumer.tx(0);
        described = UnitMetadata.isAnnounced(consumer.peerApplication());
        headers = BufferHeader.LENGTH + (described ? UnitMetadata.LENGTH : 0);
        failed = true;
        note.beginConsumer();
    }

    /** The consumer's memory is gone, and the unit that was open in it. */
    void detach() {
        memif = null;
        tx = null;
        committed = false;
        note.show();
        delay.forget();
        reminder.stop();
        drop(DeliveryCounter.NO_CONSUMER);
    }

    private void drop(DeliveryCounter cause) {
        if (open) {
            open = false;
            dropCause = cause;
        }
    }

    /** Starts a unit whose first packet is this. */
    void open(NalUnitOrigin origin) {
        length = 0;
        if (tx == null) {
            dropCause = DeliveryCounter.NO_CONSUMER;
        } else if (!tx.claim()) {
            dropCause = DeliveryCounter.RING_FULL;
        } else {
            open = true;
            arrivalNanos = origin.arrivalNanos();
            sequence = origin.sequence();
            timestamp = origin.timestamp();
            note.open(origin);
            begin();
        }
    }

    private void begin() {
        headSegment = tx.segment();
        headOffset = tx.offset();
        before = 0;
        buffers = 1;
        if (tx.capacity() < headers) {
            giveUp(DeliveryCounter.OVERSIZED);
        }
    }

    private void giveUp(DeliveryCounter cause) {
        tx.cancel();
        drop(cause);
    }

    /** A 4-byte start code and a NAL unit's first byte. */
    void startNalUnit(int header) {
        if (fits(START_CODE_LENGTH + 1)) {
            putStartCode();
            tx.segment().set(JAVA_BYTE, end(), (byte) header);
            length++;
        } else if (open) {
            split.set(START_CODE, 0, 1);
            split.set(JAVA_BYTE, START_CODE_LENGTH, (byte) header);
            chain(split, 0, START_CODE_LENGTH + 1);
        }
    }

    /** A 4-byte start code alone. */
    void startCode() {
        if (fits(START_CODE_LENGTH)) {
            putStartCode();
        } else if (open) {
            split.set(START_CODE, 0, 1);
            chain(split, 0, START_CODE_LENGTH);
        }
    }

    private void putStartCode() {
        tx.segment().set(START_CODE, end(), 1);
        length += START_CODE_LENGTH;
    }

    void append(MemorySegment from, long offset, int count) {
        if (fits(count)) {
            MemorySegment.copy(from, offset, tx.segment(), end(), count);
            length += count;
        } else if (open) {
            chain(from, offset, count);
        }
    }

    /** Whether the open buffer has room for so many bytes more. */
    private boolean fits(int count) {
        return open && count <= room();
    }

    private int room() {
        return tx.capacity() - (headers + length - before);
    }

    /** Spreads bytes over the open buffer and as many more as they need; where that cannot be the unit falls away. */
    private void chain(MemorySegment from, long offset, int count) {
        if ((long) BufferHeader.LENGTH + length + count > maxLength) {
            giveUp(DeliveryCounter.OVERSIZED);
            return;
        }
        for (int done = 0; done < count && (room() > 0 || extend());) {
            int part = Math.min(count - done, room());
            MemorySegment.copy(from, offset + done, tx.segment(), end(), part);
            length += part;
            done += part;
        }
    }

    private boolean extend() {
        int full = tx.capacity();
        if (!tx.extend()) {
            giveUp(buffers == tx.size() ? DeliveryCounter.OVERSIZED : DeliveryCounter.RING_FULL);
            return false;
        }
        before += full;
        buffers++;
        return true;
    }

    private long end() {
        return tx.offset() + headers + length - before;
    }

    /** Bytes of the open unit, start codes included; 0 where none is open. */
    int length() {
        return open ? length : 0;
    }

    /** Takes back what was written after {@code to} bytes. */
    void truncate(int to) {
        length = to;
        while (open && before > 0 && headers + to <= before) {
            tx.retract();
            before -= tx.capacity();
            buffers--;
        }
    }

    /** The unit is whole. The consumer sees it after {@link #publish}. */
    void commit() {
        if (!open) {
            counters.increment(dropCause);
            failed = true;
            note.leftOut();
            return;
        }
        BufferHeader.write(headSegment, headOffset, sequence, timestamp, length);
        if (described) {
            note.write(headSegment, headOffset + BufferHeader.LENGTH);
        }
        tx.commit(headers + length - before);
        delay.committed(arrivalNanos);
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

    /** Whether, since this was asked last, a whole unit fell away, or the consumer became another one. */
    boolean hasFailed() {
        boolean answer = failed;
        failed = false;
        return answer;
    }

    /** Shows the consumer all whole units, and disconnects one that broke a rule. */
    void publish(long nowNanos) {
        note.show();
        if (memif != null && memif.flush() && committed) {
            committed = false;
            delay.published();
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
