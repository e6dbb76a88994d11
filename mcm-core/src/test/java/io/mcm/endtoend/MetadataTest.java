package io.mcm.endtoend;

import static org.assertj.core.api.Assertions.assertThat;

import io.mcm.control.DeliveryUnit;
import io.mcm.proxy.delivery.LossPolicy;
import io.mcm.rtp.ReceiverConfig;
import io.mcm.rtp.RtcpDatagram;
import io.mcm.sdk.McmBuffer;
import io.mcm.sdk.McmConnection;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** What the proxy tells its consumer of each unit, over real sockets and a real memif. */
@Timeout(300)
class MetadataTest {

    private static final int RING = 1 << Mesh.LOG2_RING;
    /** Bytes of a NAL unit that goes in three packets. */
    private static final int FRAGMENTED = 4000;

    @TempDir
    private Path folder;

    private static McmBuffer next(McmConnection consumer) throws IOException {
        McmBuffer unit = consumer.dequeue(Mesh.PATIENCE_MILLIS);
        assertThat(unit).as("a unit").isNotNull();
        assertThat(unit.hasMetadata()).isTrue();
        return unit;
    }

    @Test
    void aNalUnitIsToldWithItsPlaceInStreamAndAccessUnit() throws IOException {
        int port = Mesh.freePort();
        try (Mesh mesh = Mesh.start(folder, DeliveryUnit.NALU); McmConnection consumer = mesh.consumer(port);
             Camera camera = new Camera(port)) {
            long before = System.nanoTime();
            camera.accessUnit(100, FRAGMENTED, 100);
            camera.accessUnit(100);
            List<McmBuffer> units = new ArrayList<>();
            for (int i = 0; i < 4; i++) {
                units.add(next(consumer));
                assertThat(units.get(i).unit()).isEqualTo(DeliveryUnit.NALU);
                assertThat(units.get(i).nalType()).isEqualTo(5);
                assertThat(units.get(i).isIdr()).isTrue();
                assertThat(units.get(i).isAfterGap()).isFalse();
                assertThat(units.get(i).packetsLost()).isZero();
                assertThat(units.get(i).arrivalNanos()).isBetween(before, System.nanoTime());
                assertThat(units.get(i).ntpTime()).as("no sender report").isZero();
            }
            assertThat(units).extracting(McmBuffer::isNewStream).containsExactly(true, false, false, false);
            assertThat(units).extracting(McmBuffer::startsAccessUnit).containsExactly(true, false, false, true);
            assertThat(units).extracting(McmBuffer::endsAccessUnit).containsExactly(false, false, true, true);
            assertThat(units).extracting(McmBuffer::extendedTimestamp).containsExactly(0L, 0L, 0L, (long) Camera.TICKS);
            assertThat(units).extracting(unit -> unit.extendedSequence() - units.getFirst().extendedSequence())
                .as("across the wrap of 16 bits").containsExactly(0L, 1L, 4L, 5L);
            assertThat(units).allMatch(unit -> (unit.extendedSequence() & 0xffff) == unit.sequence());
        }
    }

    @Test
    void anAccessUnitIsBothFirstAndLastAndSaysWhatItLacks() throws IOException {
        int port = Mesh.freePort();
        try (Mesh mesh = Mesh.start(folder, DeliveryUnit.ACCESS_UNIT); McmConnection consumer = mesh.consumer(port);
             Camera camera = new Camera(port)) {
            camera.accessUnit(100, 200);
            camera.dropAfter(1, 1);
            camera.accessUnit(100, 200);
            camera.accessUnit(100);
            camera.accessUnit(100);
            McmBuffer whole = next(consumer);
            assertThat(whole.startsAccessUnit()).isTrue();
            assertThat(whole.endsAccessUnit()).isTrue();
            assertThat(whole.isIncomplete()).isFalse();
            McmBuffer lacking = next(consumer);
            assertThat(lacking.length()).isEqualTo(104);
            assertThat(lacking.isAfterGap()).isFalse();
            assertThat(lacking.isIncomplete()).isTrue();
            McmBuffer behind = next(consumer);
            assertThat(behind.packetsLost()).isEqualTo(1);
            assertThat(behind.isAfterGap()).isTrue();
            assertThat(behind.isIncomplete()).isFalse();
            assertThat(next(consumer).isAfterGap()).isFalse();
        }
    }

    @Test
    void lostPacketsAreToldOnceWithTheUnitBehindThem() throws IOException {
        int port = Mesh.freePort();
        try (Mesh mesh = Mesh.start(folder, DeliveryUnit.NALU); McmConnection consumer = mesh.consumer(port);
             Camera camera = new Camera(port)) {
            camera.accessUnit(100);
            camera.drop(2);
            camera.accessUnit(FRAGMENTED);
            camera.accessUnit(100);
            camera.drop(1);
            camera.accessUnit(100);
            camera.accessUnit(100);
            camera.accessUnit(100);
            List<McmBuffer> units = List.of(next(consumer), next(consumer), next(consumer), next(consumer));
            assertThat(units).extracting(McmBuffer::packetsLost).containsExactly(0L, 2L, 1L, 0L);
            assertThat(units).extracting(McmBuffer::isAfterGap).containsExactly(false, true, true, false);
            assertThat(mesh.count(port, "lost")).isEqualTo(3);
        }
    }

