package io.mcm.memif;

import io.mcm.memif.builtin.BuiltinEngine;

class BuiltinContractTest extends MemifContract {

    private static final MemifEngine ENGINE = new BuiltinEngine();

    @Override
    MemifEngine servers() {
        return ENGINE;
    }

    @Override
    MemifEngine clients() {
        return ENGINE;
    }
}
