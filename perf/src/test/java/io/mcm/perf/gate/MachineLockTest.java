package io.mcm.perf.gate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.mcm.cli.EnvironmentException;
import java.io.IOException;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class MachineLockTest {

    @TempDir
    private Path folder;

    @Test
    void twoMeasurementsAtATimeAreRefusedInOneSentence() throws IOException {
        Path file = folder.resolve("lock");
        try (MachineLock _ = MachineLock.take(file)) {
            assertThatThrownBy(() -> MachineLock.take(file)).isInstanceOf(EnvironmentException.class)
                .hasMessageStartingWith("another mcm perf measures on this machine just now").hasMessageContaining(file.toString());
        }
        MachineLock.take(file).close();
        assertThat(file).as("its name is of all who look").exists();
    }

    /** What a process of another user would see is the same. */
    @Test
    void anotherProcessHoldsItToo() throws Exception {
        Path file = folder.resolve("lock");
        MachineLock.take(file).close();
        Process holder = new ProcessBuilder(Path.of(System.getProperty("java.home"), "bin", "java").toString(), "-cp",
            System.getProperty("java.class.path"), Holder.class.getName(), file.toString()).start();
        try {
            assertThat(holder.inputReader().readLine()).isEqualTo("held");
            assertThatThrownBy(() -> MachineLock.take(file)).isInstanceOf(EnvironmentException.class);
        } finally {
            holder.destroyForcibly().waitFor();
        }
        MachineLock.take(file).close();
    }

    @Test
    void aFolderThatIsNotThereIsNamed() {
        assertThatThrownBy(() -> MachineLock.take(folder.resolve("none").resolve("lock"))).isInstanceOf(EnvironmentException.class)
            .hasMessageContaining("none");
    }

    /** Another mcm perf. */
    static final class Holder {

        public static void main(String[] args) throws IOException {
            try (MachineLock _ = MachineLock.take(Path.of(args[0]))) {
                System.out.println("held");
                System.in.read();
            }
        }
    }
}
