package io.mcm.endtoend;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.mcm.control.DeliveryUnit;
import io.mcm.sdk.McmBuffer;
import io.mcm.sdk.McmConnection;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Camera, proxy and consumer in one process, over real sockets and a real memif: what arrives. */
@Timeout(300)
class StreamTest {

    /** Slots of the ring. */
    private static final int RING = 1 << Mesh.LOG2_RING;

    @TempDir
    private Path folder;

    @Test
    void unitNaluDeliversEachNalUnitByteForByte() throws IOException {
        int port = Mesh.freePort();
        try (Mesh mesh = Mesh.start(folder, DeliveryUnit.NALU); McmConnection consumer = mesh.consumer(port);
             Camera camera = new Camera(port)) {
            for (int i = 0; i < 20; i++) {
                camera.accessUnit(1, 20, 1460, 1461, 9000, 60_000);
                int sent = camera.sent().size();
                assertThat(Mesh.take(consumer, 6)).isEqualTo(camera.sent().subList(sent - 6, sent));
            }
            assertThat(mesh.count(port, "units")).isEqualTo(mesh.count(port, "nal_units")).isEqualTo(120);
        }
    }

    @Test
    void unitAccessUnitDeliversAllNalUnitsOfAnAccessUnitTogether() throws IOException {
        int port = Mesh.freePort();
        try (Mesh mesh = Mesh.start(folder, DeliveryUnit.ACCESS_UNIT); McmConnection consumer = mesh.consumer(port);
             Camera camera = new Camera(port)) {
            camera.accessUnit(10, 5, 4000);
            camera.accessUnit(2000);
            List<String> sent = camera.sent();
            assertThat(Mesh.take(consumer, 2)).containsExactly(sent.get(0) + sent.get(1) + sent.get(2), sent.get(3));
        }
    }

    @Test
    void unitFragmentDeliversEachPayload() throws IOException {
        int port = Mesh.freePort();
        try (Mesh mesh = Mesh.start(folder, DeliveryUnit.FRAGMENT); McmConnection consumer = mesh.consumer(port);
             Camera camera = new Camera(port)) {
            camera.accessUnit(10, 2000);
            List<String> units = Mesh.take(consumer, 3);
            assertThat(units.get(0)).isEqualTo(camera.sent().get(0));
            String large = camera.sent().get(1);
            assertThat(units.get(1)).startsWith(Camera.START_CODE + "7c85");
            assertThat(units.get(2)).startsWith(Camera.START_CODE + "7c45");
            assertThat(Camera.START_CODE + "65" + units.get(1).substring(12) + units.get(2).substring(12)).isEqualTo(large);
            assertThat(mesh.count(port, "nal_units")).as("counted all the same").isEqualTo(2);
        }
    }

