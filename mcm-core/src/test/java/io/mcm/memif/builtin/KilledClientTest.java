package io.mcm.memif.builtin;

import static org.assertj.core.api.Assertions.assertThat;

import io.mcm.foreign.ProcessResources;
import io.mcm.memif.MemifConfig;
import io.mcm.memif.MemifCounter;
import io.mcm.memif.Payload;
import io.mcm.memif.RxQueue;
import java.io.BufferedReader;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Two processes; one is killed (SIGKILL) in the midst of traffic. */
@Timeout(300)
class KilledClientTest {

    private static final MemifConfig CONFIG = MemifConfig.of(0, "server", 3, 64);

    @TempDir
    Path dir;

    private static ProcessBuilder java(Class<?> main, String... args) {
        List<String> command = new ArrayList<>(List.of(Path.of(System.getProperty("java.home"), "bin", "java").toString(),
            "--enable-native-access=ALL-UNNAMED", "-XX:TieredStopAtLevel=1", "-Xmx64m", "-cp", System.getProperty("java.class.path"),
            main.getName()));
        command.addAll(List.of(args));
        return new ProcessBuilder(command).redirectError(ProcessBuilder.Redirect.INHERIT);
    }

    private static Process start(String socket) throws IOException {
        return java(StreamingClient.class, socket).inheritIO().start();
    }

    /** See {@link SteppingClient} for the steps. */
    @ParameterizedTest
    @ValueSource(ints = {0, 1, 2, 3, 4, 5, 6, 7, 8})
    void killedAtAnyStepOfTheHandshakeItLeavesNothingAndTheNextClientGetsIn(int step) throws Exception {
        ProcessResources before = ProcessResources.now();
        try (Pair pair = Pair.listening(dir, CONFIG)) {
            ProcessResources idle = ProcessResources.now();
            Process client = java(SteppingClient.class, pair.path, String.valueOf(step)).start();
            try (BufferedReader told = client.inputReader()) {
                while (!told.ready()) {
                    assertThat(client.isAlive()).isTrue();
                    pair.reactor.poll(1_000_000);
                }
                assertThat(told.readLine()).isEqualTo("there");
                client.destroyForcibly().waitFor();
            }
            pair.settle();
            MemifCounter end = step < SteppingClient.MESSAGES - 1 ? MemifCounter.REFUSED : MemifCounter.LEFT;
            assertThat(pair.server.counters().get(end)).isEqualTo(1);
            assertThat(ProcessResources.settled(idle)).isEqualTo(idle);
            pair.clientSide = pair.connect(CONFIG);
            Payload.send(pair.tx(Role.SERVER), 1, 64);
            assertThat(pair.serverSide.flush()).isTrue();
            Payload.receive(pair.rx(Role.SERVER), 1, 64);
        }
        assertThat(ProcessResources.settled(before)).isEqualTo(before);
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
        assertThat(ProcessResources.settled(before)).isEqualTo(before);
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
