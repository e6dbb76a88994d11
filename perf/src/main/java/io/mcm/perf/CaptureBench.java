package io.mcm.perf;

import io.mcm.capture.CaptureException;
import io.mcm.capture.DatagramReader;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

/** A whole capture of the folder pcaps, opened, read to its last datagram and closed: microseconds a file. Opening allocates; reading does not. */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
@Warmup(iterations = 3, time = 500, timeUnit = TimeUnit.MILLISECONDS)
@Measurement(iterations = 5, time = 500, timeUnit = TimeUnit.MILLISECONDS)
@Fork(1)
public class CaptureBench {

    /** As the reader's own. */
    private static final int BUFFER = 1 << 16;

    @Param({"ff_high_bframes3_1280x720_2M.pcap", "fmt_pcapng.pcapng"})
    public String capture = "ff_high_bframes3_1280x720_2M.pcap";

    /** Where the script mcm lies; the tests' working directory is the module. */
    Path folder = Path.of(System.getProperty("mcm.home", "."), "pcaps");
    private final ByteBuffer buffer = ByteBuffer.allocateDirect(BUFFER);

    /** @return datagrams */
    @Benchmark
    public int read() throws CaptureException {
        int datagrams = 0;
        try (DatagramReader reader = DatagramReader.open(folder.resolve(capture))) {
            while (reader.next()) {
                datagrams++;
            }
        }
        return datagrams;
    }

    /** The baseline: the same bytes read, and nothing looked at. */
    @Benchmark
    public long bytes() throws IOException {
        long bytes = 0;
        try (FileChannel channel = FileChannel.open(folder.resolve(capture))) {
            for (int n = channel.read(buffer.clear()); n >= 0; n = channel.read(buffer.clear())) {
                bytes += n;
            }
        }
        return bytes;
    }
}
