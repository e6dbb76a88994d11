package io.mcm.perf.memif;

import io.mcm.cli.EnvironmentException;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.PrintWriter;
import java.util.List;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;

/** Two processes of one implementation, which play a cell together. */
final class PeerPair implements AutoCloseable {

    private static final int PATIENCE_SECONDS = 20;
    private static final ScheduledExecutorService WATCH =
        Executors.newSingleThreadScheduledExecutor(Thread.ofPlatform().daemon().factory());

    private final String name;
    private final Process server;
    private final Process client;
    private final BufferedReader serverOut;
    private final BufferedReader clientOut;
    private int cells;

    private PeerPair(String name, Process server, Process client) {
        this.name = name;
        this.server = server;
        this.client = client;
        serverOut = server.inputReader();
        clientOut = client.inputReader();
    }

    static PeerPair start(String name, List<String> command) throws IOException {
        return new PeerPair(name, process(command), process(command));
    }

    private static Process process(List<String> command) throws IOException {
        return new ProcessBuilder(command).redirectError(ProcessBuilder.Redirect.INHERIT).start();
    }

    String name() {
        return name;
    }

    /** The server sends and the client receives, as proxy and micro-service do; a round trip starts at the client. */
    Result play(Cell cell, int millis) throws IOException {
        return play(cell, cell.roundTrip() ? "echo" : "send", cell.roundTrip() ? "ping" : "receive", millis);
    }

    /** @param serving and {@code asking} modes of {@link RingPeer} */
    Result play(Cell cell, String serving, String asking, int millis) throws IOException {
        String path = "@mcm-perf-" + server.pid() + "-" + cells++;
        tell(server, cell.line("server", serving, path, millis));
        expect(serverOut, "ready");
        tell(client, cell.line("client", asking, path, millis));
        Result result = Result.parse(expect(clientOut, "result"));
        expect(serverOut, "result");
        if (result.gaps() != 0) {
            throw new IllegalStateException(name + ", " + cell + ": " + result.gaps() + " messages out of sequence");
        }
        return result;
    }

    private static void tell(Process process, String line) {
        PrintWriter in = new PrintWriter(process.outputWriter(), true);
        in.println(line);
    }

    /** A peer that hangs is ended, so that its answer is missing. */
    private String expect(BufferedReader from, String word) throws IOException {
        Future<?> watch = WATCH.schedule(this::close, PATIENCE_SECONDS, TimeUnit.SECONDS);
        String line = from.readLine();
        watch.cancel(false);
        if (line == null || !line.startsWith(word)) {
            throw new EnvironmentException("the " + name + " peer said '" + line + "', expected '" + word + "'");
        }
        return line;
    }

    @Override
    public void close() {
        server.destroyForcibly();
        client.destroyForcibly();
    }
}
