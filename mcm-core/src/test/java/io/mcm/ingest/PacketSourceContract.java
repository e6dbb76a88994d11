package io.mcm.ingest;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.management.ThreadMXBean;
import io.mcm.foreign.DatagramBatch;
import io.mcm.foreign.ProcessResources;
import io.mcm.foreign.Reactor;
import io.mcm.foreign.SystemCallException;
import java.io.IOException;
import java.lang.foreign.ValueLayout;
import java.lang.management.ManagementFactory;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvFileSource;

/** What every way for packets into this process does; a class for each way says which. */
@Timeout(300)
public abstract class PacketSourceContract {

    private static final Path PCAPS = Path.of("..", "pcaps");
    private static final int SLOTS = 8;
    private static final long SECOND = 1_000_000_000;
    /** Over Ethernet without fragments; MTL takes no more. */
    private static final int LARGEST = 1460;
    private static final int ROUNDS = 1_000;
    private static final int MOST_WARM_UPS = 50;

    private final DatagramBatch batch = new DatagramBatch(SLOTS);
    private PacketSource source;
    private DatagramSocket camera;

    /** A transport that stays open after the test. */
    protected abstract Transport transport();

    @BeforeEach
    void open() throws IOException {
        camera = new DatagramSocket();
        source = bind(freePort());
    }

    @AfterEach
    void close() {
        source.close();
        camera.close();
        batch.close();
    }

