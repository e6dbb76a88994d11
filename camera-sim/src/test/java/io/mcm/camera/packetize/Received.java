package io.mcm.camera.packetize;

import io.mcm.h264.Depacketizer;
import io.mcm.h264.DepacketizerConfig;
import io.mcm.h264.Interleaving;
import io.mcm.h264.NalUnitOrigin;
import io.mcm.h264.NalUnitSink;
import io.mcm.rtp.RtpPacket;
import java.io.ByteArrayOutputStream;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.util.ArrayList;
import java.util.List;

/** What our own depacketizer makes of packets. */
public final class Received implements NalUnitSink {

    private final List<byte[]> units = new ArrayList<>();
    private final ByteArrayOutputStream open = new ByteArrayOutputStream();

    private Received() {}

    /** The whole NAL units, in order. */
    public static List<byte[]> units(List<byte[]> packets) {
        return units(packets, DepacketizerConfig.defaults());
    }

    static List<byte[]> units(List<byte[]> packets, int interleavingDepth) {
        return units(packets, DepacketizerConfig.defaults().withInterleaving(Interleaving.defaults().withDepth(interleavingDepth)));
    }

    private static List<byte[]> units(List<byte[]> packets, DepacketizerConfig config) {
        Received received = new Received();
        Depacketizer depacketizer = new Depacketizer(config, received);
        RtpPacket view = new RtpPacket();
        for (int i = 0; i < packets.size(); i++) {
            if (view.wrap(MemorySegment.ofArray(packets.get(i)), 0, packets.get(i).length) != RtpPacket.Validity.VALID) {
                throw new AssertionError("packet " + i + " is not valid");
            }
            depacketizer.packet(view, i, i);
        }
        depacketizer.end();
        return received.units;
    }

    @Override
    public void begin(NalUnitOrigin origin, int header) {
        open.reset();
        open.write(header);
    }

    @Override
    public void append(MemorySegment from, long offset, int length) {
        open.writeBytes(from.asSlice(offset, length).toArray(ValueLayout.JAVA_BYTE));
    }

    @Override
    public void end() {
        units.add(open.toByteArray());
    }

    @Override
    public void abandon() {
        throw new AssertionError("a unit was abandoned");
    }

    @Override
    public void endAccessUnit() {
        // Markers are looked at where they are meant.
    }
}
