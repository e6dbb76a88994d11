package io.mcm.memif;

import static java.lang.foreign.ValueLayout.JAVA_BYTE;
import static org.assertj.core.api.Assertions.assertThat;

import java.lang.foreign.MemorySegment;

/** Packets whose every byte follows from their number and length. */
public final class Payload {

    private Payload() {}

    public static byte[] bytes(int number, int length) {
        byte[] bytes = new byte[length];
        for (int i = 0; i < length; i++) {
            bytes[i] = (byte) (number * 7 + length + i * 31);
        }
        return bytes;
    }

    /** False where the ring is full. */
    public static boolean send(TxQueue tx, int number, int length) {
        if (!tx.claim()) {
            return false;
        }
        MemorySegment.copy(bytes(number, length), 0, tx.segment(), JAVA_BYTE, tx.offset(), length);
        tx.commit(length);
        return true;
    }

    public static byte[] current(RxQueue rx) {
        return rx.segment().asSlice(rx.offset(), rx.length()).toArray(JAVA_BYTE);
    }

    public static void receive(RxQueue rx, int number, int length) {
        assertThat(rx.next()).as("packet %d is there", number).isTrue();
        assertThat(current(rx)).as("packet %d", number).isEqualTo(bytes(number, length));
        rx.release(rx.ticket());
    }
}
