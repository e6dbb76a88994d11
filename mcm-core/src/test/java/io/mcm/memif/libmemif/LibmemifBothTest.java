package io.mcm.memif.libmemif;

import io.mcm.memif.MemifEngine;
import io.mcm.memif.TwoProcessContract;

/** Libmemif at both ends. */
class LibmemifBothTest extends TwoProcessContract {

    @Override
    protected MemifEngine server() {
        return new BoundEngine();
    }

    @Override
    protected MemifEngine client() {
        return new BoundEngine();
    }
}
