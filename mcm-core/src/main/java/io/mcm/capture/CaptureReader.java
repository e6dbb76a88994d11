package io.mcm.capture;

import io.mcm.metric.FileTrouble;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.ReadableByteChannel;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/**
 * The records of a pcap or pcapng file, one after the other, through one buffer. {@code while (reader.next()) use(reader.record())}.
 * What is wrong with a file is thrown where it is met: the records before it have been delivered.
 */
public final class CaptureReader implements AutoCloseable {

    private static final int MAGIC_LENGTH = 4;

    private final CaptureInput input;
    private final CaptureFormat format;
    private final CaptureRecord record = new CaptureRecord();

    private CaptureReader(CaptureInput input, CaptureFormat format) {
        this.input = input;
        this.format = format;
    }

    /** @throws CaptureException if the file is missing, empty or neither pcap nor pcapng */
    public static CaptureReader open(Path file) throws CaptureException {
        return of(file, channel(file), ByteBuffer.allocateDirect(CaptureInput.CAPACITY));
    }

    /** See {@link CaptureInput} for the buffer; closes the channel. */
    static CaptureReader of(Path name, ReadableByteChannel channel, ByteBuffer buffer) throws CaptureException {
        CaptureInput input = new CaptureInput(name, channel, buffer);
        try {
            return new CaptureReader(input, formatOf(input));
        } catch (CaptureException e) {
            input.close();
            throw e;
        }
    }

    private static FileChannel channel(Path file) throws CaptureException {
        if (Files.isDirectory(file)) {
            throw new CaptureException(file, "is a directory; a pcap or pcapng file is needed");
        }
        try {
            return FileChannel.open(file, StandardOpenOption.READ);
        } catch (NoSuchFileException e) {
            throw new CaptureException(file, "no such file", e);
        } catch (IOException e) {
            throw new CaptureException(file, "cannot be opened: " + FileTrouble.reason(e), e);
        }
    }

    private static CaptureFormat formatOf(CaptureInput input) throws CaptureException {
        int there = input.ensure(MAGIC_LENGTH);
        if (there == 0) {
            throw new CaptureException(input.file(), "is empty; a pcap or pcapng file is needed");
        }
        int magic = there < MAGIC_LENGTH ? 0 : input.i32(0);
        if (magic == PcapngFormat.SECTION_HEADER) {
            return new PcapngFormat(input);
        }
        input.bigEndian(!isPcap(magic));
        if (there < MAGIC_LENGTH || !isPcap(input.i32(0))) {
            throw new CaptureException(input.file(), startsWith(input, there));
        }
        return new PcapFormat(input, input.i32(0));
    }

    private static boolean isPcap(int magic) {
        return magic == PcapFormat.MAGIC_MICROS || magic == PcapFormat.MAGIC_NANOS || magic == PcapFormat.MAGIC_MODIFIED;
    }

    private static String startsWith(CaptureInput input, int there) {
        StringBuilder bytes = new StringBuilder();
        for (int i = 0; i < there; i++) {
            bytes.append("%02x".formatted(input.u8(i)));
        }
        return "not a capture: it starts with " + bytes + "; allowed are pcap (%08x, %08x, %08x in either byte order) and pcapng (%08x)"
            .formatted(PcapFormat.MAGIC_MICROS, PcapFormat.MAGIC_NANOS, PcapFormat.MAGIC_MODIFIED, PcapngFormat.SECTION_HEADER);
    }

    /**
     * Moves {@link #record()} to the next one.
     *
     * @return false at the file's end
     * @throws CaptureException if the file is cut or damaged here
     */
    public boolean next() throws CaptureException {
        return format.next(record);
    }

    /**
     * After an exception of {@link #next}: looks for the next record behind the damaged one, which keeps its number.
     *
     * @return false where there is none: the file is cut
     */
    public boolean resume() throws CaptureException {
        record.skip();
        return format.resume(record);
    }

    /** The record that {@link #next()} found; the same view each time. */
    public CaptureRecord record() {
        return record;
    }

    public Path file() {
        return input.file();
    }

    @Override
    public void close() throws CaptureException {
        input.close();
    }
}
