package io.mcm.conformance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.opentest4j.AssertionFailedError;
import org.opentest4j.TestAbortedException;

class PeerTest {

    @TempDir
    private Path folder;

    @Test
    void aMissingPeerSkipsTheTestWithTheCommandThatInstallsIt() {
        assertThatThrownBy(() -> Peer.FFMPEG.require(folder.toString(), false))
            .isInstanceOf(TestAbortedException.class).hasMessage("ffmpeg is missing: apt-get install ffmpeg");
    }

    @Test
    void aMissingPeerThatIsRequiredFailsTheTest() {
        assertThatThrownBy(() -> Peer.DPDK_TESTPMD.require(folder.toString(), true))
            .isInstanceOf(AssertionFailedError.class).hasMessage("dpdk-testpmd is missing: apt-get install dpdk-dev");
    }

    @Test
    void aPeerIsFoundOnThePath() throws IOException {
        Path program = Files.createFile(folder.resolve("ffmpeg"));
        assertThat(program.toFile().setExecutable(true)).isTrue();
        assertThat(Peer.FFMPEG.require("/nowhere:" + folder, true)).isEqualTo(program);
    }
}
