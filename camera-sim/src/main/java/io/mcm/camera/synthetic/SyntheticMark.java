package io.mcm.camera.synthetic;

import io.mcm.h264.NalHeader;
import io.mcm.h264.NalType;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;

/**
 * The mark in an SEI unit before every synthetic picture: which frame it is, and when it was to be sent (ITU-T H.264 section D.1.7,
 * user_data_unregistered). Who receives the video computes loss and latency from it alone. Reusable; allocates nothing.
 *
 * <pre>
 *   | 06 | 05 | 20 |       UUID       |  frame number  |  intended send time  | 80 |       big endian, before emulation prevention
 *                        16 bytes           u64          u64, ns since 1970
 * </pre>
 */
public final class SyntheticMark {

    /** b3e1c5d8-6c0f-4f1e-9a57-6d636d73796e: ours, by chance but for its end. */
    static final long UUID_HIGH = 0xb3e1c5d86c0f4f1eL;
    static final long UUID_LOW = 0x9a576d636d73796eL;

    private static final int USER_DATA_UNREGISTERED = 5;
    private static final int LENGTH = 4 * Long.BYTES;
    private static final int EMULATION_PREVENTION = 3;

    private MemorySegment unit;
    private long next;
    private long end;
    private int zeros;
    private long frame;
    private long sendNanos;

    static void write(UnitWriter out, long frame, long sendNanos) {
        out.begin(NalType.SEI).u(8, USER_DATA_UNREGISTERED).u(8, LENGTH);
        u64(out, UUID_HIGH);
        u64(out, UUID_LOW);
        u64(out, frame);
        u64(out, sendNanos);
        out.end();
    }

    private static void u64(UnitWriter out, long value) {
        out.u(32, value >>> 32).u(32, value);
    }

    /**
     * Reads a NAL unit of any type, without start code.
     *
     * @return whether it is a mark: {@link #frame} and {@link #sendNanos} are its
     */
    public boolean read(MemorySegment unit, long offset, int length) {
        this.unit = unit;
        next = offset;
        end = offset + length;
        zeros = 0;
        if (length < NalHeader.LENGTH + 2 + LENGTH || NalHeader.type(u8()) != NalType.SEI || u8() != USER_DATA_UNREGISTERED
            || u8() != LENGTH || u64() != UUID_HIGH || u64() != UUID_LOW) {
            return false;
        }
        frame = u64();
        sendNanos = u64();
        return next <= end;
    }

    /** See {@link #read(MemorySegment, long, int)}. */
    public boolean read(MemorySegment unit) {
        return read(unit, 0, (int) unit.byteSize());
    }

    /** Of the picture in output order, from 0. */
    public long frame() {
        return frame;
    }

    /** When the first packet of the access unit was to be sent, nanoseconds since 1970 UTC. */
    public long sendNanos() {
        return sendNanos;
    }

    private long u64() {
        long value = 0;
        for (int i = 0; i < Long.BYTES; i++) {
            value = value << Byte.SIZE | u8();
        }
        return value;
    }

    /** The next byte that is not there for emulation prevention; 0 past the end. */
    private int u8() {
        int value = raw();
        if (zeros == 2 && value == EMULATION_PREVENTION) {
            zeros = 0;
            value = raw();
        }
        zeros = value == 0 ? zeros + 1 : 0;
        return value;
    }

    private int raw() {
        long at = next++;
        return at < end ? unit.get(ValueLayout.JAVA_BYTE, at) & 0xff : 0;
    }
}
