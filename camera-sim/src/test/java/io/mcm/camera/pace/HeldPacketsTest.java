package io.mcm.camera.pace;

import static org.assertj.core.api.Assertions.assertThat;

import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.util.ArrayDeque;
import java.util.Deque;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;

class HeldPacketsTest {

    private static final int LONGEST = 3_000;

    private final HeldPackets held = new HeldPackets();

    private static MemorySegment packet(int number) {
        byte[] bytes = new byte[number * 37 % LONGEST];
        java.util.Arrays.fill(bytes, (byte) number);
        return MemorySegment.ofArray(bytes);
    }

    private static byte[] bytes(HeldPackets held, int i) {
        return held.segment().asSlice(held.offset(i), held.length(i)).toArray(ValueLayout.JAVA_BYTE);
    }

    @Property(tries = 50)
    void whatWasAddedComesOutInOrderHoweverMuchIsTakenAtATime(@ForAll @IntRange(min = 1, max = 9) int adds, @ForAll @IntRange(min = 1, max = 12) int takes) {
        HeldPackets packets = new HeldPackets();
        Deque<Integer> expected = new ArrayDeque<>();
        int number = 0;
        for (int round = 0; round < 40; round++) {
            for (int i = 0; i < adds; i++, number++) {
                MemorySegment packet = packet(number);
                packets.add(number % 4, packet, 0, (int) packet.byteSize(), number * 10L);
                expected.add(number);
            }
            int gone = Math.min(takes, packets.count());
            for (int i = 0; i < gone; i++) {
                int next = expected.remove();
                assertThat(bytes(packets, i)).isEqualTo(packet(next).toArray(ValueLayout.JAVA_BYTE));
                assertThat(packets.channel(i)).isEqualTo(next % 4);
                assertThat(packets.due(i)).isEqualTo(next * 10L);
            }
            packets.removeFirst(gone);
            assertThat(packets.count()).isEqualTo(expected.size());
        }
    }

    @Test
    void neighboursLieSideBySideSoThatTheyCanLeaveAsATrain() {
        for (int i = 0; i < 100; i++) {
            held.add(0, MemorySegment.ofArray(new byte[1_400]), 0, 1_400, 0);
            assertThat(held.offset(i)).isEqualTo(i * 1_400L);
        }
        assertThat(held.bytes()).isEqualTo(140_000);
    }
}
