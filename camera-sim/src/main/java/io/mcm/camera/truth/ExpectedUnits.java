package io.mcm.camera.truth;

import io.mcm.h264.NalType;
import io.mcm.rtp.RtpPacket;
import java.io.ByteArrayOutputStream;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.LongFunction;

/**
 * The NAL units that a receiver must deliver: those of the source whose packets were all delivered, next to each other and with one
 * timestamp. For packetization modes 0 and 1 (RFC 6184), and packets that are not damaged.
 */
public final class ExpectedUnits {

    private static final int SIZE_LENGTH = 2;
    private static final int FU_HEADERS_LENGTH = 2;
    private static final int U8 = 0xff;
    private static final int TYPE = 0x1f;
    private static final int START = 0x80;
    private static final int END = 0x40;

    private final List<byte[]> units = new ArrayList<>();
    /** The fragments of a unit whose start was delivered, or null. */
    private ByteArrayOutputStream open;
    private int timestamp;

    private ExpectedUnits() {}

    /** @param source the source's packets by number */
    public static List<byte[]> of(Reception reception, LongFunction<byte[]> source) {
        ExpectedUnits expected = new ExpectedUnits();
        for (Truth.Sent packet : reception.deliveredAndBreaks()) {
            if (packet == null) {
                expected.open = null;
            } else {
                expected.add(payload(source.apply(packet.packet())), packet.header().timestamp());
            }
        }
        return expected.units;
    }

    private static byte[] payload(byte[] packet) {
        RtpPacket view = new RtpPacket();
        view.wrap(MemorySegment.ofArray(packet), 0, packet.length);
        return view.segment().asSlice(view.payloadStart(), view.payloadLength()).toArray(ValueLayout.JAVA_BYTE);
    }

    private void add(byte[] payload, int packetTimestamp) {
        int type = payload[0] & TYPE;
        if (type == NalType.FU_A) {
            fragment(payload, packetTimestamp);
            return;
        }
        open = null;
        if (type == NalType.STAP_A) {
            aggregate(payload);
        } else {
            units.add(payload);
        }
    }

    private void aggregate(byte[] payload) {
        int at = 1;
        while (at + SIZE_LENGTH < payload.length) {
            int size = (payload[at] & U8) << Byte.SIZE | payload[at + 1] & U8;
            units.add(Arrays.copyOfRange(payload, at + SIZE_LENGTH, at + SIZE_LENGTH + size));
            at += SIZE_LENGTH + size;
        }
    }

    private void fragment(byte[] payload, int packetTimestamp) {
        int header = payload[1] & U8;
        if ((header & START) != 0) {
            open = new ByteArrayOutputStream();
            open.write(payload[0] & ~TYPE | header & TYPE);
            timestamp = packetTimestamp;
        } else if (open == null || packetTimestamp != timestamp) {
            open = null;
            return;
        }
        open.write(payload, FU_HEADERS_LENGTH, payload.length - FU_HEADERS_LENGTH);
        if ((header & END) != 0) {
            units.add(open.toByteArray());
            open = null;
        }
    }
}
