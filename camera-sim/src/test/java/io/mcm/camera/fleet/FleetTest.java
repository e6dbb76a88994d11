package io.mcm.camera.fleet;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.mcm.camera.RecordingSink;
import io.mcm.camera.TimedPacketSink;
import io.mcm.camera.pace.FakeTime;
import io.mcm.camera.source.CameraSource;
import io.mcm.camera.source.RecordedPackets;
import io.mcm.camera.source.Spool;
import java.io.IOException;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@Timeout(300)
class FleetTest {

    private static final long MS = 1_000_000;
    private static final long SEED = 3;

    private final FakeTime time = new FakeTime();
    private final long start = time.now;
    /** Camera and milliseconds of each packet sent. */
    private final List<String> sent = new ArrayList<>();
    private final List<Integer> bursts = new ArrayList<>();

    /** Packets at these milliseconds; fails at its end where it is broken. */
    private record Times(List<Long> millis, int[] next, boolean broken) implements CameraSource {

        static Times of(boolean broken, Long... millis) {
            return new Times(List.of(millis), new int[1], broken);
        }

        @Override
        public boolean step(TimedPacketSink sink) throws IOException {
            if (next[0] == millis.size()) {
                if (broken) {
                    throw new IOException("broken");
                }
                return false;
            }
            byte[] packet = new byte[20 + next[0]];
            packet[0] = (byte) next[0];
            sink.packet(0, MemorySegment.ofArray(packet), 0, packet.length, millis.get(next[0]++) * MS);
            return true;
        }

        @Override
        public void close() {
            // Holds nothing.
        }
    }

    private FleetCamera camera(String name, CameraSource source, double speed, long phaseMillis) {
        return new FleetCamera(name, source, UnaryOperator.identity(),
            (_, _, _, _) -> sent.add(name + (time.now - start) / MS), speed, phaseMillis * MS);
    }

    private Fleet run(FleetCamera... cameras) {
        Fleet fleet = new Fleet(List.of(cameras), time, time);
        fleet.run();
        return fleet;
    }

    @Test
    void eachCameraSendsAtItsOwnMomentsShiftedByItsPhase() {
        run(camera("a", Times.of(false, 0L, 40L, 80L), 1, 0), camera("b", Times.of(false, 0L, 40L, 80L), 1, 13), camera("c", Times.of(false, 0L, 30L), 0.5, 5));
        assertThat(sent).containsExactly("a0", "c5", "b13", "a40", "b53", "c65", "a80", "b93");
    }

    @Test
    void packetsOfOnePictureLeaveTogether() {
        FleetCamera camera = new FleetCamera("a", Times.of(false, 0L, 0L, 0L, 40L, 40L), UnaryOperator.identity(), new io.mcm.camera.pace.PacketOut() {
            private int count;

            @Override
            public void send(int channel, MemorySegment segment, long offset, int length) {
                count++;
            }

            @Override
            public void flush() {
                bursts.add(count);
                count = 0;
            }
        }, 1, 0);
        run(camera);
        assertThat(bursts).containsExactly(3, 2);
        assertThat(camera.packets()).isEqualTo(5);
        assertThat(camera.bytes()).isEqualTo(20 + 21 + 22 + 23 + 24);
    }

    @Test
    void aSourceThatFailsEndsItsCameraAloneAfterWhatItHad() {
        FleetCamera broken = camera("x", Times.of(true, 0L, 10L), 1, 0);
        run(broken, camera("a", Times.of(false, 0L, 20L), 1, 0));
        assertThat(sent).containsExactlyInAnyOrder("x0", "x10", "a0", "a20");
        assertThat(broken.hasFailed()).isTrue();
    }

    @Test
    void whatIsLateIsCountedAtItsCamera() {
        FleetCamera slow = new FleetCamera("slow", Times.of(false, 0L, 10L), UnaryOperator.identity(), (_, _, _, _) -> time.now += 15 * MS, 1, 0);
        Fleet fleet = run(slow);
        assertThat(slow.latePackets()).isEqualTo(1);
        assertThat(slow.latestNanos()).isBetween(5 * MS, 5 * MS + MS / 10);
        assertThat(fleet.lateness().nanos().getTotalCount()).isEqualTo(2);
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 7, 100})
    void whateverTheNumberOfCamerasPacketsLeaveInOrderOfTimeAndNoneIsMissing(int count) {
        SplittableRandom random = new SplittableRandom(SEED);
        List<FleetCamera> cameras = new ArrayList<>();
        int packets = 0;
        for (int i = 0; i < count; i++) {
            Long[] millis = random.longs(random.nextInt(20), 0, 1_000).sorted().boxed().toArray(Long[]::new);
            packets += millis.length;
            cameras.add(camera("c", Times.of(false, millis), 1, random.nextInt(40)));
        }
        run(cameras.toArray(FleetCamera[]::new));
        assertThat(sent).hasSize(packets);
        assertThat(sent.stream().map(text -> Long.parseLong(text.substring(1)))).isSorted();
    }

    @Test
    void stoppingEndsAllOfThem() {
        Fleet fleet = new Fleet(List.of(camera("a", Times.of(false, 0L, 10_000L), 1, 0)), time, time);
        time.onPark(fleet::stop);
        fleet.run();
        assertThat(sent).containsExactly("a0");
    }

    @Test
    void aSpoolGivesBackWhatWasPutInAsOftenAsItIsOpened() throws IOException {
        RecordingSink original = new RecordingSink();
        Long[] millis = new SplittableRandom(SEED).longs(5_000, 0, 100_000).sorted().boxed().toArray(Long[]::new);
        Times.of(false, millis).play(original);
        try (Spool spool = Spool.of(Times.of(false, millis))) {
            for (int pass = 0; pass < 2; pass++) {
                RecordedPackets packets = spool.open();
                for (int i = 0; i < millis.length; i++) {
                    assertThat(packets.next()).isTrue();
                    assertThat(packets.nanos()).isEqualTo(original.due.get(i));
                    assertThat(packets.channel()).isEqualTo(original.channels.get(i));
                    assertThat(packets.segment().asSlice(packets.offset(), packets.length()).toArray(ValueLayout.JAVA_BYTE))
                        .isEqualTo(original.packets.get(i));
                }
                assertThat(packets.next()).isFalse();
            }
        }
    }

    @Test
    void aSourceThatCannotBeReadMakesNoSpool() {
        assertThatThrownBy(() -> Spool.of(Times.of(true, 1L))).hasMessage("broken");
    }
}
