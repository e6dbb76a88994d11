package io.mcm.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import picocli.CommandLine;

/** What makes no sense is refused with the value and what is allowed, in one line and without a stack trace. */
@Timeout(300)
class BadArgumentsTest {

    @TempDir
    private Path folder;

    private record Outcome(int code, String err) {}

    private static Outcome run(String... args) {
        StringWriter err = new StringWriter();
        CommandLine line = Mcm.commandLine().setErr(new PrintWriter(err, true));
        return new Outcome(line.execute(args), err.toString());
    }

    private static void assertRefused(Outcome outcome, int code, String... parts) {
        assertThat(outcome.err()).contains(parts).doesNotContain("\tat ", "Exception");
        assertThat(outcome.err().lines().filter(line -> !line.startsWith("see: "))).hasSize(1);
        assertThat(outcome.code()).isEqualTo(code);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
        recv                                        | --port           | --port
        recv --port 0                               | --port 0         | allowed are 1 to 65535
        recv --port 70000                           | --port 70000     | allowed are 1 to 65535
        recv --port -1                              | --port -1        | allowed are 1 to 65535
        recv --port abc                             | 'abc'            | int
        recv --port 5004 --proxy nohost             | --proxy nohost   | HOST:PORT
        recv --port 5004 --proxy 127.0.0.1:0        | --proxy 0        | allowed are 1 to 65535
        recv --port 5004 --proxy 127.0.0.1:99999    | --proxy 99999    | allowed are 1 to 65535
        recv --port 5004 --count 0                  | --count 0        | 1 and more
        recv --port 5004 --idle -1                  | --idle -1        | 0 (never) and more
        recv --port 5004 --idle NaN                 | --idle NaN       | 0 (never) and more
        recv --port 5004 --frob                     | --frob           | Unknown option
        proxy --listen x                            | --listen x       | HOST:PORT
        proxy --listen 127.0.0.1:70000              | --listen 70000   | allowed are 1 to 65535
        proxy --unit foo                            | --unit foo       | nalu, access-unit, fragment
        proxy --source camera.local                 | --source camera.local | allowed are any, session, ADDRESS
        proxy --source 127.0.0.1:0                  | --source 127.0.0.1:0  | allowed are any, session, ADDRESS
        proxy --source ::1 --transport preload      | --source 0:0:0:0:0:0:0:1 | --transport kernel only
        proxy --bind 239.1.1.1 --transport preload  | --bind 239.1.1.1 | --transport kernel only
        proxy --pull rtsp://u:hidden@h/a            | --pull           | expected PORT=rtsp://
        proxy --pull 0=rtsp://h/a                   | --pull 0         | allowed are 1 to 65535
        proxy --pull 5004=http://u:hidden@h/a       | http://...@h/a   | expected is rtsp://
        proxy --pull 5004=rtsp://h --pull 5004=rtsp://i | 5004         | allowed is one
        proxy --rtsp-transport both                 | --rtsp-transport both | udp, tcp
        proxy --rcvbuf 100                          | --rcvbuf 100     | allowed are 4096 to 1073741823
        proxy --rcvbuf much                         | 'much'           | int
        proxy --transport dpdk                      | --transport dpdk | allowed are kernel, preload and mtl:PORT
        proxy --transport mtl:                      | --transport mtl: | dpdk_af_packet:eth0
        proxy --transport mtl:4b:01.3               | --transport mtl:4b:01.3 | 0000:4b:01.3
        proxy --transport mtl:0000:4b:01.8          | --transport mtl:0000:4b:01.8 | 0000:4b:01.3
        proxy --transport mtl:kernel:               | --transport mtl:kernel: | kernel:lo
        proxy --transport mtl:dpdk_af_packet:a/b    | mtl:dpdk_af_packet:a/b | dpdk_af_packet:eth0
        proxy --transport mtl:kernel:sixteen_letters_ | sixteen_letters_ | kernel:lo
        proxy --mtl-library libmtl.so               | libmtl.so        | for --transport mtl:PORT only
        proxy --memif vpp                           | --memif vpp      | allowed are builtin and libmemif
        recv --port 5004 --memif vpp                | --memif vpp      | allowed are builtin and libmemif
        proxy --memif-library libmemif.so           | libmemif.so      | for --memif libmemif only
        proxy --loss drop-everything                | --loss drop-everything | drop-nal, drop-au, drop-until-idr
        proxy --unit fragment --loss drop-au        | loss policy drop-au with unit fragment | allowed is drop-nal
        proxy --parameter-sets always               | --parameter-sets always | as-sent, when-missing, before-idr
        proxy --unit fragment --parameter-sets before-idr | parameter sets before-idr with unit fragment | allowed is as-sent
        proxy --ssrc 0xg                            | 0xg              | 0 to 4294967295
        proxy --payload-type 128                    | --payload-type 128 | 0 to 63 and 96 to 127
        proxy --payload-type 70                     | --payload-type 70 | 0 to 63 and 96 to 127
        proxy --buffer-size 10                      | 10 bytes         | at least 128
        proxy --ring-size 15                        | 15               | 1 to 14
        proxy --ring-size 9                         | 5308416000       | 4294967295
        proxy --metrics 8080                        | --metrics 8080   | HOST:PORT
        """)
    void whatMakesNoSenseIsAUsageError(String command, String value, String allowed) {
        assertRefused(run(command.split(" ")), ExitCode.USAGE, value, allowed);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
        recv --port 5004 --proxy nobody.invalid:8002            | nobody.invalid | unknown host
        proxy --listen nobody.invalid:8002                      | nobody.invalid | unknown host
        proxy --bind nobody.invalid                             | nobody.invalid | unknown host
        proxy --interface eth.none                              | --interface eth.none | this machine has none of that name
        proxy --bind 192.0.2.1                                  | --bind 192.0.2.1 | not an address of this machine
        proxy --memif libmemif --memif-library /none/libmemif.so | /none/libmemif.so | --memif-library PATH or MCM_LIBMEMIF
        proxy --transport mtl:kernel:lo --mtl-library /none/libmtl.so | /none/libmtl.so | --mtl-library PATH or MCM_LIBMTL
        proxy --transport mtl:kernel:lo --mtl-library libc.so.6  | libc.so.6 | has no function mtl_version
        proxy --transport mtl:kernel:lo --bind ::1               | 0:0:0:0:0:0:0:1 | MTL has IPv4 only
        recv --port 5004 --memif libmemif --memif-library /none  | /none          | --memif builtin, which needs no library
        recv --port 5004 --out /nonexistent/a.h264              | cannot write   | /nonexistent/a.h264
        """)
    void whatThisMachineDoesNotAllowIsAnEnvironmentError(String command, String value, String reason) {
        Outcome outcome = run(command.split(" "));
        assertThat(outcome.err()).contains(value, reason).doesNotContain("\tat ").hasLineCount(1);
        assertThat(outcome.code()).isEqualTo(ExitCode.ENVIRONMENT);
    }

