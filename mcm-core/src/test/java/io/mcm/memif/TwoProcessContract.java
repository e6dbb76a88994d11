package io.mcm.memif;

import static org.assertj.core.api.Assertions.assertThat;

import io.mcm.foreign.ProcessResources;
import io.mcm.foreign.Reactor;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What two engines in two processes must do: packets of every size, through rings of every size, both ways at once, none lost or changed. */
@Timeout(300)
public abstract class TwoProcessContract {

    private static final long PATIENCE_NANOS = 60_000_000_000L;

    @TempDir
    Path dir;

    /** In this process. */
    protected abstract MemifEngine server();

    /** In the other; it has a constructor without arguments. */
    protected abstract MemifEngine client();

    @ParameterizedTest
    @CsvSource({"file, false, false", "file, true, true", "abstract, true, false", "abstract, false, true"})
    void everyPacketArrivesOnceInOrderAndWhole(String kind, boolean serverPolls, boolean clientPolls) throws Exception {
        ProcessResources before = ProcessResources.now();
        String socket = kind.equals("file") ? dir.resolve("memif.sock").toString() : "@mcm-exchange-" + ProcessHandle.current().pid();
        List<ExchangeCase> cases = ExchangeCase.upTo(Math.min(server().maxBufferLength(), client().maxBufferLength()));
        try (Reactor reactor = new Reactor(); MemifServer server = server().listen(reactor, socket)) {
            Arrivals arrivals = new Arrivals(reactor);
            cases.forEach(one -> server.offer(one.config(serverPolls), arrivals));
            Process peer = start(socket, clientPolls);
            try {
                for (ExchangeCase traffic : cases) {
                    Exchange.run(traffic, arrivals.await(peer), reactor, serverPolls);
                }
                assertThat(peer.waitFor(120, TimeUnit.SECONDS)).isTrue();
                assertThat(peer.exitValue()).as(this::said).isZero();
            } catch (AssertionError e) {
                throw new AssertionError(e.getMessage() + "\n" + said(), e);
            } finally {
                peer.destroyForcibly();
            }
        }
        assertThat(ProcessResources.settled(before)).isEqualTo(before);
    }

    private Process start(String socket, boolean polling) throws IOException {
        return new ProcessBuilder(Path.of(System.getProperty("java.home"), "bin", "java").toString(),
            "--enable-native-access=ALL-UNNAMED", "-XX:+UseSerialGC", "-Xmx128m", "-cp", System.getProperty("java.class.path"),
            ExchangingClient.class.getName(), client().getClass().getName(), socket, String.valueOf(polling))
            .redirectErrorStream(true).redirectOutput(dir.resolve("client.txt").toFile()).start();
    }

    private String said() {
        try {
            return Files.readString(dir.resolve("client.txt"));
        } catch (IOException e) {
            return e.toString();
        }
    }

    /** Clients as they come. */
    private static final class Arrivals implements ConnectionListener {

        private final Queue<MemifInterface> waiting = new ArrayDeque<>();
        private final Reactor reactor;

        Arrivals(Reactor reactor) {
            this.reactor = reactor;
        }

        MemifInterface await(Process peer) {
            for (long start = System.nanoTime(); waiting.isEmpty(); reactor.poll(10_000_000)) {
                assertThat(peer.isAlive() && System.nanoTime() - start < PATIENCE_NANOS).as("a client comes").isTrue();
            }
            return waiting.remove();
        }

        @Override
        public void connected(MemifInterface memif) {
            waiting.add(memif);
        }

        @Override
        public void disconnected(MemifInterface memif, String reason) {
            waiting.remove(memif);
        }
    }
}
