package io.mcm.memif.builtin;

import io.mcm.memif.MemifEngine;
import io.mcm.memif.TwoProcessContract;

class TwoProcessTest extends TwoProcessContract {

    @Override
    protected MemifEngine server() {
        return new BuiltinEngine();
    }

    @Override
    protected MemifEngine client() {
        return new BuiltinEngine();
    }
}