    @Test
    void whatAFullRingDropsIsAGapWithoutLostPackets() throws IOException {
        int port = Mesh.freePort();
        try (Mesh mesh = Mesh.start(folder, DeliveryUnit.NALU); McmConnection consumer = mesh.consumer(port);
             Camera camera = new Camera(port)) {
            for (int i = 0; i < RING + 3; i++) {
                camera.accessUnit(50);
            }
            Mesh.await(() -> mesh.count(port, "ring_full") == 3);
            for (int i = 0; i < RING; i++) {
                McmBuffer unit = next(consumer);
                assertThat(unit.isAfterGap()).isFalse();
                consumer.enqueue(unit);
            }
            camera.accessUnit(50);
            McmBuffer unit = next(consumer);
            assertThat(unit.isAfterGap()).isTrue();
            assertThat(unit.packetsLost()).isZero();
            assertThat(Mesh.hex(unit)).isEqualTo(camera.sent().getLast());
        }
    }

    @Test
    void whatThePolicyLeavesOutIsAGap() throws IOException {
        int port = Mesh.freePort();
        try (Mesh mesh = Mesh.start(Mesh.config(folder, DeliveryUnit.NALU).withLoss(LossPolicy.DROP_AU));
             McmConnection consumer = mesh.consumer(port); Camera camera = new Camera(port)) {
            camera.accessUnit(100);
            camera.accessUnit(100, FRAGMENTED, 200);
            camera.dropAfter(2, 1);
            camera.accessUnit(100, FRAGMENTED, 300);
            camera.accessUnit(100);
            List<McmBuffer> units = new ArrayList<>();
            for (int i = 0; i < 6; i++) {
                units.add(next(consumer));
            }
            assertThat(units).extracting(McmBuffer::length).containsExactly(104, 104, FRAGMENTED + 4, 204, 104, 104);
            assertThat(units).extracting(McmBuffer::isAfterGap).containsExactly(false, false, false, false, false, true);
            assertThat(units.getLast().packetsLost()).isEqualTo(1);
            assertThat(mesh.count(port, "damaged_units")).as("the one behind the loss").isEqualTo(1);
        }
    }

    @Test
    void aFragmentIsToldAsThePayloadThatItIs() throws IOException {
        int port = Mesh.freePort();
        try (Mesh mesh = Mesh.start(folder, DeliveryUnit.FRAGMENT); McmConnection consumer = mesh.consumer(port);
             Camera camera = new Camera(port)) {
            camera.accessUnit(100, FRAGMENTED);
            camera.drop(1);
            camera.accessUnit(100, 200);
            camera.accessUnit(100);
            List<McmBuffer> units = new ArrayList<>();
            for (int i = 0; i < 6; i++) {
                units.add(next(consumer));
            }
            assertThat(units).extracting(McmBuffer::nalType).containsExactly(5, 28, 28, 28, 5, 5);
            assertThat(units).extracting(McmBuffer::startsAccessUnit).containsExactly(true, false, false, false, true, true);
            assertThat(units).extracting(McmBuffer::endsAccessUnit).containsExactly(false, false, false, true, true, true);
            assertThat(units).extracting(McmBuffer::packetsLost).containsExactly(0L, 0L, 0L, 0L, 1L, 0L);
        }
    }

    /** A unit that fills a C consumer's buffer does not fit ours beside its metadata: it comes as a chain, in one piece for the application. */
    @Test
    void aUnitThatOnlyFitsWithoutMetadataIsDeliveredAllTheSame() throws IOException {
        int port = Mesh.freePort();
        try (Mesh mesh = Mesh.start(folder, DeliveryUnit.NALU); McmConnection consumer = mesh.consumer(port);
             Camera camera = new Camera(port)) {
            int longest = Mesh.BUFFER - 14 - 4;
            camera.accessUnit(longest);
            McmBuffer unit = next(consumer);
            assertThat(unit.length()).isEqualTo(longest + 4);
            assertThat(Mesh.hex(unit)).isEqualTo(camera.sent().getFirst());
            assertThat(unit.isIdr()).isTrue();
        }
    }

    @Test
    void afterASenderReportTheCamerasWallClockIsTold() throws IOException {
        int port = Mesh.freePort();
        try (Mesh mesh = Mesh.start(folder, DeliveryUnit.NALU); McmConnection consumer = mesh.consumer(port);
             Camera camera = new Camera(port)) {
            camera.accessUnit(100);
            assertThat(next(consumer).ntpTime()).isZero();
            long ntp = 0xebb8_0000_0000_0000L;
            camera.raw(RtcpDatagram.report(Camera.SSRC, ntp, 0).bytes());
            camera.accessUnit(100);
            assertThat(next(consumer).ntpTime()).as("3000 ticks of 90 kHz later").isEqualTo(ntp + (1L << 32) / 30);
        }
    }

    @Test
    void aCameraThatStartsAgainIsANewStream() throws IOException {
        int port = Mesh.freePort();
        try (Mesh mesh = Mesh.start(Mesh.config(folder, DeliveryUnit.NALU)
                .withReceiver(ReceiverConfig.defaults().withSourceTimeout(0)));
             McmConnection consumer = mesh.consumer(port); Camera camera = new Camera(port); Camera other = new Camera(port, 0x77)) {
            camera.accessUnit(100);
            assertThat(next(consumer).isNewStream()).isTrue();
            camera.accessUnit(100);
            assertThat(next(consumer).isNewStream()).isFalse();
            other.accessUnit(FRAGMENTED);
            assertThat(next(consumer).isNewStream()).isTrue();
        }
    }
}
