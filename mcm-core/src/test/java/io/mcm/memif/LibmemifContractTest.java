package io.mcm.memif;

import io.mcm.memif.builtin.BuiltinEngine;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Nested;

/** With libmemif at one end or at both, where it is installed. */
class LibmemifContractTest {

    private static final MemifEngine BUILTIN = new BuiltinEngine();

    private static MemifEngine libmemif;

    @BeforeAll
    static void load() {
        libmemif = InstalledLibmemif.require();
    }

    @Nested
    class LibmemifServer extends MemifContract {

        @Override
        MemifEngine servers() {
            return libmemif;
        }

        @Override
        MemifEngine clients() {
            return BUILTIN;
        }
    }

    @Nested
    class LibmemifClient extends MemifContract {

        @Override
        MemifEngine servers() {
            return BUILTIN;
        }

        @Override
        MemifEngine clients() {
            return libmemif;
        }
    }

    @Nested
    class LibmemifBoth extends MemifContract {

        @Override
        MemifEngine servers() {
            return libmemif;
        }

        @Override
        MemifEngine clients() {
            return libmemif;
        }
    }
}
