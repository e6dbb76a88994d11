package io.mcm.endtoend;

import static org.assertj.core.api.Assertions.assertThat;

import io.mcm.control.BufferHeader;
import io.mcm.control.ConnectionParam;
import io.mcm.control.ControlClient;
import io.mcm.control.DeliveryUnit;
import io.mcm.control.MemifParam;
import io.mcm.foreign.Reactor;
import io.mcm.memif.MemifConfig;
import io.mcm.memif.MemifInterface;
import io.mcm.memif.builtin.BuiltinEngine;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** The proxy takes a consumer back. */
@Timeout(300)
class ReturningConsumerTest {

    private static final Duration PATIENCE = Duration.ofSeconds(60);
    private static final int ROUNDS = 100;

    @TempDir
    private Path folder;

    /** The kernel closes its control connection, and the next process may ask before the proxy has seen it. */
    @Test
    void aConsumerThatWasKilledGetsItsPortAgainAtOnce() throws Exception {
        int port = Mesh.freePort();
        try (Mesh mesh = Mesh.start(folder, DeliveryUnit.NALU)) {
            for (int round = 0; round < ROUNDS; round++) {
                try (ControlClient control = ControlClient.connect(mesh.proxy.controlAddress(), PATIENCE)) {
                    assertThat(control.create(ConnectionParam.receiveH264(port))).as("round %d", round).isNotZero();
                }
            }
        }
    }

    @Test
    void aClientThatLostOnlyItsMemifIsServedAgainOnItsSession() throws Exception {
        int port = Mesh.freePort();
        try (Mesh mesh = Mesh.start(folder, DeliveryUnit.NALU); Camera camera = new Camera(port);
             ControlClient control = ControlClient.connect(mesh.proxy.controlAddress(), PATIENCE); Reactor reactor = new Reactor()) {
            int session = control.create(ConnectionParam.receiveH264(port));
            for (int round = 0; round < 5; round++) {
                try (MemifInterface memif = connect(reactor, control.query(session))) {
                    camera.accessUnit(1000);
                    Mesh.await(() -> memif.rx(0).next());
                    assertThat(BufferHeader.payloadLength(memif.rx(0).segment(), memif.rx(0).offset())).isPositive();
                }
            }
            assertThat(mesh.count(port, "consumers")).isEqualTo(5);
        }
    }

    private static MemifInterface connect(Reactor reactor, MemifParam param) {
        MemifConfig config = MemifConfig.of(param.interfaceId(), "consumer", param.log2RingSize(), param.bufferSize());
        return new BuiltinEngine().connect(reactor, param.socketPath(), config, PATIENCE.toNanos(), System::nanoTime);
    }
}
