package io.mcm.conformance.target;

import io.mcm.metric.FileTrouble;
import io.mcm.proxy.MediaProxy;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.stream.Stream;

/** A proxy in this process; the fastest, and what mutants are made of. */
public final class InProcess implements Target {

    private final String name;
    private final Path directory;
    private final Starter starter;
    private MediaProxy proxy;

    /** Starts a proxy whose sockets go into a directory. */
    @FunctionalInterface
    public interface Starter {
        MediaProxy start(Path directory) throws IOException;
    }

    public InProcess(String name, Starter starter) throws IOException {
        this.name = name;
        this.starter = starter;
        directory = Files.createTempDirectory("mcm-target");
        proxy = starter.start(directory);
    }

    @Override
    public String name() {
        return name;
    }

    @Override
    public InetSocketAddress control() {
        return proxy.controlAddress();
    }

    @Override
    public boolean revive() throws IOException {
        proxy.close();
        proxy = starter.start(directory);
        return true;
    }

    @Override
    public void close() {
        proxy.close();
        try (Stream<Path> left = Files.walk(directory)) {
            left.sorted(Comparator.reverseOrder()).forEach(path -> path.toFile().delete());
        } catch (IOException e) {
            System.getLogger(InProcess.class.getName()).log(System.Logger.Level.WARNING, FileTrouble.reason(e));
        }
    }
}
