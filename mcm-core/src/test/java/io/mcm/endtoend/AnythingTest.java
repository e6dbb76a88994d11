package io.mcm.endtoend;

import static org.assertj.core.api.Assertions.assertThat;

import io.mcm.control.DeliveryUnit;
import io.mcm.sdk.McmBuffer;
import io.mcm.sdk.McmConnection;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.Tuple;

/** Whatever arrives and whatever the consumer does: nothing throws, every unit is answered for, nothing false is delivered. */
class AnythingTest {

    private enum Action { UNIT, LARGE_UNIT, UNIT_WITH_LOSS, SOUP, SHORT, DEQUEUE, ENQUEUE_FIRST, ENQUEUE_LAST, NEW_CONSUMER }

    @Provide
    Arbitrary<List<Action>> actions() {
        return Arbitraries.frequency(
            Tuple.of(6, Action.UNIT), Tuple.of(2, Action.LARGE_UNIT), Tuple.of(2, Action.UNIT_WITH_LOSS), Tuple.of(2, Action.SOUP),
            Tuple.of(1, Action.SHORT), Tuple.of(6, Action.DEQUEUE), Tuple.of(3, Action.ENQUEUE_FIRST), Tuple.of(2, Action.ENQUEUE_LAST),
            Tuple.of(1, Action.NEW_CONSUMER)).list().ofMinSize(1).ofMaxSize(120);
    }

    @Property(tries = 40)
    void everyNalUnitIsDeliveredWholeOrCountedAsDropped(@ForAll("actions") List<Action> actions) throws IOException {
        Path folder = Files.createTempDirectory("anything");
        int port = Mesh.freePort();
        try (Mesh mesh = Mesh.start(folder, DeliveryUnit.NALU); Camera camera = new Camera(port)) {
            McmConnection consumer = mesh.consumer(port);
            List<McmBuffer> held = new ArrayList<>();
            long before = 0;
            for (Action action : actions) {
                switch (action) {
                    case UNIT -> camera.accessUnit(10, 100);
                    case LARGE_UNIT -> camera.accessUnit(70_000);
                    case UNIT_WITH_LOSS -> {
                        camera.drop(1);
                        camera.accessUnit(4000);
                    }
                    case SOUP -> camera.raw(new byte[] {(byte) 0xbf, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13});
                    case SHORT -> camera.raw((byte) 0x80, (byte) 96, (byte) 1);
                    case DEQUEUE -> take(consumer, held, camera);
                    case ENQUEUE_FIRST -> giveBack(consumer, held, 0);
                    case ENQUEUE_LAST -> giveBack(consumer, held, held.size() - 1);
                    case NEW_CONSUMER -> {
                        checkCounters(mesh, port, camera.datagrams() - before);
                        before = camera.datagrams();
                        consumer.close();
                        held.clear();
                        consumer = reconnect(mesh, port);
                    }
                }
            }
            checkCounters(mesh, port, camera.datagrams() - before);
            consumer.close();
        }
        Files.delete(folder);
    }

    /** The port is free once the proxy has seen the one before leave. */
    private static McmConnection reconnect(Mesh mesh, int port) throws IOException {
        Mesh.await(() -> mesh.proxy.reports().isEmpty());
        return mesh.consumer(port);
    }

    private static void take(McmConnection consumer, List<McmBuffer> held, Camera camera) throws IOException {
        McmBuffer unit = consumer.dequeue(0);
        if (unit != null) {
            assertThat(camera.sent()).contains(Mesh.hex(unit));
            held.add(unit);
        }
    }

    private static void giveBack(McmConnection consumer, List<McmBuffer> held, int which) {
        if (!held.isEmpty()) {
            consumer.enqueue(held.remove(which));
        }
    }

    private static void checkCounters(Mesh mesh, int port, long datagrams) {
        Mesh.await(() -> sum(mesh.report(port).counters(), "packets", "too_short", "overrun") == datagrams);
        // The reorder window may still wait for a packet that was never sent; what it lets go is counted the same way.
        Mesh.await(() -> {
            Map<String, Long> now = mesh.report(port).counters();
            return sum(now, "units", "no_consumer", "ring_full", "oversized") == now.get("nal_units");
        });
    }

    private static long sum(Map<String, Long> counters, String... labels) {
        return Stream.of(labels).mapToLong(counters::get).sum();
    }
}
