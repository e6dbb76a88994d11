package io.mcm.conformance.target;

import java.io.IOException;
import java.net.InetSocketAddress;

/** A proxy that is tried. */
public interface Target extends AutoCloseable {

    /** For people and reports. */
    String name();

    /** Where it takes control connections. */
    InetSocketAddress control();

    /** Brings one that died back. @return false where that is not in our hands */
    boolean revive() throws IOException;

    @Override
    void close();
}
