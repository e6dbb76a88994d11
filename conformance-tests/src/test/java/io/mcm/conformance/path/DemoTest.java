package io.mcm.conformance.path;

import static org.assertj.core.api.Assertions.assertThat;

import io.mcm.conformance.capture.ByteStream;
import io.mcm.conformance.capture.Capture;
import io.mcm.conformance.capture.Captures;
import io.mcm.conformance.process.Await;
import io.mcm.conformance.process.ChildProcess;
import io.mcm.conformance.process.ChildProcesses;
import java.io.IOException;
import java.nio.file.Files;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;

/** {@code mcm demo}, the first thing that a person types. */
@Timeout(300)
@Execution(ExecutionMode.CONCURRENT)
class DemoTest {

    private static final Capture CAPTURE = Captures.named("veth_ff_main_1280x720_2M.pcap");

    @RegisterExtension
    private final ChildProcesses mcm = new ChildProcesses();

    @BeforeEach
    void whereItKeepsItsFiles() throws IOException {
        Files.createDirectory(mcm.file("target"));
    }

    @Test
    void saysGoodWhereEveryNalUnitArrivedAndKeepsThem() throws Exception {
        ChildProcess demo = mcm.start("demo", "--seconds", 1, "--pcap", CAPTURE.file());
        demo.endsWell();
        assertThat(demo.out()).contains("GOOD: all 105 NAL units arrived intact", "received.h264");
        assertThat(ByteStream.read(mcm.file("target/demo/received.h264")).md5()).isEqualTo(CAPTURE.md5());
    }

    @Test
    void repeatsTheCaptureForAsLongAsWasAsked() throws Exception {
        ChildProcess demo = mcm.start("demo", "--seconds", 3, "--pcap", CAPTURE.file());
        demo.endsWell();
        assertThat(demo.out()).contains("GOOD: all 210 NAL units arrived intact");
    }

    @Test
    void endsWhenOneOfItsProcessesIsKilledAndLeavesNoneBehind() throws Exception {
        ChildProcess demo = mcm.start("demo", "--seconds", 60, "--pcap", CAPTURE.file());
        Await.until("three processes", () -> demo.children().size() == 3, demo::toString);
        List<ProcessHandle> children = demo.children();
        children.getFirst().destroyForcibly();
        assertThat(demo.exitCode()).as(demo::toString).isEqualTo(3);
        assertThat(demo.err().lines()).singleElement().asString().doesNotContain("Exception");
        assertThat(children).noneMatch(ProcessHandle::isAlive);
    }

    @Test
    void endsItsProcessesWhenItIsEnded() throws Exception {
        ChildProcess demo = mcm.start("demo", "--seconds", 60, "--pcap", CAPTURE.file());
        Await.until("three processes", () -> demo.children().size() == 3, demo::toString);
        List<ProcessHandle> children = demo.children();
        demo.terminate();
        demo.exitCode();
        assertThat(children).noneMatch(ProcessHandle::isAlive);
    }
}
