package io.mcm.conformance.target;

import io.mcm.conformance.suite.TargetFacts;
import java.io.IOException;
import java.net.InetSocketAddress;

/** What is tried: a proxy, or a consumer's SDK. */
public interface Target extends AutoCloseable {

    /** For people and reports. */
    String name();

    /** Where it takes control connections; null for a consumer, which takes none. */
    InetSocketAddress control();

    /** Finds out what it does before it is tried. */
    default TargetFacts probe() {
        return Probe.of(this);
    }

    /** Whether it is there, before and after each case. */
    default boolean answers() {
        return Probe.answers(control());
    }

    /** Brings one that died back. @return false where that is not in our hands */
    boolean revive() throws IOException;

    @Override
    void close();
}
