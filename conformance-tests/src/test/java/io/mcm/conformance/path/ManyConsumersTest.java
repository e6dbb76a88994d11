package io.mcm.conformance.path;

import static org.assertj.core.api.Assertions.assertThat;

import io.mcm.conformance.capture.ByteStream;
import io.mcm.conformance.capture.Capture;
import io.mcm.conformance.capture.Captures;
import io.mcm.conformance.process.Await;
import io.mcm.conformance.process.ChildProcess;
import io.mcm.conformance.process.ChildProcesses;
import io.mcm.conformance.process.ProxyProcess;
import io.mcm.conformance.target.FreePort;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;

/** Several consumers of one camera, each a process of its own. */
@Timeout(300)
@Execution(ExecutionMode.CONCURRENT)
class ManyConsumersTest {

    private static final int SPS = 7;
    private static final int IDR_SLICE = 5;
    private static final int UNITS = 60;

    @RegisterExtension
    private final ChildProcesses mcm = new ChildProcesses();
    private final int udpPort = FreePort.next();

    private static int type(ByteBuffer unit) {
        return unit.get(unit.position()) & 0x1f;
    }

    /** Beside two that read all: one that is stopped and never reads, and one that dies. */
    @Test
    void aDeadAndASleepingConsumerCostTheOthersNothing() throws Exception {
        Capture capture = Captures.named("gst_x264_hdrext1byte-ntp64_640x480.pcap");
        ProxyProcess proxy = ProxyProcess.start(mcm, Rings.DEEP);
        Path first = mcm.file("first.h264");
        Path second = mcm.file("second.h264");
        Path victims = mcm.file("victim.h264");
        ChildProcess one = proxy.recv(udpPort, "--out", first, "--idle", 2);
        ChildProcess two = joined(proxy, "--out", second, "--idle", 2);
        ChildProcess victim = joined(proxy, "--out", victims);
        ChildProcess asleep = joined(proxy);
        asleep.stop();
        ChildProcess camera = mcm.start("camera", "--to", "127.0.0.1:" + udpPort, "--pcap", capture.file());
        Await.until("units of the victim", () -> Files.exists(victims) && victims.toFile().length() > 0, victim::toString);
        victim.kill();
        camera.endsWell();
        one.endsWell();
        two.endsWell();
        assertThat(ByteStream.read(first).md5()).isEqualTo(capture.md5());
        assertThat(ByteStream.read(second).md5()).isEqualTo(capture.md5());
    }

    @Test
    void whoComesLateStartsAtAnIdrWithParameterSetsWhileTheOtherGoesOn() throws Exception {
        ProxyProcess proxy =
            ProxyProcess.start(mcm, Rings.deepWith("--loss", "drop-until-idr", "--parameter-sets", "when-missing", "--workers", 2));
        ChildProcess camera = LiveStream.camera(mcm, udpPort);
        Path early = mcm.file("early.h264");
        ChildProcess recv = proxy.recv(udpPort, "--out", early);
        Await.until("first units", () -> Files.exists(early) && early.toFile().length() > 0, recv::toString);
        Path late = mcm.file("late.h264");
        joined(proxy, "--out", late, "--count", UNITS).endsWell();
        ByteStream stream = ByteStream.read(late);
        assertThat(stream.nalUnits()).hasSize(UNITS).isSubsetOf(LiveStream.nalUnits(mcm));
        assertThat(stream.nalUnits().stream().map(ManyConsumersTest::type).filter(type -> type == SPS || type <= IDR_SLICE))
            .startsWith(SPS, IDR_SLICE);
        assertThat(recv.isRunning()).as(recv::toString).isTrue();
        assertThat(camera.isRunning()).as(camera::toString).isTrue();
    }

    /** One more consumer of the same port, connected. */
    private ChildProcess joined(ProxyProcess proxy, Object... more) throws Exception {
        ChildProcess recv = proxy.begin(mcm, udpPort, more);
        recv.says("is open");
        return recv;
    }
}
