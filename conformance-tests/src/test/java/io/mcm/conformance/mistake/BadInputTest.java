package io.mcm.conformance.mistake;

import static org.assertj.core.api.Assertions.assertThat;

import io.mcm.conformance.capture.Captures;
import io.mcm.conformance.process.ChildProcess;
import io.mcm.conformance.process.ChildProcesses;
import io.mcm.conformance.target.FreePort;
import java.io.IOException;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What a person gets wrong: one line that shows the value and what is allowed, an exit code, never a stack trace. */
@Timeout(300)
@Execution(ExecutionMode.CONCURRENT)
class BadInputTest {

    private static final int USAGE = 2;
    private static final int ENVIRONMENT = 3;
    private static final int CUT_AT = 30_000;
    private static final Path CAPTURE = Captures.named("fmt_LINUX_SLL_any_ff_640x480.pcap").file();

    @RegisterExtension
    private final ChildProcesses mcm = new ChildProcesses();
    private final int port = FreePort.next();

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
        depacketize missing.pcap --out x                           | missing.pcap: no such file
        depacketize empty.pcap --out x                             | empty.pcap: is empty; a pcap or pcapng file is needed
        depacketize cut.pcap --out x                               | cut.pcap: cut in record 24:
        depacketize text.pcap --out x                              | text.pcap: not a capture: it starts with 4e6f7065; allowed are pcap
        depacketize nortp.pcap --out x                             | nortp.pcap: no H.264 over RTP; there is: 1 UDP datagrams
        depacketize . --out x                                      | .: is a directory; a pcap or pcapng file is needed
        depacketize CAPTURE --ssrc 0x7 --out x                     | no H.264 over RTP with SSRC 0x00000007; there is:
        depacketize CAPTURE --out no/x                             | cannot write no/x: no such file or directory
        pcap missing.pcap                                          | missing.pcap: no such file
        pcap empty.pcap                                            | empty.pcap: is empty; a pcap or pcapng file is needed
        pcap cut.pcap                                              | cut.pcap: cut in record 24:
        pcap text.pcap                                             | text.pcap: not a capture: it starts with 4e6f7065; allowed are pcap
        pcap nortp.pcap                                            | nortp.pcap: no RTP in it: version 2
        camera --to 127.0.0.1:FREE --pcap missing.pcap             | missing.pcap: no such file
        camera --to 127.0.0.1:FREE --pcap empty.pcap               | empty.pcap: is empty; a pcap or pcapng file is needed
        camera --to 127.0.0.1:FREE --pcap cut.pcap                 | cut.pcap: cut in record 24:
        camera --to 127.0.0.1:FREE --pcap text.pcap                | text.pcap: not a capture: it starts with 4e6f7065; allowed are pcap
        camera --to 127.0.0.1:FREE --pcap nortp.pcap               | nortp.pcap: no H.264 over RTP; there is: 1 UDP datagrams
        camera --to 127.0.0.1:FREE --h264 missing.h264             | missing.h264: no such file
        camera --to 127.0.0.1:FREE --h264 text.pcap                | text.pcap: does not begin with a NAL unit; an H.264 byte stream
        camera --to 127.0.0.1:FREE --pcap CAPTURE --stream 7       | no H.264 over RTP to port 7; there is:
        camera --to no.invalid:5004 --pcap CAPTURE                 | no.invalid:5004: unknown host no.invalid
        proxy --listen no.invalid:8002                             | no.invalid:8002: unknown host no.invalid
        proxy --listen 127.0.0.1:FREE --bind no.invalid            | --bind no.invalid: unknown host
        proxy --listen 127.0.0.1:FREE --bind 192.0.2.1             | --bind 192.0.2.1: not an address of this machine
        proxy --listen 127.0.0.1:FREE --run-dir text.pcap          | run directory text.pcap cannot be made: there is a file of that name
        recv --proxy no.invalid:8002 --port FREE                   | no.invalid:8002: unknown host no.invalid
        demo --pcap missing.pcap                                   | missing.pcap: no such file
        demo --pcap nortp.pcap                                     | nortp.pcap: no H.264 over RTP; there is: 1 UDP datagrams
        recv --port FREE --out no/x                                | cannot write no/x: no such file or directory
        """)
    void whatTheMachineDoesNotHaveIsNamedInOneLine(String line, String message) throws Exception {
        ChildProcess process = start(line);
        assertThat(process.exitCode()).as(process::toString).isEqualTo(ENVIRONMENT);
        assertThat(process.err().lines()).singleElement().asString().contains(message).doesNotContain("Exception");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
        nosuch                                                     | nosuch
        depacketize CAPTURE                                        | --out
        depacketize CAPTURE --out x --port 99999                   | --port 99999; allowed are 1 to 65535
        depacketize CAPTURE --out x --ssrc zz                      | 'zz'; allowed are 0 to 4294967295
        camera --pcap CAPTURE                                      | --to
        camera --to 127.0.0.1:FREE                                 | --pcap
        camera --to 127.0.0.1 --pcap CAPTURE                       | --to 127.0.0.1, expected HOST:PORT
        camera --to 127.0.0.1:70000 --pcap CAPTURE                 | 70000, allowed are 1 to 65535
        camera --to 127.0.0.1:FREE --pcap CAPTURE --speed 0        | '0'; allowed are 0.001 to 1000.0, or max
        camera --to 127.0.0.1:FREE --pcap CAPTURE --loss 101       | 101; allowed are 0 to 100 percent
        proxy --listen 8002                                        | --listen 8002, expected HOST:PORT
        proxy --listen 127.0.0.1:FREE --unit frame                 | --unit frame, allowed are nalu, access-unit, fragment
        proxy --listen 127.0.0.1:FREE --ring-size 20               | 20, allowed are 1 to 14
        recv                                                       | --port
        recv --port 0                                              | --port 0, allowed are 1 to 65535
        recv --port FREE --count 0                                 | --count 0, allowed are 1 and more
        demo --seconds 0                                           | --seconds 0, allowed are 1 and more
        """)
    void anArgumentThatMakesNoSenseIsShownWithWhatIsAllowed(String line, String message) throws Exception {
        ChildProcess process = start(line);
        assertThat(process.exitCode()).as(process::toString).isEqualTo(USAGE);
        assertThat(process.err().lines()).first().asString().contains(message);
        assertThat(process.err().lines().skip(1)).singleElement().asString().startsWith("see: mcm").endsWith("--help");
    }

    @Test
    void aControlPortInUseIsNamed() throws Exception {
        try (ServerSocket _ = new ServerSocket(port, 1, InetAddress.getLoopbackAddress())) {
            ChildProcess proxy = start("proxy --run-dir run --listen 127.0.0.1:" + port);
            assertThat(proxy.exitCode()).as(proxy::toString).isEqualTo(ENVIRONMENT);
            assertThat(proxy.err().lines()).singleElement().asString().contains("127.0.0.1:" + port, "ddress already in use");
        }
    }

    @Test
    void aUdpPortInUseIsNamedByProxyAndConsumer() throws Exception {
        try (DatagramSocket _ = new DatagramSocket(port, InetAddress.getLoopbackAddress())) {
            int control = FreePort.next();
            ChildProcess proxy = start("proxy --run-dir run --listen 127.0.0.1:" + control);
            ChildProcess recv = start("recv --port " + port + " --proxy 127.0.0.1:" + control);
            assertThat(recv.exitCode()).as(recv::toString).isEqualTo(ENVIRONMENT);
            assertThat(recv.err()).contains("UDP port " + port, "refused").doesNotContain("Exception");
            assertThat(proxy.err()).contains("UDP port " + port, "in use").doesNotContain("Exception");
            assertThat(proxy.isRunning()).isTrue();
        }
    }

    @Test
    void aConsumerWaitsForTheProxyAndSaysItOnceAndEndsWellWhenAsked() throws Exception {
        ChildProcess recv = start("recv --port 5004 --proxy 127.0.0.1:" + port);
        recv.says("127.0.0.1:" + port);
        Thread.sleep(700); // several tries
        recv.terminate();
        recv.endsWell();
        assertThat(recv.err().lines().filter(line -> line.contains("waiting"))).singleElement().asString().contains("127.0.0.1:" + port);
    }

    /** With its files beside it. */
    private ChildProcess start(String line) throws IOException {
        byte[] whole = Files.readAllBytes(CAPTURE);
        Map<String, byte[]> files = Map.of(
            "empty.pcap", new byte[0], "cut.pcap", Arrays.copyOf(whole, CUT_AT), "text.pcap", "Nope, it isn't.".getBytes(),
            "nortp.pcap", captureOfOneDatagram());
        for (Map.Entry<String, byte[]> file : files.entrySet()) {
            Files.write(mcm.file(file.getKey()), file.getValue());
        }
        return mcm.start(Stream.of(line.strip().split(" +"))
            .map(word -> word.replace("CAPTURE", CAPTURE.toString()).replace("FREE", String.valueOf(port))).toArray());
    }

    /** pcap, link type RAW (101): IPv4, UDP to port 5004, four bytes that are not RTP. */
    private static byte[] captureOfOneDatagram() {
        ByteBuffer bytes = ByteBuffer.allocate(72).order(ByteOrder.LITTLE_ENDIAN);
        bytes.putInt(0xa1b2c3d4).putShort((short) 2).putShort((short) 4).putLong(0).putInt(65_535).putInt(101);
        bytes.putLong(1).putInt(32).putInt(32);
        bytes.order(ByteOrder.BIG_ENDIAN);
        bytes.putInt(0x4500_0020).putInt(0).putInt(0x4011_0000).putInt(0x7f00_0001).putInt(0x7f00_0001);
        bytes.putShort((short) 1234).putShort((short) 5004).putShort((short) 12).putShort((short) 0).putInt(0x01020304);
        return bytes.array();
    }
}
