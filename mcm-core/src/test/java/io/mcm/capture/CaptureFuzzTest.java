package io.mcm.capture;

import com.code_intelligence.jazzer.junit.FuzzTest;
import io.mcm.PlantedFault;
import io.mcm.metric.Counters;
import java.lang.foreign.ValueLayout;
import java.nio.ByteBuffer;
import java.nio.channels.ReadableByteChannel;
import java.nio.file.Path;
import java.util.Arrays;

/**
 * Capture files of any bytes: read to their end, or refused with a {@link CaptureException}; records and datagrams lie inside the file, what is
 * reassembled is made of its bytes, and the counters add up. Without JAZZER_FUZZ the inputs that are committed beside this class are replayed; {@code ci/fuzz} looks for new ones.
 */
class CaptureFuzzTest {

    private static final Path NAME = Path.of("fuzzed");
    /** Short files are many a second; a header and a dozen records show every state. */
    private static final int MAX_FILE = 1024;
    /** Fragments are cut at multiples of it, the UDP header's length is one: what was put together of several is whole so far at least. */
    private static final int FRAGMENT_UNIT = 8;
    private static final ByteBuffer MEMORY = ByteBuffer.allocateDirect(MAX_FILE);

    @FuzzTest
    void pcap(byte[] input) throws CaptureException {
        if (!isPcapng(input)) {
            read(input);
        }
    }

    @FuzzTest
    void pcapng(byte[] input) throws CaptureException {
        if (isPcapng(input)) {
            read(input);
        }
    }

    private static boolean isPcapng(byte[] input) {
        return input.length >= Integer.BYTES && ByteBuffer.wrap(input).getInt(0) == PcapngFormat.SECTION_HEADER;
    }

    private static void read(byte[] input) throws CaptureException {
        if (input.length > MAX_FILE) {
            return;
        }
        // As long as the file, so that a byte past the file is a byte past the buffer.
        ByteBuffer memory = MEMORY.slice(MAX_FILE - input.length, input.length);
        long datagrams = 0;
        try (CaptureReader reader = CaptureReader.of(NAME, new Bytes(input), memory)) {
            DatagramReader datagramReader = new DatagramReader(reader);
            try {
                while (datagramReader.next()) {
                    datagrams++;
                    check(datagramReader.datagram(), datagramReader.record(), input);
                }
            } finally {
                require(datagrams == datagramReader.counters().get(CaptureCounter.DATAGRAMS));
            }
            Counters<CaptureCounter> seen = datagramReader.counters();
            PlantedFault.at(seen.get(CaptureCounter.NOT_UDP) > 0 & seen.get(CaptureCounter.MALFORMED) > 0
                & seen.get(CaptureCounter.TRUNCATED) > 0);
        } catch (CaptureException refused) {
            require(refused.getMessage().startsWith(NAME.toString()));
        }
    }

    private static void check(Datagram datagram, CaptureRecord record, byte[] input) {
        require(record.offset() >= 0 && record.offset() + record.capturedLength() <= record.segment().byteSize());
        require(datagram.length() >= 0 && datagram.offset() >= 0
            && datagram.offset() + datagram.length() <= datagram.segment().byteSize());
        if (datagram.segment() != record.segment()) {
            byte[] payload = datagram.segment().asSlice(datagram.offset(), datagram.length()).toArray(ValueLayout.JAVA_BYTE);
            for (int at = 0; at < payload.length; at += FRAGMENT_UNIT) {
                require(contains(input, payload, at, Math.min(at + FRAGMENT_UNIT, payload.length)));
            }
        }
    }

    private static boolean contains(byte[] input, byte[] payload, int from, int to) {
        for (int at = 0; at + to - from <= input.length; at++) {
            if (Arrays.equals(input, at, at + to - from, payload, from, to)) {
                return true;
            }
        }
        return false;
    }

    private static void require(boolean condition) {
        if (!condition) {
            throw new AssertionError();
        }
    }

    /** A file's bytes, once. */
    private static final class Bytes implements ReadableByteChannel {

        private final byte[] input;
        private boolean read;

        Bytes(byte[] input) {
            this.input = input;
        }

        @Override
        public int read(ByteBuffer to) {
            if (read) {
                return -1;
            }
            to.put(input);
            read = true;
            return input.length;
        }

        @Override
        public boolean isOpen() {
            return true;
        }

        @Override
        public void close() {
            // nothing is open
        }
    }
}
