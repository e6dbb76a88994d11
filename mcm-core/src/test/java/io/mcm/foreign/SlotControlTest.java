package io.mcm.foreign;

import static java.lang.foreign.ValueLayout.JAVA_INT;
import static java.lang.foreign.ValueLayout.JAVA_LONG;
import static org.assertj.core.api.Assertions.assertThat;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Control messages as the kernel writes them, and as it never should. */
class SlotControlTest {

    private static final int SOL_SOCKET = 1;
    private static final int TIMESTAMPNS = 35;
    private static final int RXQ_OVFL = 40;
    private static final int SOL_UDP = 17;
    private static final int GRO = 104;

    private final MemorySegment memory = Arena.ofAuto().allocate(256, 8);
    private final SlotControl control = new SlotControl();
    private long end;

    private void message(int level, int type, long length) {
        memory.set(JAVA_LONG, end, length);
        memory.set(JAVA_INT, end + 8, level);
        memory.set(JAVA_INT, end + 12, type);
    }

    private void value(int level, int type, int value) {
        message(level, type, 20);
        memory.set(JAVA_INT, end + 16, value);
        end += 24;
    }

    private void stamp(long seconds, long nanos) {
        message(SOL_SOCKET, TIMESTAMPNS, 32);
        memory.set(JAVA_LONG, end + 16, seconds);
        memory.set(JAVA_LONG, end + 24, nanos);
        end += 32;
    }

    private void wrap() {
        control.wrap(memory, 0, end);
    }

    @Test
    void eachMessageIsReadInWhateverOrder() {
        value(SOL_UDP, GRO, 1400);
        stamp(1_700_000_000L, 999_999_999);
        value(SOL_SOCKET, RXQ_OVFL, -1);
        wrap();
        assertThat(List.of(control.realNanos(), (long) control.segmentLength(), (long) control.drops()))
            .containsExactly(1_700_000_000_999_999_999L, 1400L, -1L);
        assertThat(control.tellsDrops()).isTrue();
    }

    @Test
    void nothingIsLeftOfTheSlotBefore() {
        value(SOL_UDP, GRO, 1400);
        stamp(5, 5);
        value(SOL_SOCKET, RXQ_OVFL, 7);
        wrap();
        control.wrap(memory, 0, 0);
        assertThat(control.realNanos()).isZero();
        assertThat(control.segmentLength()).isZero();
        assertThat(control.tellsDrops()).isFalse();
    }

    @Test
    void messagesOfOthersAreSkipped() {
        value(SOL_SOCKET, GRO, 1);
        value(SOL_UDP, TIMESTAMPNS, 2);
        value(99, RXQ_OVFL, 3);
        value(SOL_UDP, GRO, 4);
        wrap();
        assertThat(control.segmentLength()).isEqualTo(4);
        assertThat(control.realNanos()).isZero();
        assertThat(control.tellsDrops()).isFalse();
    }

    @ParameterizedTest
    @ValueSource(longs = {0, 1, 15, -1, Long.MAX_VALUE, Long.MIN_VALUE, 25, 1L << 32})
    void aLengthThatCannotBeEndsTheWalk(long length) {
        value(SOL_UDP, GRO, 4);
        message(SOL_SOCKET, RXQ_OVFL, length);
        end += 24;
        wrap();
        assertThat(control.segmentLength()).isEqualTo(4);
        assertThat(control.tellsDrops()).isFalse();
    }

    @ParameterizedTest
    @ValueSource(longs = {16, 18, 19})
    void aMessageTooShortForItsValueHasNone(long length) {
        message(SOL_SOCKET, RXQ_OVFL, length);
        end += 24;
        wrap();
        assertThat(control.tellsDrops()).isFalse();
    }

    @Test
    void arbitraryBytesAreWalkedToAnEndInsideThem() {
        long seed = System.nanoTime();
        Random random = new Random(seed);
        for (int round = 0; round < 20_000; round++) {
            for (int i = 0; i < 80; i++) {
                memory.set(java.lang.foreign.ValueLayout.JAVA_BYTE, i, (byte) (random.nextInt(3) == 0 ? random.nextInt() : 0));
            }
            memory.set(JAVA_LONG, 0, random.nextInt(81));
            MemorySegment exact = memory.asSlice(0, 80);
            int length = random.nextInt(81);
            assertThat(walks(exact, length)).as("seed %d", seed).isTrue();
        }
    }

    private boolean walks(MemorySegment bytes, int length) {
        control.wrap(bytes, 0, length);
        return true;
    }
}
