package io.mcm.memif.libmemif;

import io.mcm.foreign.Reactor;
import io.mcm.memif.InstalledLibmemif;
import io.mcm.memif.MemifConfig;
import io.mcm.memif.MemifEngine;
import io.mcm.memif.MemifInterface;
import io.mcm.memif.MemifServer;
import java.util.function.LongSupplier;

/** The libmemif of this machine, for a process that makes its engine by name. */
public final class BoundEngine implements MemifEngine {

    private final MemifEngine bound = InstalledLibmemif.require();

    @Override
    public MemifServer listen(Reactor reactor, String path, String application) {
        return bound.listen(reactor, path, application);
    }

    @Override
    public MemifInterface connect(Reactor reactor, String path, MemifConfig config, long timeoutNanos, LongSupplier nanoClock) {
        return bound.connect(reactor, path, config, timeoutNanos, nanoClock);
    }

    @Override
    public int maxBufferLength() {
        return bound.maxBufferLength();
    }
}
