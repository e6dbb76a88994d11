package io.mcm.conformance.suite;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.stream.Stream;

/**
 * Ports that sockets of this machine have, by proc_net(5). Who finds it out by binding one disturbs what he looks at: a process that
 * another thread starts at that moment has a copy of the socket, and the port is taken until it has closed that.
 */
public final class BoundPorts {

    private static final Path TABLES = Path.of("/proc/net");
    private static final int LOCAL_ADDRESS = 1;

    private BoundPorts() {}

    public static boolean hasUdp(int port) {
        return isIn("udp", port) || isIn("udp6", port);
    }

    public static boolean hasTcp(int port) {
        return isIn("tcp", port) || isIn("tcp6", port);
    }

    /** {@code   sl  local_address rem_address ...}, and in each line {@code 12: 0100007F:1F90 00000000:0000 ...}. */
    private static boolean isIn(String table, int port) {
        String end = ":%04X".formatted(port);
        try (Stream<String> lines = Files.lines(TABLES.resolve(table))) {
            return lines.skip(1).anyMatch(line -> line.strip().split(" +")[LOCAL_ADDRESS].endsWith(end));
        } catch (NoSuchFileException _) {
            return false; // a kernel without IPv6
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