    @Test
    void aControlPortInUseIsToldByItsAddress() throws Exception {
        try (ServerSocket taken = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            String address = "127.0.0.1:" + taken.getLocalPort();
            Outcome outcome = run("proxy", "--listen", address, "--run-dir", folder.toString());
            assertRefused(outcome, ExitCode.ENVIRONMENT, address, "in use");
        }
    }

    @Test
    void aMetricsPortInUseIsToldByItsAddressAndTheControlPortIsFreeAgain() throws Exception {
        int control;
        try (ServerSocket free = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            control = free.getLocalPort();
        }
        try (ServerSocket taken = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            String address = "127.0.0.1:" + taken.getLocalPort();
            assertRefused(
                run("proxy", "--listen", "127.0.0.1:" + control, "--metrics", address, "--run-dir", folder.toString()),
                ExitCode.ENVIRONMENT, "metrics", address, "in use");
        }
        new ServerSocket(control, 1, InetAddress.getLoopbackAddress()).close();
    }

    @Test
    void aRunDirectoryThatIsAFileIsToldByItsPath() throws Exception {
        Path file = Files.writeString(folder.resolve("file"), "");
        Outcome outcome = run("proxy", "--run-dir", file.toString());
        assertThat(outcome.err()).contains("run directory " + file).hasLineCount(1);
        assertThat(outcome.code()).isEqualTo(ExitCode.ENVIRONMENT);
    }

    @Test
    void aRunDirectoryThatLeavesNoRoomForSocketsIsAUsageError() {
        Path deep = folder.resolve("d".repeat(90));
        assertRefused(run("proxy", "--run-dir", deep.toString()), ExitCode.USAGE, deep.toString(), "at most 107");
    }
}
