package io.mcm.conformance.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.mcm.cli.ExitCode;
import io.mcm.cli.Mcm;
import io.mcm.conformance.capture.Captures;
import io.mcm.conformance.target.FreePort;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import picocli.CommandLine;

/** What {@code mcm conformance} tells the shell. */
@Timeout(300)
class ExitCodeTest {

    private static final String CASE = "rtp/fu-a-in-four";

    @TempDir
    private Path folder;

    private record Ended(int code, String out, String err) {}

    private static Ended run(String... args) {
        StringWriter out = new StringWriter();
        StringWriter err = new StringWriter();
        CommandLine line = Mcm.commandLine().setOut(new PrintWriter(out, true)).setErr(new PrintWriter(err, true));
        List<String> words = new ArrayList<>(List.of("conformance"));
        words.addAll(List.of(args));
        return new Ended(line.execute(words.toArray(String[]::new)), out.toString(), err.toString());
    }

    private String expecting(String reason) throws IOException {
        return Files.writeString(folder.resolve("known.txt"), CASE + "  " + reason + "\n").toString();
    }

    /** Something that accepts connections and is no proxy. */
    private static ServerSocket stranger() throws IOException {
        ServerSocket socket = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
        Thread.ofPlatform().daemon().start(() -> {
            try (socket) {
                while (true) {
                    socket.accept().close();
                }
            } catch (IOException _) {
                // Closed by the test.
            }
        });
        return socket;
    }

    private static String address(ServerSocket socket) {
        return "127.0.0.1:" + socket.getLocalPort();
    }

    @Test
    void goodWhereEverythingPassed() {
        Ended ended = run("--select", CASE, "--report", folder.resolve("report").toString());
        assertThat(ended.code()).as(ended.toString()).isEqualTo(ExitCode.GOOD);
        assertThat(folder.resolve("report")).isDirectoryContaining("glob:**index.html").isDirectoryContaining("glob:**junit.xml");
    }

    @Test
    void failedWhereACaseFailed() throws IOException {
        try (ServerSocket stranger = stranger()) {
            Ended ended = run("--target", address(stranger), "--select", CASE);
            assertThat(ended.code()).as(ended.toString()).isEqualTo(ExitCode.CHECK_FAILED);
            assertThat(ended.out()).contains("FAIL", "1 failed");
        }
    }

    @Test
    void goodWhereOnlyWhatIsKnownFailed() throws IOException {
        try (ServerSocket stranger = stranger()) {
            Ended ended = run("--target", address(stranger), "--select", CASE, "--expected", expecting("it is no proxy"));
            assertThat(ended.code()).as(ended.toString()).isEqualTo(ExitCode.GOOD);
            assertThat(ended.out()).contains("EXPECTED_FAILURE", "(known: it is no proxy)", "1 failed as expected");
        }
    }

