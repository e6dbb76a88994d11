package io.mcm.perf.path;

import java.io.IOException;

/** Something that receives a camera's packets on a UDP port of the loopback address. */
interface PacketPath extends AutoCloseable {

    String name();

    int port();

    PathFigures figures() throws IOException;

    @Override
    void close() throws IOException;
}