    private PacketSource bind(int port) {
        return transport().bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), port));
    }

    private static int freePort() throws IOException {
        try (DatagramSocket socket = new DatagramSocket(0, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        }
    }

    private void send(byte[] bytes) throws IOException {
        camera.send(new DatagramPacket(bytes, bytes.length, InetAddress.getLoopbackAddress(), source.port()));
    }

    /** Differs with its length in every byte. */
    private static byte[] pattern(int length) {
        byte[] bytes = new byte[length];
        for (int i = 0; i < length; i++) {
            bytes[i] = (byte) (31 * length + i);
        }
        return bytes;
    }

    private void assertReceived(int i, byte[] expected) {
        assertThat(batch.slab().asSlice(batch.offset(i), batch.length(i)).toArray(ValueLayout.JAVA_BYTE)).isEqualTo(expected);
    }

    /** Waits as the proxy's worker does. */
    private int awaitAndReceive() {
        int[] count = new int[1];
        try (Reactor reactor = new Reactor()) {
            reactor.add(source.fd(), () -> count[0] = source.receive(batch));
            for (long deadline = System.nanoTime() + 20 * SECOND; count[0] == 0 && System.nanoTime() < deadline; ) {
                reactor.poll(SECOND);
            }
            reactor.remove(source.fd());
        }
        return count[0];
    }

    @Test
    void whereNothingHasComeNothingIsReceivedAtOnce() {
        assertThat(source.receive(batch)).isZero();
        assertThat(batch.count()).isZero();
        assertThat(source.counters().get(IngestCounter.RECEIVE_FAILED)).isZero();
    }

    @Test
    void itsDescriptorIsReadableWhenADatagramWaits() throws IOException {
        send(pattern(100));
        assertThat(awaitAndReceive()).isEqualTo(1);
        assertReceived(0, pattern(100));
    }

    @Test
    void aDatagramAfterALongSilenceIsFound() throws Exception {
        for (int i = 0; i < 2_000; i++) {
            source.receive(batch);
        }
        send(pattern(LARGEST));
        assertThat(awaitAndReceive()).isEqualTo(1);
        assertReceived(0, pattern(LARGEST));
    }

    @Test
    void datagramsComeInOrderEachWithItsLengthWhateverTheBatchHeldBefore() throws IOException {
        int[] lengths = {LARGEST, 1, 700, 2, LARGEST, 3, 12, 13, 14, 1459, 8};
        for (int length : lengths) {
            send(pattern(length));
        }
        int at = 0;
        while (at < lengths.length) {
            int count = awaitAndReceive();
            assertThat(count).as("after %d", at).isPositive();
            for (int i = 0; i < count; i++) {
                assertReceived(i, pattern(lengths[at++]));
            }
        }
        assertThat(source.receive(batch)).isZero();
    }

    @Test
    void moreThanABatchHoldsStaysAndItsDescriptorStaysReadable() throws IOException {
        for (int i = 1; i <= 2 * SLOTS + 1; i++) {
            send(pattern(i));
        }
        int received = awaitAndReceive();
        assertThat(received).isLessThanOrEqualTo(SLOTS);
        while (received < 2 * SLOTS + 1) {
            int more = awaitAndReceive();
            assertThat(more).isPositive();
            received += more;
        }
        assertReceived(batch.count() - 1, pattern(2 * SLOTS + 1));
    }

    /** Datagrams only: what it costs to find none is of no concern. */
    @Test
    void receivingAllocatesNothing() throws IOException {
        // Of about 4,000 calls; one object in each would be 64,000 bytes and more.
        long few = 16_000;
        long allocated = receiveRounds();
        // Until the compiler is done, which takes its time where the machine is busy, objects are made that later are not.
        for (int warmUp = 0; allocated >= few && warmUp < MOST_WARM_UPS; warmUp++) {
            allocated = receiveRounds();
        }
        assertThat(allocated).isLessThan(few);
    }

    /** Bytes that receiving has allocated. */
    private long receiveRounds() throws IOException {
        ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
        byte[] bytes = pattern(100);
        long allocated = 0;
        for (int round = 0; round < ROUNDS; round++) {
            for (int i = 0; i < 4 * SLOTS; i++) {
                send(bytes);
            }
            long before = threads.getCurrentThreadAllocatedBytes();
            for (int received = 0; received < 4 * SLOTS; ) {
                received += source.receive(batch);
            }
            allocated += threads.getCurrentThreadAllocatedBytes() - before;
        }
        return allocated;
    }

    /** A worker that has nothing to do is woken about a hundred times a second at most. */
    @Test
    void anIdlePortHardlyWakesItsReactor() {
        int[] calls = new int[1];
        try (Reactor reactor = new Reactor()) {
            reactor.add(source.fd(), () -> {
                source.receive(batch);
                calls[0]++;
            });
            // Until the pace has settled.
            pollFor(reactor, SECOND / 2);
            calls[0] = 0;
            pollFor(reactor, SECOND);
            reactor.remove(source.fd());
        }
        assertThat(calls[0]).isLessThanOrEqualTo(105);
        assertThat(source.counters().get(IngestCounter.RECEIVE_FAILED)).isZero();
    }

    private static void pollFor(Reactor reactor, long nanos) {
        for (long end = System.nanoTime() + nanos; System.nanoTime() < end; ) {
            reactor.poll(SECOND / 20);
        }
    }

    @Test
    void aPortInUseIsRefusedByItsNumberAndFreeAgainOnceClosed() throws IOException {
        int port = source.port();
        assertThatThrownBy(() -> bind(port)).isInstanceOf(SystemCallException.class).hasMessageContaining(":" + port);
        source.close();
        source = bind(port);
        send(pattern(5));
        assertThat(awaitAndReceive()).isEqualTo(1);
    }

    @Test
    void closingTwiceIsClosingOnceAndLeavesNoDescriptor() throws IOException {
        ProcessResources before = ProcessResources.now();
        PacketSource other = bind(freePort());
        other.close();
        other.close();
        assertThat(ProcessResources.settled(before)).isEqualTo(before);
    }

    /** Fixtures with loss, duplicates and reordering among them: what a source loses or adds of its own would show. */
    @ParameterizedTest(name = "{0}")
    @CsvFileSource(files = "../pcaps/manifest.csv", numLinesToSkip = 1)
    void everyCaptureComesThroughAsFromItsFile(String file, String what, String how, long packets, long lost, long duplicated,
            long reordered, long nalUnits, long accessUnits, String md5) throws IOException {
        Replay.Result result = Replay.through(source, PCAPS.resolve(file));
        assertThat(result).isEqualTo(Replay.ofFile(PCAPS.resolve(file)));
        assertThat(result.md5()).isEqualTo(md5);
        assertThat(result.rtp()).containsEntry("packets", packets).containsEntry("lost", lost).containsEntry("duplicated", duplicated)
            .containsEntry("reordered", reordered);
        assertThat(result.h264()).containsEntry("nal_units", nalUnits).containsEntry("access_units", accessUnits);
    }
}
