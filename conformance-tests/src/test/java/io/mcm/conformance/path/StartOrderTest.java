package io.mcm.conformance.path;

import static org.assertj.core.api.Assertions.assertThat;

import io.mcm.conformance.capture.ByteStream;
import io.mcm.conformance.process.ChildProcess;
import io.mcm.conformance.process.ChildProcesses;
import io.mcm.conformance.process.ProxyProcess;
import io.mcm.conformance.target.FreePort;
import java.io.IOException;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Nobody must know in which order the three roles are started. */
@Timeout(300)
@Execution(ExecutionMode.CONCURRENT)
class StartOrderTest {

    private static final int UNITS = 60;
    /** Long enough for the one before to be up and to notice that the others are not there. */
    private static final long BETWEEN_MILLIS = 800;

    @RegisterExtension
    private final ChildProcesses mcm = new ChildProcesses();
    private final int controlPort = FreePort.next();
    private final int udpPort = FreePort.next();
    private ChildProcess recv;

    @ParameterizedTest
    @ValueSource(strings = {
        "proxy, recv, camera", "proxy, camera, recv", "recv, proxy, camera", "recv, camera, proxy", "camera, proxy, recv", "camera, recv, proxy"})
    void inEveryOrderOfStartTheConsumerGetsWholeNalUnits(String order) throws Exception {
        for (String role : order.split(", ")) {
            start(role);
            TimeUnit.MILLISECONDS.sleep(BETWEEN_MILLIS);
        }
        recv.endsWell();
        assertThat(ByteStream.read(mcm.file("received.h264")).nalUnits()).hasSize(UNITS).isSubsetOf(LiveStream.nalUnits(mcm));
    }

    private void start(String role) throws IOException {
        switch (role) {
            case "proxy" -> ProxyProcess.launch(mcm, controlPort);
            case "camera" -> LiveStream.camera(mcm, udpPort);
            default -> recv = mcm.start("recv", "--proxy", "127.0.0.1:" + controlPort, "--port", udpPort, "--out",
                mcm.file("received.h264"), "--count", UNITS);
        }
    }
}
