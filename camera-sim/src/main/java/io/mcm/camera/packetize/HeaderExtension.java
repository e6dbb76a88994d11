package io.mcm.camera.packetize;

import io.mcm.rtp.HeaderExtensions;
import io.mcm.rtp.RtpPacket;
import java.io.ByteArrayOutputStream;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;

/**
 * The header extension of every packet: fixed bytes, in which the time of sending may stand (RFC 3550 section 5.3.1, RFC 8285).
 *
 * <pre>
 *   one-byte:1=ntp-64,2=hex:00ff     elements by id: the NTP time of sending (RFC 6051 section 3.3), or bytes
 *   two-byte:1=ntp-64                the same in the two-byte form
 *   onvif                            the replay extension of ONVIF's streaming specification, section 6.3: 0xABAC and the NTP time
 * </pre>
 */
public final class HeaderExtension {

    /** No extension at all. */
    public static final HeaderExtension NONE = new HeaderExtension(new byte[0], List.of());

    private static final ValueLayout.OfLong U64 = ValueLayout.JAVA_LONG_UNALIGNED.withOrder(ByteOrder.BIG_ENDIAN);
    private static final String USAGE = "; expected one-byte:ID=VALUE,... or two-byte:ID=VALUE,... with a VALUE of ntp-64 or hex:BYTES, or onvif";
    private static final int ONVIF_REPLAY = 0xABAC;
    private static final int HEADER_LENGTH = 4;
    private static final int MAX_ID_ONE_BYTE = 14;
    private static final int MAX_ID_TWO_BYTE = 255;
    private static final int MAX_DATA_ONE_BYTE = 16;
    private static final int MAX_DATA_TWO_BYTE = 255;
    /** Seconds from 1900, NTP's beginning, to 1970. */
    private static final long NTP_EPOCH = 2_208_988_800L;
    private static final long NANOS_PER_SECOND = 1_000_000_000L;

    private final MemorySegment template;
    private final long[] times;

    private HeaderExtension(byte[] bytes, List<Integer> times) {
        template = MemorySegment.ofArray(bytes);
        this.times = times.stream().mapToLong(Integer::longValue).toArray();
    }

    /** @throws IllegalArgumentException if it is none; the message shows what is allowed */
    public static HeaderExtension parse(String text) {
        if (text.equals("onvif")) {
            return finished(ONVIF_REPLAY, new byte[Long.BYTES + RtpPacket.WORD], List.of(HEADER_LENGTH));
        }
        boolean one = text.startsWith("one-byte:");
        if (!one && !text.startsWith("two-byte:")) {
            throw new IllegalArgumentException("'" + text + "'" + USAGE);
        }
        ByteArrayOutputStream elements = new ByteArrayOutputStream();
        List<Integer> times = new ArrayList<>();
        for (String element : text.substring(text.indexOf(':') + 1).split(",")) {
            add(element, one, elements, times);
        }
        return finished(one ? HeaderExtensions.ONE_BYTE : HeaderExtensions.TWO_BYTE, elements.toByteArray(), times);
    }

    private static void add(String element, boolean one, ByteArrayOutputStream elements, List<Integer> times) {
        try {
            int equals = element.indexOf('=');
            int id = Integer.parseInt(element.substring(0, equals));
            String value = element.substring(equals + 1);
            boolean time = value.equals("ntp-64");
            byte[] data = time ? new byte[Long.BYTES] : HexFormat.of().parseHex(value.substring(value.indexOf("hex:") + 4));
            if (id < 1 || id > (one ? MAX_ID_ONE_BYTE : MAX_ID_TWO_BYTE) || data.length > (one ? MAX_DATA_ONE_BYTE : MAX_DATA_TWO_BYTE)
                || one && data.length == 0 || !time && !value.startsWith("hex:")) {
                throw new IllegalArgumentException();
            }
            elements.writeBytes(one ? new byte[] {(byte) (id << 4 | data.length - 1)} : new byte[] {(byte) id, (byte) data.length});
            if (time) {
                times.add(HEADER_LENGTH + elements.size());
            }
            elements.writeBytes(data);
        } catch (IllegalArgumentException | IndexOutOfBoundsException e) {
            throw new IllegalArgumentException("element '" + element + "'" + USAGE + "; one-byte elements have ids 1 to 14 and 1 to 16 bytes,"
                + " two-byte ones ids 1 to 255 and 0 to 255 bytes (RFC 8285 section 4)", e);
        }
    }

    private static HeaderExtension finished(int profile, byte[] data, List<Integer> times) {
        int words = (data.length + RtpPacket.WORD - 1) / RtpPacket.WORD;
        byte[] whole = new byte[HEADER_LENGTH + words * RtpPacket.WORD];
        whole[0] = (byte) (profile >> Byte.SIZE);
        whole[1] = (byte) profile;
        whole[2] = (byte) (words >> Byte.SIZE);
        whole[3] = (byte) words;
        System.arraycopy(data, 0, whole, HEADER_LENGTH, data.length);
        return new HeaderExtension(whole, times);
    }

    /** Bytes with its own header; 0 if there is none. */
    int length() {
        return (int) template.byteSize();
    }

    /** @param sendNanos since 1970 UTC */
    void write(MemorySegment to, long offset, long sendNanos) {
        MemorySegment.copy(template, 0, to, offset, template.byteSize());
        for (long time : times) {
            to.set(U64, offset + time, ntp(sendNanos));
        }
    }

    /** Seconds since 1900 in the high 32 bits, the fraction in the low ones (RFC 5905 section 6). */
    static long ntp(long nanos) {
        long seconds = Math.floorDiv(nanos, NANOS_PER_SECOND);
        long fraction = (Math.floorMod(nanos, NANOS_PER_SECOND) << Integer.SIZE) / NANOS_PER_SECOND;
        return seconds + NTP_EPOCH << Integer.SIZE | fraction;
    }
}
