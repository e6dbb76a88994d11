package io.mcm.memif.builtin;

import static org.assertj.core.api.Assertions.assertThat;

import io.mcm.foreign.ProcessResources;
import io.mcm.memif.MemifConfig;
import io.mcm.memif.RxQueue;
import java.io.IOException;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Two processes; one is killed (SIGKILL) in the midst of traffic. */
@Timeout(60)
class KilledClientTest {

    private static final MemifConfig CONFIG = MemifConfig.of(0, "server", 3, 64);

    @TempDir
    Path dir;

    private static Process start(String socket) throws IOException {
        return new ProcessBuilder(Path.of(System.getProperty("java.home"), "bin", "java").toString(),
            "--enable-native-access=ALL-UNNAMED", "-XX:TieredStopAtLevel=1", "-Xmx64m", "-cp", System.getProperty("java.class.path"),
            StreamingClient.class.getName(), socket).inheritIO().start();
    }

    @Test
    void theServerIsToldAndGoesOnWithTheNextClient() throws Exception {
        ProcessResources before = ProcessResources.now();
        try (Pair pair = Pair.listening(dir, CONFIG)) {
            for (int round = 1; round <= 2; round++) {
                Process client = start(pair.path);
                try {
                    exchange(pair, 10_000);
                    assertThat(client.isAlive()).isTrue();
                } finally {
                    client.destroyForcibly();
                }
                while (pair.serverSide != null && traffic(pair) >= 0) {
                    pair.reactor.poll(1_000_000);
                }
                assertThat(client.waitFor(10, TimeUnit.SECONDS)).isTrue();
                assertThat(pair.reasons).hasSize(round).allMatch(reason -> reason.equals("the peer closed its control socket"));
                assertThat(pair.connections).isEqualTo(round);
            }
            pair.clientSide = pair.connect(CONFIG);
        }
        assertThat(ProcessResources.now()).isEqualTo(before);
    }

    /** Checks so many packets of the client, and keeps it busy with ours. */
    private static void exchange(Pair pair, int packets) {
        for (int received = 0; received < packets;) {
            pair.reactor.poll(pair.serverSide == null ? 10_000_000 : 0);
            if (pair.serverSide != null && pair.serverSide.rx(0).next()) {
                RxQueue rx = pair.serverSide.rx(0);
                assertThat(Payload.current(rx)).isEqualTo(Payload.bytes(received, received % 65));
                rx.release(rx.ticket());
                received++;
                Payload.send(pair.serverSide.tx(0), received, 64);
                assertThat(pair.serverSide.flush()).isTrue();
            }
        }
    }

    private static int traffic(Pair pair) {
        int taken = 0;
        while (taken < 100 && pair.serverSide.rx(0).next()) {
            pair.serverSide.rx(0).release(pair.serverSide.rx(0).ticket());
            Payload.send(pair.serverSide.tx(0), taken++, 64);
        }
        pair.serverSide.flush();
        return taken;
    }
}