    @Test
    void failedWhereAnExpectedFailurePassed() throws IOException {
        Ended ended = run("--select", CASE, "--expected", expecting("it was broken"));
        assertThat(ended.code()).as(ended.toString()).isEqualTo(ExitCode.CHECK_FAILED);
        assertThat(ended.out()).contains("UNEXPECTED_PASS", "listed as failing: it was broken", "1 passed unexpectedly");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
        --select nothing/*          | --select 'nothing/*' matches no case
        --repeat 0                  | --repeat 0, allowed are 1 and more
        --profile lax               | mcm-24.09, rfc, strict
        --describe rtp/none         | there is no such case
        --target here               | expected HOST:PORT
        --port 5004                 | --port and --ssrc choose a stream of a capture; there is no --pcap
        --pcap-speed 0              | --pcap-speed 0.0, allowed are more than 0
        --sdk recv                  | 'recv' must name %UDP% and %OUT%
        --sdk --target 127.0.0.1:1  | neither --target nor --pcap go with it
        --sdk --select rtp/*        | --select 'rtp/*' matches no case
        """)
    void usageWhereTheArgumentsMakeNoSense(String args, String message) {
        Ended ended = run(args.split(" "));
        assertThat(ended.err()).contains(message).doesNotContain("\tat ");
        assertThat(ended.code()).isEqualTo(ExitCode.USAGE);
    }

    @Test
    void usageWhereTheListOfExpectedFailuresNamesNoCase() throws IOException {
        Path file = Files.writeString(folder.resolve("known.txt"), "rtp/no-such-case  old\n");
        Ended ended = run("--expected", file.toString());
        assertThat(ended.err()).contains("known.txt:1: there is no case 'rtp/no-such-case'");
        assertThat(ended.code()).isEqualTo(ExitCode.USAGE);
    }

    @Test
    void environmentWhereTheListIsNotThere() {
        Ended ended = run("--expected", folder.resolve("none.txt").toString());
        assertThat(ended.err()).contains("none.txt");
        assertThat(ended.code()).isEqualTo(ExitCode.ENVIRONMENT);
    }

    @Test
    void environmentWhereNobodyAnswersAndTheReportSaysSo() throws IOException {
        String free = "127.0.0.1:" + FreePort.next();
        Ended ended = run("--target", free, "--select", CASE, "--report", folder.toString());
        assertThat(ended.err()).contains("nothing could be tested at " + free).doesNotContain("\tat ");
        assertThat(ended.code()).isEqualTo(ExitCode.ENVIRONMENT);
        assertThat(Files.readString(folder.resolve("junit.xml"))).contains("<skipped");
    }

    @Test
    void environmentWhereTheReceiverCannotBeStarted() {
        Ended ended = run("--sdk", folder.resolve("receiver") + " %UDP% %OUT%", "--select", "sdk/one-unit");
        assertThat(ended.err()).contains("nothing could be tested at receiver %UDP% %OUT%: the SDK's program does not start").doesNotContain("\tat ");
        assertThat(ended.code()).isEqualTo(ExitCode.ENVIRONMENT);
    }

    @Test
    void withSdkTheCasesAreThoseOfAConsumer() {
        assertThat(run("--sdk", "--list").out().lines()).hasSizeGreaterThan(60).allSatisfy(line -> assertThat(line).startsWith("sdk/"));
        assertThat(run("--list").out().lines()).noneSatisfy(line -> assertThat(line).startsWith("sdk/"));
    }

    private static String capture(String name) {
        return Captures.named(name).file().toString();
    }

    @Test
    void aCaptureIsACaseAndAloneUnlessMoreIsSelected() {
        String capture = capture("mut_loss0.5_seed10.pcap");
        Ended alone = run("--pcap", capture, "--list");
        assertThat(alone.out().lines()).singleElement().asString().startsWith("pcap/mut_loss0.5_seed10.pcap").contains("rfc");
        assertThat(run("--pcap", capture, "--select", "**", "--list").out()).contains("pcap/", CASE);
        assertThat(run("--pcap", capture, "--port", "9", "--list").err()).contains("port 9").doesNotContain("\tat ");
        assertThat(run("--pcap", capture, "--describe", "pcap/mut_loss0.5_seed10.pcap").out()).contains("1 times their speed", "NAL units");
    }

    @Test
    void environmentWhereTheProfileDemandsNoneOfTheCases() {
        Ended ended = run("--pcap", capture("mut_loss0.5_seed10.pcap"), "--profile", "mcm-24.09");
        assertThat(ended.err()).contains("nothing ran", "pcap/*", "profile mcm-24.09").doesNotContain("\tat ");
        assertThat(ended.code()).isEqualTo(ExitCode.ENVIRONMENT);
    }

    @Test
    void usageWhereTwoCapturesWouldBeOneCase() {
        String capture = capture("mut_loss0.5_seed10.pcap");
        Ended ended = run("--pcap", capture, "--pcap", capture);
        assertThat(ended.err()).contains("two captures have one name");
        assertThat(ended.code()).isEqualTo(ExitCode.USAGE);
    }

    @Test
    void environmentWhereTheCaptureIsNone() throws IOException {
        Path file = Files.writeString(folder.resolve("my.pcap"), "no capture");
        Ended ended = run("--pcap", file.toString());
        assertThat(ended.err()).contains(file.toString()).doesNotContain("\tat ");
        assertThat(ended.code()).isEqualTo(ExitCode.ENVIRONMENT);
    }
}
