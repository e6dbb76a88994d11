package io.mcm.capture;

/**
 * The classic pcap file (draft-ietf-opsawg-pcap): a file header, then records.
 *
 * <pre>
 *    0                   1                   2                   3
 *    0 1 2 3 4 5 6 7 8 9 0 1 2 3 4 5 6 7 8 9 0 1 2 3 4 5 6 7 8 9 0 1
 *   +-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+
 *   |                             magic                             |  file header, in the writer's byte order
 *   +-------------------------------+-------------------------------+
 *   |         major version         |         minor version         |
 *   +-------------------------------+-------------------------------+
 *   |                      reserved (2 words)                       |
 *   +---------------------------------------------------------------+
 *   |                          snap length                          |
 *   +---------------------------------------------------------------+
 *   |     FCS, reserved             |           link type           |
 *   +===============================================================+
 *   |                            seconds                            |  record header
 *   +---------------------------------------------------------------+
 *   |                  microseconds or nanoseconds                  |
 *   +---------------------------------------------------------------+
 *   |                        captured length                        |
 *   +---------------------------------------------------------------+
 *   |                        original length                        |
 *   +---------------------------------------------------------------+
 *   |       interface, protocol, packet type, pad (2 words)         |  only with the modified magic
 *   +---------------------------------------------------------------+
 * </pre>
 */
final class PcapFormat implements CaptureFormat {

    static final int MAGIC_MICROS = 0xa1b2c3d4;
    static final int MAGIC_NANOS = 0xa1b23c4d;
    /** Alexey Kuznetsov's modified libpcap: longer record headers. */
    static final int MAGIC_MODIFIED = 0xa1b2cd34;

    private static final int FILE_HEADER_LENGTH = 24;
    private static final int LINK_TYPE_OFFSET = 20;
    private static final int LINK_TYPE_MASK = 0xffff;

    private static final int RECORD_HEADER_LENGTH = 16;
    private static final int MODIFIED_RECORD_HEADER_LENGTH = 24;
    private static final int SECONDS_OFFSET = 0;
    private static final int FRACTION_OFFSET = 4;
    private static final int CAPTURED_LENGTH_OFFSET = 8;
    private static final int ORIGINAL_LENGTH_OFFSET = 12;

    private static final long NANOS_PER_SECOND = 1_000_000_000L;
    private static final int NANOS_PER_MICRO = 1_000;
    /** Two neighbouring records of a capture are never further apart, or the search behind a damage would believe anything. */
    private static final long MAX_GAP_SECONDS = 3_600;

    private final CaptureInput input;
    private final int linkType;
    private final int recordHeaderLength;
    private final int nanosPerFraction;

    /** @param magic the file's first word, which also told the input its byte order */
    PcapFormat(CaptureInput input, int magic) throws CaptureException {
        this.input = input;
        int there = input.ensure(FILE_HEADER_LENGTH);
        if (there < FILE_HEADER_LENGTH) {
            throw new CaptureException(input.file(), "cut in the file header: " + FILE_HEADER_LENGTH + " bytes are needed, "
                + there + " are there");
        }
        linkType = input.i32(LINK_TYPE_OFFSET) & LINK_TYPE_MASK;
        recordHeaderLength = magic == MAGIC_MODIFIED ? MODIFIED_RECORD_HEADER_LENGTH : RECORD_HEADER_LENGTH;
        nanosPerFraction = magic == MAGIC_NANOS ? 1 : NANOS_PER_MICRO;
        input.advance(FILE_HEADER_LENGTH);
    }

    @Override
    public boolean next(CaptureRecord record) throws CaptureException {
        long number = record.number() + 1;
        int there = input.ensure(recordHeaderLength);
        if (there == 0) {
            return false;
        }
        if (there < recordHeaderLength) {
            throw CaptureFormat.cut(input, number, recordHeaderLength, there);
        }
        int captured = CaptureFormat.checkedLength(input, number, input.u32(CAPTURED_LENGTH_OFFSET));
        int whole = input.ensure(recordHeaderLength + captured);
        if (whole < recordHeaderLength + captured) {
            throw CaptureFormat.cut(input, number, captured, whole - recordHeaderLength);
        }
        long nanos = input.u32(SECONDS_OFFSET) * NANOS_PER_SECOND + input.u32(FRACTION_OFFSET) * nanosPerFraction;
        record.describe(nanos, linkType, captured, input.u32(ORIGINAL_LENGTH_OFFSET));
        record.place(input.segment(), input.position() + recordHeaderLength);
        input.advance(whole);
        return true;
    }

    /** Nothing marks a record's beginning: it is where two headers in a row make sense, or one and the file's end. */
    @Override
    public boolean resume(CaptureRecord last) throws CaptureException {
        long seconds = last.timestampNanos() / NANOS_PER_SECOND;
        while (input.ensure(recordHeaderLength + 1) > recordHeaderLength) {
            input.advance(1);
            if (isPlausible(0, seconds) && isPlausibleBehind(seconds)) {
                return true;
            }
        }
        return false;
    }

    private boolean isPlausibleBehind(long seconds) throws CaptureException {
        int next = recordHeaderLength + input.i32(CAPTURED_LENGTH_OFFSET);
        int there = input.ensure(next + recordHeaderLength);
        return there == next || there == next + recordHeaderLength && isPlausible(next, seconds);
    }

    private boolean isPlausible(int at, long seconds) {
        long captured = input.u32(at + CAPTURED_LENGTH_OFFSET);
        return captured > 0 && captured <= CaptureInput.MAX_FRAME && captured <= input.u32(at + ORIGINAL_LENGTH_OFFSET)
            && input.u32(at + FRACTION_OFFSET) < NANOS_PER_SECOND / nanosPerFraction
            && (seconds == 0 || Math.abs(input.u32(at + SECONDS_OFFSET) - seconds) <= MAX_GAP_SECONDS);
    }
}
