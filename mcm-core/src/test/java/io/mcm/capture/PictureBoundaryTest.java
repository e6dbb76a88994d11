package io.mcm.capture;

import static org.assertj.core.api.Assertions.assertThat;

import io.mcm.h264.Depacketizer;
import io.mcm.h264.NalUnitOrigin;
import io.mcm.h264.NalUnitSink;
import io.mcm.h264.PictureBoundary;
import io.mcm.h264.parameter.ParameterSets;
import io.mcm.rtp.ReceiverConfig;
import io.mcm.rtp.RtpCounter;
import io.mcm.rtp.RtpPacket;
import io.mcm.rtp.RtpReceiver;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.file.Path;
import java.util.OptionalInt;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What the slices say of access units against what the captures' timestamps and markers say. */
class PictureBoundaryTest {

    static Stream<Path> captures() throws IOException {
        return Captures.all().stream();
    }

    /** Gives every whole unit to the boundary, and counts. */
    private static final class Starts implements NalUnitSink {

        private final ParameterSets sets = new ParameterSets();
        private final PictureBoundary boundary = new PictureBoundary(sets);
        private final ByteArrayOutputStream unit = new ByteArrayOutputStream();
        private int starts;

        @Override
        public void begin(NalUnitOrigin origin, int header) {
            unit.reset();
            unit.write(header);
        }

        @Override
        public void append(MemorySegment from, long offset, int length) {
            unit.writeBytes(from.asSlice(offset, length).toArray(ValueLayout.JAVA_BYTE));
        }

        @Override
        public void end() {
            MemorySegment whole = MemorySegment.ofArray(unit.toByteArray());
            sets.accept(whole);
            starts += boundary.startsAccessUnit(whole.get(ValueLayout.JAVA_BYTE, 0) & 0xff, whole, 1, unit.size() - 1) ? 1 : 0;
        }

        @Override
        public void abandon() {
            unit.reset();
        }

        @Override
        public void endAccessUnit() {
            // That is what is not to be looked at here.
        }
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("captures")
    void slicesTellTheAccessUnitsThatTimestampsAndMarkersTell(Path file) throws CaptureException {
        StreamSelection selection;
        try {
            selection = StreamSelection.of(RtpStreams.scan(file), OptionalInt.empty(), OptionalInt.empty());
        } catch (CaptureException noStream) {
            assertThat(noStream).hasMessageContaining("no H.264 over RTP");
            return;
        }
        Starts starts = new Starts();
        Depacketizer depacketizer = new Depacketizer(starts);
        RtpReceiver receiver = new RtpReceiver(ReceiverConfig.defaults(), depacketizer);
        try (RtpPacketReader reader = RtpPacketReader.open(file, selection)) {
            while (reader.next()) {
                RtpPacket packet = reader.packet();
                receiver.accept(packet.segment(), packet.base(), packet.length(), reader.arrivalNanos());
            }
        }
        receiver.flush();
        long accessUnits = selection.streams().stream().mapToLong(RtpStream::accessUnits).sum();
        assertThat(accessUnits).isPositive();
        if (receiver.counters().get(RtpCounter.LOST) == 0) {
            assertThat(starts.starts).isEqualTo(accessUnits);
        } else {
            // A lost slice can hide an access unit; one that came whole is never cut in two.
            assertThat(starts.starts).isBetween(1, (int) accessUnits);
        }
    }
}
