package io.mcm.conformance;

import java.nio.file.Files;
import java.nio.file.Path;

/** Where this project lies. */
public final class Checkout {

    /** The folder of the parent pom and the launcher. */
    public static final Path ROOT = findRoot();

    private Checkout() {}

    private static Path findRoot() {
        Path at = Path.of("").toAbsolutePath();
        while (!Files.isDirectory(at.resolve(".mvn"))) {
            at = at.getParent();
        }
        return at;
    }
}
