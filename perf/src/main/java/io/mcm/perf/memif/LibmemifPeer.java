package io.mcm.perf.memif;

import io.mcm.cli.EnvironmentException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** Compiles our C peer against the libmemif that the user has installed: no package ships one, so nothing is bundled. */
public final class LibmemifPeer {

    private static final String SOURCE = "libmemif_peer.c";

    private LibmemifPeer() {}

    /**
     * @param library the shared object
     * @param headers the directory with its {@code libmemif.h}; of the same build, as two builds with different structs share a name
     * @param directory where the program goes
     * @return its command
     */
    public static List<String> compile(Path library, Path headers, Path directory) throws IOException, InterruptedException {
        Path source = directory.resolve(SOURCE);
        try (InputStream resource = LibmemifPeer.class.getResourceAsStream(SOURCE)) {
            Files.copy(resource, source);
        }
        Path program = directory.resolve("libmemif_peer");
        // Last in, first out: the folder is empty when its turn comes.
        List.of(directory, source, program).forEach(path -> path.toFile().deleteOnExit());
        Process compiler = new ProcessBuilder("cc", "-O2", "-o", program.toString(), source.toString(), "-I" + headers,
            library.toAbsolutePath().toString(), "-Wl,-rpath," + library.toAbsolutePath().getParent())
            .redirectErrorStream(true).start();
        String said = new String(compiler.getInputStream().readAllBytes());
        if (compiler.waitFor() != 0) {
            throw new EnvironmentException("the C peer does not compile against " + library + " and " + headers + ": " + said.strip());
        }
        return List.of(program.toString());
    }
}
