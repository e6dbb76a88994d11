package io.mcm.conformance.container;

import com.github.dockerjava.api.model.Bind;
import com.github.dockerjava.api.model.Capability;
import com.github.dockerjava.api.model.HostConfig;
import io.mcm.conformance.capture.Captures;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.testcontainers.containers.GenericContainer;
import org.testcontainers.containers.Network;
import org.testcontainers.containers.wait.strategy.Wait;
import org.testcontainers.utility.DockerImageName;

/**
 * A proxy, its cameras and its consumers, each in a container with a network address of its own: a user without rights, a file system that
 * cannot be written, and {@code /run/mcm} the only thing that proxy and consumers share.
 */
final class Deployment implements AutoCloseable {

    static final int UDP_PORT = 5004;
    private static final String PROXY = "proxy";
    private static final String CONTROL = PROXY + ":8002";
    /** For the JVM and for the pictures in shared memory, which count for who touches them first. */
    private static final long MEMORY = 256L << 20;
    private static final Duration START = Duration.ofSeconds(40);

    private final Path folder;
    private final Network network = Network.newNetwork();
    private final List<GenericContainer<?>> containers = new ArrayList<>();

    Deployment() throws IOException {
        folder = Files.createTempDirectory("mcm-containers");
        for (Path each : List.of(folder, runDirectory(), folder.resolve("out"))) {
            Files.createDirectories(each);
            Files.setPosixFilePermissions(each, PosixFilePermissions.fromString("rwxrwxrwx"));
        }
    }

    Path runDirectory() {
        return folder.resolve("run");
    }

    /** Where a consumer's {@code --out /out/NAME} lies. */
    Path out(String name) {
        return folder.resolve("out").resolve(name);
    }

    /** Returns when it serves. */
    GenericContainer<?> proxy() {
        GenericContainer<?> proxy = container("proxy", "--listen", "0.0.0.0:8002", "--bind", "0.0.0.0", "--run-dir", "/run/mcm");
        proxy.withNetworkAliases(PROXY).waitingFor(Wait.forLogMessage(".*control 0\\.0\\.0\\.0:8002.*", 1).withStartupTimeout(START));
        proxy.start();
        return proxy;
    }

    /** Returns when no unit of the camera is lost any more for want of a consumer. */
    GenericContainer<?> consumer(String out, String... options) {
        String[] own = {"recv", "--proxy", CONTROL, "--port", String.valueOf(UDP_PORT), "--out", "/out/" + out};
        GenericContainer<?> consumer = container(joined(own, options));
        consumer.waitingFor(Wait.forLogMessage(".*come from here on.*", 1).withStartupTimeout(START));
        consumer.start();
        return consumer;
    }

    /** Sends a capture of {@code pcaps/}. */
    GenericContainer<?> camera(String capture, String... options) {
        String[] own = {"camera", "--to", PROXY + ":" + UDP_PORT, "--pcap", "/pcaps/" + capture};
        GenericContainer<?> camera = container(joined(own, options));
        camera.start();
        return camera;
    }

    private static String[] joined(String[] first, String[] second) {
        return Stream.concat(Stream.of(first), Stream.of(second)).toArray(String[]::new);
    }

    /** Binds by hand: Testcontainers' own way starts an image from a registry. */
    private GenericContainer<?> container(String... command) {
        GenericContainer<?> container = new GenericContainer<>(DockerImageName.parse(ContainerEngine.IMAGE));
        container.withImagePullPolicy(_ -> false).withNetwork(network).withCommand(command)
            .withCreateContainerCmdModifier(create -> restrict(create.withUser("10001:10001").getHostConfig()));
        containers.add(container);
        return container;
    }

    private void restrict(HostConfig host) {
        host.withBinds(Bind.parse(runDirectory() + ":/run/mcm"), Bind.parse(folder.resolve("out") + ":/out"),
                Bind.parse(Captures.FOLDER + ":/pcaps:ro"))
            .withCapDrop(Capability.ALL).withReadonlyRootfs(true).withTmpFs(Map.of("/tmp", "rw,size=16m"))
            .withSecurityOpts(List.of("no-new-privileges")).withMemory(MEMORY);
    }

    /** What all of them said, for a test that fails. */
    String logs() {
        StringBuilder all = new StringBuilder();
        containers.stream().filter(each -> each.getContainerId() != null)
            .forEach(each -> all.append(String.join(" ", each.getCommandParts())).append('\n').append(each.getLogs()).append('\n'));
        return all.toString();
    }

    @Override
    public void close() throws IOException {
        containers.parallelStream().forEach(GenericContainer::stop);
        network.close();
        try (Stream<Path> left = Files.walk(folder)) {
            left.sorted(Comparator.reverseOrder()).forEach(path -> path.toFile().delete());
        }
    }
}
