package io.mcm.conformance.path;

import static org.assertj.core.api.Assertions.assertThat;

import io.mcm.conformance.Peer;
import io.mcm.conformance.process.ChildProcess;
import io.mcm.conformance.process.ChildProcesses;
import io.mcm.conformance.process.ProxyProcess;
import io.mcm.conformance.target.FreePort;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A live camera that is not ours: one encoder of ffmpeg writes a file and sends RTP at the same time. */
@Timeout(300)
@Execution(ExecutionMode.CONCURRENT)
class FfmpegTest {

    private static final int FRAMES = 75;

    @RegisterExtension
    private final ChildProcesses mcm = new ChildProcesses();

    @ParameterizedTest
    @ValueSource(strings = {"nalu", "access-unit", "fragment"})
    void whatArrivesDecodesToTheFramesThatWereEncoded(String unit) throws Exception {
        Path ffmpeg = Peer.FFMPEG.require();
        ProxyProcess proxy = ProxyProcess.start(mcm, Rings.deepWith("--unit", unit));
        int port = FreePort.next();
        ChildProcess recv = proxy.recv(port, "--out", mcm.file("received.h264"), "--idle", 2);
        mcm.run(ffmpeg, "-nostdin", "-v", "error", "-re", "-f", "lavfi", "-i", "testsrc2=s=640x360:r=25", "-frames:v", FRAMES,
            "-c:v", "libx264", "-pix_fmt", "yuv420p", "-tune", "zerolatency", "-b:v", "1M", "-maxrate", "1M", "-bufsize", "250k", "-g", 25,
            "-map", "0:v", "-f", "tee", "[f=h264]sent.h264|[f=rtp]rtp://127.0.0.1:" + port).endsWell();
        recv.endsWell();
        List<String> sent = framesOf(ffmpeg, "sent.h264");
        assertThat(sent).hasSize(FRAMES);
        assertThat(framesOf(ffmpeg, "received.h264")).as(proxy.process()::toString).isEqualTo(sent);
    }

    /** A line with an MD5 for each decoded frame. */
    private List<String> framesOf(Path ffmpeg, String file) throws Exception {
        ChildProcess decoder = mcm.run(ffmpeg, "-nostdin", "-v", "error", "-i", file, "-f", "framemd5", "-");
        decoder.endsWell();
        assertThat(decoder.err()).as("the decoder has nothing to complain about").isEmpty();
        return decoder.out().lines().filter(line -> !line.startsWith("#")).toList();
    }
}
