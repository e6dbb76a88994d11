package io.mcm.cli;

import io.mcm.h264.NalHeader;
import io.mcm.h264.NalUnitOrigin;
import io.mcm.h264.NalUnitSink;
import io.mcm.h264.parameter.AvcDecoderConfiguration;
import io.mcm.h264.parameter.ParameterSetCollector;
import io.mcm.h264.parameter.ParameterSetException;
import io.mcm.h264.parameter.ParameterSets;
import java.io.BufferedOutputStream;
import java.io.Closeable;
import java.io.IOException;
import java.io.OutputStream;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.file.Files;
import java.nio.file.Path;

/** A file of whole NAL units; in the form {@code avc} the avcC record of their last parameter sets is written beside it at the end. */
final class UnitFile implements NalUnitSink, Closeable {

    private static final int OUTPUT_BUFFER = 1 << 18;
    private static final NalUnitOrigin NO_PACKET = NalUnitOrigin.of(0, 0, 0);

    private final Path file;
    private final UnitFormat format;
    private final OutputStream out;
    private final NalUnitSink writer;
    private final ParameterSets sets = new ParameterSets();
    private final ParameterSetCollector collector = new ParameterSetCollector(sets);

    private UnitFile(Path file, UnitFormat format, OutputStream out) {
        this.file = file;
        this.format = format;
        this.out = out;
        writer = format.writer(out);
    }

    static UnitFile create(Path file, UnitFormat format) throws IOException {
        return new UnitFile(file, format, new BufferedOutputStream(Files.newOutputStream(file), OUTPUT_BUFFER));
    }

    /** A unit that no packet brought, its header byte first. */
    void write(MemorySegment unit) {
        begin(NO_PACKET, unit.get(ValueLayout.JAVA_BYTE, 0) & 0xff);
        append(unit, NalHeader.LENGTH, (int) unit.byteSize() - NalHeader.LENGTH);
        end();
    }

    @Override
    public void begin(NalUnitOrigin origin, int header) {
        collector.begin(header);
        writer.begin(origin, header);
    }

    @Override
    public void append(MemorySegment from, long offset, int length) {
        collector.append(from, offset, length);
        writer.append(from, offset, length);
    }

    @Override
    public void end() {
        collector.end();
        writer.end();
    }

    @Override
    public void abandon() {
        writer.abandon();
    }

    @Override
    public void endAccessUnit() {
        writer.endAccessUnit();
    }

    @Override
    public void close() throws IOException {
        out.close();
        if (format == UnitFormat.AVC) {
            writeConfiguration();
        }
    }

    private void writeConfiguration() throws IOException {
        Path beside = file.resolveSibling(file.getFileName() + ".avcC");
        try {
            Files.write(beside, AvcDecoderConfiguration.of(sets).bytes());
        } catch (ParameterSetException e) {
            throw new EnvironmentException("cannot make " + beside + ": " + e.getMessage() + "; --sdp FILE brings what the stream has not", e);
        }
    }
}
