package io.mcm.conformance.suite;

import static io.mcm.conformance.suite.ReceiverFault.IGNORES_THE_LENGTH_OF_THE_HEADER;
import static io.mcm.conformance.suite.ReceiverFault.KEEPS_SIXTEEN_BITS_OF_A_LENGTH;
import static io.mcm.conformance.suite.ReceiverFault.SWAPS_UNITS;
import static io.mcm.conformance.suite.ReceiverFault.TRUSTS_THE_LENGTH_OF_THE_HEADER;
import static io.mcm.conformance.suite.ReceiverFault.WRITES_EACH_UNIT_TWICE;
import static io.mcm.conformance.suite.ReceiverFault.WRITES_NO_START_CODE;
import static io.mcm.conformance.suite.ReceiverFault.WRITES_THE_HEADER;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;

/** What a {@link FaultyReceiver} writes of the buffers that it takes. */
final class ReceiverFile {

    private static final int HEADER = 14;
    private static final int LENGTH_OFFSET = 6;
    private static final int START_CODE = 4;
    private static final int SIXTEEN_BITS = 0xffff;

    private final ReceiverFault fault;
    private final Path path;
    private final ByteArrayOutputStream units = new ByteArrayOutputStream();
    private byte[] kept;

    ReceiverFile(ReceiverFault fault, Path path) {
        this.fault = fault;
        this.path = path;
    }

    void append(byte[] buffer) {
        long length = buffer.length < HEADER ? -1 : ByteBuffer.wrap(buffer).order(ByteOrder.LITTLE_ENDIAN).getLong(LENGTH_OFFSET);
        boolean good = length >= 0 && length <= buffer.length - HEADER;
        boolean trusted = fault == TRUSTS_THE_LENGTH_OF_THE_HEADER && length > 0 && length <= SIXTEEN_BITS;
        if (good || trusted) {
            unit(Arrays.copyOfRange(buffer, from(), Math.max(from(), to(buffer, length))));
        }
    }

    private int from() {
        return fault == WRITES_THE_HEADER ? 0 : fault == WRITES_NO_START_CODE ? HEADER + START_CODE : HEADER;
    }

    private int to(byte[] buffer, long length) {
        int used = (int) (fault == KEEPS_SIXTEEN_BITS_OF_A_LENGTH ? length & SIXTEEN_BITS : length);
        return fault == IGNORES_THE_LENGTH_OF_THE_HEADER ? buffer.length : HEADER + used;
    }

    private void unit(byte[] unit) {
        if (fault == SWAPS_UNITS && kept == null) {
            kept = unit;
            return;
        }
        units.writeBytes(unit);
        if (fault == WRITES_EACH_UNIT_TWICE) {
            units.writeBytes(unit);
        }
        if (kept != null) {
            units.writeBytes(kept);
            kept = null;
        }
    }

    void write() throws IOException {
        Files.write(path, units.toByteArray());
    }
}
