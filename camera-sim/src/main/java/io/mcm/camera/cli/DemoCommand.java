package io.mcm.camera.cli;

import io.mcm.camera.demo.Demo;
import io.mcm.camera.demo.GroundTruth;
import io.mcm.camera.demo.Verdict;
import io.mcm.capture.CaptureException;
import io.mcm.cli.Arguments;
import io.mcm.cli.Ending;
import io.mcm.cli.EnvironmentException;
import io.mcm.cli.ExitCode;
import io.mcm.cli.McmCommand;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code mcm demo}: the whole path on this machine, on real input, with a verdict. */
@Command(
    name = "demo",
    description = "Camera, proxy and consumer on this machine in three processes; good only if every NAL unit arrives intact.",
    mixinStandardHelpOptions = true,
    sortOptions = false)
public final class DemoCommand implements McmCommand {

    private static final String DEFAULT_CAPTURE = "pcaps/veth_ff_main_1280x720_2M.pcap";
    /** Set by the launcher: the checkout. */
    private static final String HOME_PROPERTY = "mcm.home";

    @Spec
    private CommandSpec spec;

    @Option(names = "--seconds", paramLabel = "N", defaultValue = "10",
        description = "How long at least; the capture is replayed in whole passes (default: ${DEFAULT-VALUE}).")
    private int seconds;

    @Option(names = "--pcap", paramLabel = "FILE", description = "What the camera replays (default: " + DEFAULT_CAPTURE + ").")
    private Path pcap;

    @Override
    public Integer call() throws IOException, InterruptedException {
        Arguments.require(spec, seconds >= 1, "--seconds " + seconds + ", allowed are 1 and more");
        Path home = Path.of(System.getProperty(HOME_PROPERTY, "."));
        Path capture = pcap == null ? home.resolve(DEFAULT_CAPTURE) : pcap;
        GroundTruth truth = truth(capture);
        int passes = truth.isClean() ? passes(truth) : 1;
        System.out.printf("replaying %s, %d x (%,d packets, %,d NAL units, %.1f s)%n",
            capture.getFileName(), passes, truth.packets(), truth.units(), truth.seconds());
        System.out.println("camera --RTP/UDP--> proxy --memif--> recv, each in its own process");
        Path directory = Files.isDirectory(home.resolve("target"))
            ? home.resolve("target").resolve("demo") : Files.createTempDirectory("mcm-demo");
        Demo demo = new Demo(javaCommand(), capture, directory, System.out);
        Ending.onRequest(demo::stop);
        Verdict verdict = demo.run(truth, passes);
        System.out.println(verdict);
        System.out.print(demo.losses());
        System.out.println("received stream: " + directory.resolve("received.h264"));
        return verdict.isGood() ? ExitCode.GOOD : ExitCode.CHECK_FAILED;
    }

    private static GroundTruth truth(Path capture) throws CaptureException {
        GroundTruth truth = GroundTruth.of(capture);
        if (truth.units() == 0) {
            throw new EnvironmentException(capture + ": no whole H.264 NAL unit in it");
        }
        return truth;
    }

    private int passes(GroundTruth truth) {
        return (int) Math.max(1, Math.ceil(seconds / Math.max(truth.seconds(), 0.001)));
    }

    /** As ./mcm starts each of them. */
    private static List<String> javaCommand() {
        return List.of(
            Path.of(System.getProperty("java.home"), "bin", "java").toString(), "--enable-native-access=ALL-UNNAMED", "-XX:+UseZGC",
            "-XX:CompileThresholdScaling=0.1", "-cp", System.getProperty("java.class.path"), "io.mcm.cli.Mcm");
    }
}
