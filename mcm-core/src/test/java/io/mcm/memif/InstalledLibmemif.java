package io.mcm.memif;

import static org.junit.jupiter.api.Assumptions.abort;

import io.mcm.memif.libmemif.LibmemifEngine;
import io.mcm.memif.libmemif.MissingLibraryException;

/** libmemif of this machine. No registry ships it, so that its absence is no failure. */
public final class InstalledLibmemif {

    private InstalledLibmemif() {}

    /** The engine; skips the test where there is no library, and fails where {@code MCM_LIBMEMIF} names one that is none. */
    public static LibmemifEngine require() {
        try {
            return LibmemifEngine.load(null);
        } catch (MissingLibraryException e) {
            if (System.getenv(LibmemifEngine.ENVIRONMENT_VARIABLE) != null) {
                throw e;
            }
            return abort("libmemif is not installed: build extras/libmemif of github.com/FDio/vpp, or MCM's, and name the file in "
                + LibmemifEngine.ENVIRONMENT_VARIABLE);
        }
    }
}
