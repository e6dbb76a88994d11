package io.mcm.memif.libmemif;

import io.mcm.memif.MemifEngine;
import io.mcm.memif.TwoProcessContract;
import io.mcm.memif.builtin.BuiltinEngine;

/** Ours connects to libmemif. */
class LibmemifServerTest extends TwoProcessContract {

    @Override
    protected MemifEngine server() {
        return new BoundEngine();
    }

    @Override
    protected MemifEngine client() {
        return new BuiltinEngine();
    }
}