    @Test
    void sequenceAndTimestampAreThoseOfTheUnitsFirstPacket() throws IOException {
        int port = Mesh.freePort();
        try (Mesh mesh = Mesh.start(folder, DeliveryUnit.NALU); McmConnection consumer = mesh.consumer(port);
             Camera camera = new Camera(port)) {
            camera.accessUnit(4000);
            camera.accessUnit(4000);
            camera.accessUnit(4000);
            for (int i = 0; i < 3; i++) {
                McmBuffer unit = consumer.dequeue(Mesh.PATIENCE_MILLIS);
                assertThat(unit.sequence()).isEqualTo(Camera.FIRST_SEQUENCE + 3 * i & 0xffff);
                assertThat(unit.timestamp()).isEqualTo(i * Camera.TICKS);
                assertThat(unit.length()).isEqualTo(4004);
                consumer.enqueue(unit);
            }
        }
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void dequeueWithTimeoutZeroDoesNotWait(boolean polling) throws IOException {
        int port = Mesh.freePort();
        try (Mesh mesh = Mesh.start(folder, DeliveryUnit.NALU);
             McmConnection consumer = McmConnection.create(mesh.request(port).withPolling(polling));
             Camera camera = new Camera(port)) {
            assertThat(consumer.dequeue(0)).isNull();
            for (int i = 0; i < 40; i++) {
                camera.accessUnit(100 + i);
                McmBuffer unit = consumer.dequeue(0);
                while (unit == null) {
                    unit = consumer.dequeue(0);
                }
                assertThat(Mesh.hex(unit)).isEqualTo(camera.sent().get(i));
                consumer.enqueue(unit);
            }
        }
    }

    @Test
    void dequeueWaitsItsTimeAndNotMuchLonger() throws IOException {
        int port = Mesh.freePort();
        try (Mesh mesh = Mesh.start(folder, DeliveryUnit.NALU); McmConnection consumer = mesh.consumer(port)) {
            long start = System.nanoTime();
            assertThat(consumer.dequeue(50)).isNull();
            assertThat((System.nanoTime() - start) / 1_000_000).isBetween(50L, 20_000L);
        }
    }

    @Test
    void heldBuffersStayWhatTheyAreAndMayBeGivenBackInAnyOrder() throws IOException {
        int port = Mesh.freePort();
        Random random = new Random(7);
        try (Mesh mesh = Mesh.start(folder, DeliveryUnit.NALU); McmConnection consumer = mesh.consumer(port);
             Camera camera = new Camera(port)) {
            List<McmBuffer> held = new ArrayList<>();
            List<String> expected = new ArrayList<>();
            for (int i = 0; i < 500; i++) {
                camera.accessUnit(1 + random.nextInt(300));
                McmBuffer unit = consumer.dequeue(Mesh.PATIENCE_MILLIS);
                held.add(unit);
                expected.add(camera.sent().get(i));
                if (held.size() == RING / 2) {
                    while (!held.isEmpty()) {
                        int which = random.nextInt(held.size());
                        assertThat(Mesh.hex(held.get(which))).isEqualTo(expected.remove(which));
                        consumer.enqueue(held.remove(which));
                    }
                }
            }
            assertThat(mesh.count(port, "ring_full")).isZero();
        }
    }

    @Test
    void enqueueTwiceAndOfAForeignBufferAreRefused() throws IOException {
        int port = Mesh.freePort();
        int other = Mesh.freePort();
        try (Mesh mesh = Mesh.start(folder, DeliveryUnit.NALU); McmConnection consumer = mesh.consumer(port);
             McmConnection stranger = mesh.consumer(other); Camera camera = new Camera(port)) {
            camera.accessUnit(10);
            McmBuffer unit = consumer.dequeue(Mesh.PATIENCE_MILLIS);
            assertThatThrownBy(() -> stranger.enqueue(unit)).isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("session " + consumer.sessionId()).hasMessageContaining("session " + stranger.sessionId());
            consumer.enqueue(unit);
            assertThatThrownBy(() -> consumer.enqueue(unit)).isInstanceOf(IllegalStateException.class).hasMessageContaining("twice");
        }
    }

    @Test
    void aConsumerThatHoldsAllBuffersLosesWholeUnitsThatAreCountedAndThenRecovers() throws IOException {
        int port = Mesh.freePort();
        try (Mesh mesh = Mesh.start(folder, DeliveryUnit.NALU); McmConnection consumer = mesh.consumer(port);
             Camera camera = new Camera(port)) {
            for (int i = 0; i < RING + 10; i++) {
                camera.accessUnit(50);
            }
            mesh.awaitPackets(port, RING + 10);
            List<McmBuffer> held = new ArrayList<>();
            for (int i = 0; i < RING; i++) {
                held.add(consumer.dequeue(Mesh.PATIENCE_MILLIS));
            }
            assertThat(consumer.dequeue(0)).isNull();
            Mesh.await(() -> mesh.count(port, "ring_full") == 10);
            assertThat(held).extracting(Mesh::hex).isEqualTo(camera.sent().subList(0, RING));
            held.forEach(consumer::enqueue);
            camera.accessUnit(3000);
            assertThat(Mesh.take(consumer, 1)).containsExactly(camera.sent().getLast());
        }
    }

    @Test
    void aSlowConsumerDoesNotDisturbTheSessionNextToIt() throws IOException {
        int slowPort = Mesh.freePort();
        int port = Mesh.freePort();
        try (Mesh mesh = Mesh.start(folder, DeliveryUnit.NALU);
             McmConnection slow = mesh.consumer(slowPort); McmConnection consumer = mesh.consumer(port);
             Camera slowCamera = new Camera(slowPort); Camera camera = new Camera(port)) {
            for (int i = 0; i < 200; i++) {
                slowCamera.accessUnit(3000);
                camera.accessUnit(3000);
                assertThat(Mesh.take(consumer, 1)).containsExactly(camera.sent().get(i));
            }
            Mesh.await(() -> mesh.count(slowPort, "ring_full") == 200 - RING);
            assertThat(Mesh.take(slow, 1)).containsExactly(slowCamera.sent().getFirst());
        }
    }

    @Test
    void aNalUnitWithALostPacketIsNeverDelivered() throws IOException {
        int port = Mesh.freePort();
        try (Mesh mesh = Mesh.start(folder, DeliveryUnit.NALU); McmConnection consumer = mesh.consumer(port);
             Camera camera = new Camera(port)) {
            camera.accessUnit(5000);
            camera.drop(1);
            camera.accessUnit(5000);
            camera.accessUnit(5000);
            assertThat(Mesh.take(consumer, 2)).containsExactly(camera.sent().get(0), camera.sent().get(2));
            assertThat(mesh.count(port, "lost")).isEqualTo(1);
            assertThat(mesh.count(port, "units")).isEqualTo(mesh.count(port, "nal_units")).isEqualTo(2);
        }
    }

    @Test
    void aUnitLongerThanTheBufferIsDroppedWholeAndTheStreamGoesOn() throws IOException {
        int port = Mesh.freePort();
        try (Mesh mesh = Mesh.start(folder, DeliveryUnit.NALU); McmConnection consumer = mesh.consumer(port);
             Camera camera = new Camera(port)) {
            camera.accessUnit(Mesh.BUFFER - 14 - 4);
            camera.accessUnit(Mesh.BUFFER - 14 - 4 + 1);
            camera.accessUnit(10);
            assertThat(Mesh.take(consumer, 2)).containsExactly(camera.sent().get(0), camera.sent().get(2));
            assertThat(mesh.count(port, "oversized")).isEqualTo(1);
        }
    }

    @Test
    void badDatagramsAreCountedAndNeitherStreamLosesAnything() throws IOException {
        int port = Mesh.freePort();
        int next = Mesh.freePort();
        Random random = new Random(3);
        try (Mesh mesh = Mesh.start(folder, DeliveryUnit.NALU);
             McmConnection consumer = mesh.consumer(port); McmConnection beside = mesh.consumer(next);
             Camera camera = new Camera(port); Camera besideCamera = new Camera(next); Camera stranger = new Camera(port)) {
            for (int i = 0; i < 100; i++) {
                stranger.raw((byte) 0x80, (byte) 96, (byte) 1);
                stranger.raw(new byte[0]);
                byte[] versionOne = new byte[40];
                versionOne[0] = 0x40;
                stranger.raw(versionOne);
                byte[] soup = new byte[random.nextInt(1500)];
                random.nextBytes(soup);
                camera.accessUnit(3000);
                stranger.raw(soup);
                besideCamera.accessUnit(3000);
                assertThat(Mesh.take(consumer, 1)).containsExactly(camera.sent().get(i));
                assertThat(Mesh.take(beside, 1)).containsExactly(besideCamera.sent().get(i));
            }
            assertThat(mesh.count(port, "too_short")).isGreaterThanOrEqualTo(200);
            assertThat(mesh.count(port, "wrong_version")).isGreaterThanOrEqualTo(100);
            assertThat(mesh.count(next, "too_short")).isZero();
            assertThat(mesh.count(next, "lost") + mesh.count(port, "lost")).isZero();
        }
    }
}
