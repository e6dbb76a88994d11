package io.mcm.memif.builtin;

import static java.lang.foreign.ValueLayout.JAVA_BYTE;
import static org.assertj.core.api.Assertions.assertThat;

import io.mcm.memif.RxQueue;
import io.mcm.memif.TxQueue;
import java.lang.foreign.MemorySegment;

/** Packets whose every byte follows from their number and length. */
final class Payload {

    private Payload() {}

    static byte[] bytes(int number, int length) {
        byte[] bytes = new byte[length];
        for (int i = 0; i < length; i++) {
            bytes[i] = (byte) (number * 7 + length + i * 31);
        }
        return bytes;
    }

    /** False where the ring is full. */
    static boolean send(TxQueue tx, int number, int length) {
        if (!tx.claim()) {
            return false;
        }
        MemorySegment.copy(bytes(number, length), 0, tx.segment(), JAVA_BYTE, tx.offset(), length);
        tx.commit(length);
        return true;
    }

    static byte[] current(RxQueue rx) {
        return rx.segment().asSlice(rx.offset(), rx.length()).toArray(JAVA_BYTE);
    }

    static void receive(RxQueue rx, int number, int length) {
        assertThat(rx.next()).as("packet %d is there", number).isTrue();
        assertThat(current(rx)).as("packet %d", number).isEqualTo(bytes(number, length));
        rx.release(rx.ticket());
    }
}
