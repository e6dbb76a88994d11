package io.mcm.camera.cli;

import io.mcm.camera.packetize.PacketizedSource;
import io.mcm.camera.packetize.PayloadConfig;
import io.mcm.camera.packetize.RtpConfig;
import io.mcm.camera.packetize.StreamSdp;
import io.mcm.camera.source.NalUnitSource;
import io.mcm.camera.source.SendClock;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** A stream that the camera packetizes itself: what its packets are like, and its NAL units from the start as often as they are wanted. */
record UnitStream(PayloadConfig payload, RtpConfig rtp, Units units) {

    UnitStream {
        payload.check(rtp);
    }

    /** Opens the NAL units. */
    @FunctionalInterface
    interface Units {

        /** @param passes how often what is finite is sent; 0 for without end */
        NalUnitSource open(int passes, SendClock clock) throws IOException;
    }

    PacketizedSource open(int passes, SendClock clock) throws IOException {
        return new PacketizedSource(units.open(passes, clock), payload, rtp, clock);
    }

    String sdp(InetSocketAddress to) throws IOException {
        return StreamSdp.text(to, payload, rtp, parameterSets());
    }

    /** NAL units of the stream, as far as they are known before it begins. */
    List<byte[]> parameterSets() throws IOException {
        try (NalUnitSource source = units.open(1, dueNanos -> dueNanos)) {
            return source.parameterSets();
        }
    }

    /** One line for people. */
    String text() {
        return String.format(Locale.ROOT, "stream      SSRC 0x%08x, payload type %d, packetization mode %d%n", rtp.ssrc(), rtp.payloadType(),
            payload.mode().ordinal());
    }

    Map<String, Object> json() {
        Map<String, Object> all = new LinkedHashMap<>();
        all.put("ssrc", Integer.toUnsignedLong(rtp.ssrc()));
        all.put("payload_type", rtp.payloadType());
        all.put("packetization_mode", payload.mode().ordinal());
        return all;
    }
}
