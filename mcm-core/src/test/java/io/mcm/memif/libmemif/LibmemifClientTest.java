package io.mcm.memif.libmemif;

import io.mcm.memif.MemifEngine;
import io.mcm.memif.TwoProcessContract;
import io.mcm.memif.builtin.BuiltinEngine;

/** Libmemif connects to ours. */
class LibmemifClientTest extends TwoProcessContract {

    @Override
    protected MemifEngine server() {
        return new BuiltinEngine();
    }

    @Override
    protected MemifEngine client() {
        return new BoundEngine();
    }
}
