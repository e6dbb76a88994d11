package io.mcm;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;

/** The committed inputs of a fuzz target that are made of the test tables: it begins its search where the tests end. */
public final class FuzzSeeds {

    private static final String WRITE = "mcm.fuzz.seeds.write";

    private FuzzSeeds() {
    }

    /**
     * Holds the committed files to the tables.
     *
     * @param seeds input by the name of its row
     */
    public static void check(Class<?> test, String target, Map<String, byte[]> seeds) throws IOException {
        Path folder = Path.of("src", "test", "resources").resolve(test.getName().replace('.', '/') + "Inputs").resolve(target);
        for (Map.Entry<String, byte[]> seed : seeds.entrySet()) {
            Path file = folder.resolve("seed_" + seed.getKey().replaceAll("[^A-Za-z0-9]+", "_"));
            if (Boolean.getBoolean(WRITE)) {
                Files.createDirectories(folder);
                Files.write(file, seed.getValue());
            }
            assertThat(file).as("%s; -D%s=true writes it", file, WRITE).hasBinaryContent(seed.getValue());
        }
    }
}
