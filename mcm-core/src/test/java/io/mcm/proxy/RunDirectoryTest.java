package io.mcm.proxy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RunDirectoryTest {

    @TempDir
    private Path folder;

    @Test
    void isMadeForItsOwnerAlone() throws IOException {
        Path made = RunDirectory.prepare(folder.resolve("a/b"));
        assertThat(made).isAbsolute().isDirectory();
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(made))).isEqualTo("rwx------");
    }

    @Test
    void isTakenAsItIsWhereItExists() throws IOException {
        Files.writeString(folder.resolve("kept"), "kept");
        assertThat(RunDirectory.prepare(folder)).isEqualTo(folder.toAbsolutePath());
        assertThat(folder.resolve("kept")).hasContent("kept");
    }

    @Test
    void aFileInItsPlaceIsRefusedByName() throws IOException {
        Path file = Files.writeString(folder.resolve("file"), "");
        assertThatThrownBy(() -> RunDirectory.prepare(file)).isInstanceOf(IOException.class).hasMessageContaining(file.toString());
        assertThatThrownBy(() -> RunDirectory.prepare(file.resolve("below"))).isInstanceOf(IOException.class)
            .hasMessageContaining(file.toString());
    }

    @Test
    void theDefaultCanBeWritten() throws IOException {
        assertThat(RunDirectory.prepare(null)).isAbsolute().isWritable();
    }
}
