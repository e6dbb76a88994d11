package io.mcm.cli;

import io.mcm.memif.MemifEngine;
import io.mcm.memif.builtin.BuiltinEngine;
import io.mcm.memif.libmemif.LibmemifEngine;
import io.mcm.memif.libmemif.MissingLibraryException;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Which memif engine is meant. */
final class MemifOptions {

    private static final String BUILTIN = "builtin";
    private static final String LIBMEMIF = "libmemif";

    @Spec(Spec.Target.MIXEE)
    private CommandSpec spec;

    @Option(names = "--memif", paramLabel = "ENGINE", defaultValue = BUILTIN,
        description = "memif engine: builtin or libmemif (default: ${DEFAULT-VALUE}).")
    private String engine;

    @Option(names = "--memif-library", paramLabel = "PATH",
        description = "The library of --memif libmemif (default: MCM_LIBMEMIF, else the loader's libmemif.so).")
    private String library;

    /** @throws EnvironmentException where libmemif is meant and cannot be loaded */
    MemifEngine engine() {
        Arguments.require(spec, engine.equals(BUILTIN) || engine.equals(LIBMEMIF),
            "--memif " + engine + ", allowed are builtin and libmemif");
        Arguments.require(spec, library == null || engine.equals(LIBMEMIF),
            "--memif-library " + library + " is for --memif libmemif only");
        return engine.equals(BUILTIN) ? new BuiltinEngine() : load();
    }

    private MemifEngine load() {
        try {
            return LibmemifEngine.load(library);
        } catch (MissingLibraryException e) {
            throw new EnvironmentException(e.getMessage(), e);
        }
    }
}
