package io.mcm.memif.libmemif;

import io.mcm.foreign.Reactor;
import io.mcm.memif.MemifConfig;
import io.mcm.memif.MemifEngine;
import io.mcm.memif.MemifInterface;
import io.mcm.memif.MemifServer;
import java.util.function.LongSupplier;

/** memif as an installed libmemif speaks it. */
public final class LibmemifEngine implements MemifEngine {

    /** Names the library, where no option does. */
    public static final String ENVIRONMENT_VARIABLE = "MCM_LIBMEMIF";

    /** What the loader looks for, where nobody names it. */
    public static final String DEFAULT_NAME = "libmemif.so";

    private final Libmemif library;

    private LibmemifEngine(Libmemif library) {
        this.library = library;
    }

    /**
     * Loads libmemif.
     *
     * @param name a path or a name that the loader finds; null for {@code MCM_LIBMEMIF}, else {@code libmemif.so}
     * @throws MissingLibraryException where it is not there, or is something else
     */
    public static LibmemifEngine load(String name) {
        String chosen = name != null ? name : System.getenv().getOrDefault(ENVIRONMENT_VARIABLE, DEFAULT_NAME);
        try {
            return new LibmemifEngine(Libmemif.load(chosen));
        } catch (UnsatisfiedLinkError e) {
            throw new MissingLibraryException(chosen, e);
        }
    }

    @Override
    public MemifServer listen(Reactor reactor, String path, String application) {
        return LibmemifServer.listen(library, reactor, path, application);
    }

    @Override
    public MemifInterface connect(Reactor reactor, String path, MemifConfig config, long timeoutNanos, LongSupplier nanoClock) {
        return LibmemifClient.connect(library, reactor, path, config, timeoutNanos, nanoClock);
    }

    @Override
    public int maxBufferLength() {
        return library.abi().maxBufferLength;
    }

    /** The library, and which of the two ABIs of that name it has. */
    @Override
    public String toString() {
        return "libmemif (" + library + ", " + library.abi() + ")";
    }
}
