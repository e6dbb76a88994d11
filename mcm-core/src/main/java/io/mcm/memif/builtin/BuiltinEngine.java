package io.mcm.memif.builtin;

import io.mcm.foreign.Reactor;
import io.mcm.memif.MemifConfig;
import io.mcm.memif.MemifEngine;
import io.mcm.memif.MemifInterface;
import io.mcm.memif.MemifServer;
import java.util.function.LongSupplier;

/** memif in Java over {@link io.mcm.foreign}: needs nothing installed, and believes nothing that a peer says. */
public final class BuiltinEngine implements MemifEngine {

    @Override
    public MemifServer listen(Reactor reactor, String path, String application) {
        return BuiltinServer.listen(reactor, path, application);
    }

    @Override
    public MemifInterface connect(Reactor reactor, String path, MemifConfig config, long timeoutNanos, LongSupplier nanoClock) {
        return BuiltinClient.connect(reactor, path, config, timeoutNanos, nanoClock);
    }

    @Override
    public int maxBufferLength() {
        return Integer.MAX_VALUE;
    }

    @Override
    public String toString() {
        return "builtin";
    }
}
