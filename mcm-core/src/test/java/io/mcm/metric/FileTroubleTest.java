package io.mcm.metric;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FileTroubleTest {

    @TempDir
    private Path folder;

    @FunctionalInterface
    private interface Attempt {
        void run() throws IOException;
    }

    @Test
    void saysInWordsWhatTheFileSystemRefuses() throws IOException {
        Path file = Files.createFile(folder.resolve("file"));
        assertThat(reason(() -> Files.newOutputStream(folder.resolve("no/x")).close())).isEqualTo("no such file or directory");
        assertThat(reason(() -> Files.createDirectories(file))).isEqualTo("there is a file of that name");
        assertThat(reason(() -> Files.newOutputStream(folder).close())).isEqualTo("Is a directory");
        assertThat(reason(() -> Files.newOutputStream(file.resolve("x")).close())).isEqualTo("Not a directory");
    }

    private static String reason(Attempt attempt) {
        try {
            attempt.run();
            throw new AssertionError("was not refused");
        } catch (IOException e) {
            return FileTrouble.reason(e);
        }
    }
}
