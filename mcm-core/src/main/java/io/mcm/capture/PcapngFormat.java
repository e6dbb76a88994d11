package io.mcm.capture;

import java.util.ArrayList;
import java.util.List;

/**
 * The pcapng file (draft-ietf-opsawg-pcapng): sections of blocks, each section with its own byte order and interfaces.
 *
 * <pre>
 *    0                   1                   2                   3
 *    0 1 2 3 4 5 6 7 8 9 0 1 2 3 4 5 6 7 8 9 0 1 2 3 4 5 6 7 8 9 0 1
 *   +-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+
 *   |                          block type                           |
 *   +---------------------------------------------------------------+
 *   |                      block total length                       |  of everything here, both lengths included
 *   +---------------------------------------------------------------+
 *   /                             body                              /  packets: fields, data, padding, options
 *   +---------------------------------------------------------------+
 *   |                      block total length                       |
 *   +---------------------------------------------------------------+
 * </pre>
 */
final class PcapngFormat implements CaptureFormat {

    static final int SECTION_HEADER = 0x0a0d0d0a;
    private static final int INTERFACE_DESCRIPTION = 1;
    private static final int OBSOLETE_PACKET = 2;
    private static final int SIMPLE_PACKET = 3;
    private static final int ENHANCED_PACKET = 6;

    private static final int TYPE_OFFSET = 0;
    private static final int LENGTH_OFFSET = 4;
    private static final int BODY_OFFSET = 8;
    private static final int TRAILER_LENGTH = 4;
    private static final int MIN_BLOCK_LENGTH = BODY_OFFSET + TRAILER_LENGTH;

    private static final int BYTE_ORDER_OFFSET = 8;
    private static final int BYTE_ORDER_MAGIC = 0x1a2b3c4d;
    private static final int SECTION_FIXED_LENGTH = 24;

    private static final int LINK_TYPE_OFFSET = 8;
    private static final int SNAP_LENGTH_OFFSET = 12;
    private static final int INTERFACE_FIXED_LENGTH = 16;
    private static final int OPTION_LENGTH_OFFSET = 2;
    private static final int OPTION_HEADER_LENGTH = 4;
    private static final int OPTION_END = 0;
    private static final int OPTION_RESOLUTION = 9;
    private static final int OPTION_TIME_OFFSET = 14;

    private static final int INTERFACE_ID_OFFSET = 8;
    private static final int TIME_HIGH_OFFSET = 12;
    private static final int TIME_LOW_OFFSET = 16;
    private static final int CAPTURED_LENGTH_OFFSET = 20;
    private static final int ORIGINAL_LENGTH_OFFSET = 24;
    private static final int PACKET_FIXED_LENGTH = 28;
    private static final int SIMPLE_ORIGINAL_LENGTH_OFFSET = 8;
    private static final int SIMPLE_FIXED_LENGTH = 12;

    /** Interfaces of one section: far above any machine's, so that a hostile file cannot fill the memory. */
    private static final int MAX_INTERFACES = 4_096;
    /** Options of one interface that are looked at; a filter or a comment may be long, what counts comes in few bytes. */
    private static final int MAX_OPTIONS_LENGTH = CaptureInput.MAX_FRAME;

    /** A packet's block with its options. */
    private static final int MAX_BLOCK_LENGTH = 2 * CaptureInput.MAX_FRAME;

    private final CaptureInput input;
    private final List<PcapngInterface> interfaces = new ArrayList<>();
    private CaptureRecord record;
    private long unread;

    PcapngFormat(CaptureInput input) {
        this.input = input;
    }

    @Override
    public boolean next(CaptureRecord target) throws CaptureException {
        record = target;
        while (true) {
            skipRest();
            int there = input.ensure(MIN_BLOCK_LENGTH);
            if (there == 0) {
                return false;
            }
            if (there < MIN_BLOCK_LENGTH) {
                throw cut(MIN_BLOCK_LENGTH, there);
            }
            if (readBlock()) {
                return true;
            }
        }
    }

    /** True: the block was a packet, and the record describes it. */
    private boolean readBlock() throws CaptureException {
        int type = input.i32(TYPE_OFFSET);
        if (type == SECTION_HEADER) {
            learnByteOrder();
        }
        long length = input.u32(LENGTH_OFFSET);
        if (length < MIN_BLOCK_LENGTH || length % Integer.BYTES != 0) {
            throw damaged("a block of " + length + " bytes; multiples of 4 from " + MIN_BLOCK_LENGTH + " are allowed");
        }
        unread = length;
        switch (type) {
            case SECTION_HEADER -> startSection(length);
            case INTERFACE_DESCRIPTION -> addInterface(length);
            case ENHANCED_PACKET -> timedPacket(length, input.u32(INTERFACE_ID_OFFSET));
            // Interface and drop count share the word that the enhanced block gives to the interface.
            case OBSOLETE_PACKET -> timedPacket(length, input.u16(INTERFACE_ID_OFFSET));
            case SIMPLE_PACKET -> simplePacket(length);
            default -> { }
        }
        return type == ENHANCED_PACKET || type == OBSOLETE_PACKET || type == SIMPLE_PACKET;
    }

    private void learnByteOrder() throws CaptureException {
        input.bigEndian(false);
        int magic = input.i32(BYTE_ORDER_OFFSET);
        if (magic != BYTE_ORDER_MAGIC && Integer.reverseBytes(magic) != BYTE_ORDER_MAGIC) {
            throw damaged("a section with byte-order magic 0x%08x; allowed is 0x%08x in either order".formatted(
                magic, BYTE_ORDER_MAGIC));
        }
        input.bigEndian(magic != BYTE_ORDER_MAGIC);
    }

    private void startSection(long length) throws CaptureException {
        require(length, SECTION_FIXED_LENGTH);
        interfaces.clear();
    }

    private void addInterface(long length) throws CaptureException {
        int fixed = INTERFACE_FIXED_LENGTH;
        require(length, fixed);
        if (interfaces.size() == MAX_INTERFACES) {
            throw damaged("more than the " + MAX_INTERFACES + " interfaces that a section may have");
        }
        int linkType = input.u16(LINK_TYPE_OFFSET);
        long snapLength = input.u32(SNAP_LENGTH_OFFSET);
        int optionsEnd = (int) Math.min(length - TRAILER_LENGTH, fixed + MAX_OPTIONS_LENGTH);
        require(length, optionsEnd);
        interfaces.add(withOptions(new PcapngInterface(linkType, snapLength, PcapngInterface.DEFAULT_RESOLUTION, 0), fixed, optionsEnd));
    }

    private PcapngInterface withOptions(PcapngInterface plain, int from, int end) throws CaptureException {
        int resolution = plain.resolution();
        long offsetSeconds = 0;
        int at = from;
        while (at + OPTION_HEADER_LENGTH <= end && input.u16(at) != OPTION_END) {
            int length = input.u16(at + OPTION_LENGTH_OFFSET);
            int value = at + OPTION_HEADER_LENGTH;
            if (value + length > end) {
                break;
            }
            if (input.u16(at) == OPTION_RESOLUTION && length == Byte.BYTES) {
                resolution = input.u8(value);
            } else if (input.u16(at) == OPTION_TIME_OFFSET && length == Long.BYTES) {
                offsetSeconds = input.i64(value);
            }
            at = value + padded(length);
        }
        PcapngInterface described = new PcapngInterface(plain.linkType(), plain.snapLength(), resolution, offsetSeconds);
        if (!described.resolutionAllowed()) {
            throw damaged("an interface with if_tsresol 0x%02x; allowed are 10^-0 to 10^-%d and 2^-0 to 2^-%d".formatted(
                resolution, PcapngInterface.MAX_DECIMAL, PcapngInterface.MAX_BINARY));
        }
        return described;
    }

    private void timedPacket(long length, long id) throws CaptureException {
        require(length, PACKET_FIXED_LENGTH);
        PcapngInterface from = interfaceOf(id);
        long ticks = input.u32(TIME_HIGH_OFFSET) << Integer.SIZE | input.u32(TIME_LOW_OFFSET);
        deliver(length, PACKET_FIXED_LENGTH, from.nanos(ticks), from, input.u32(CAPTURED_LENGTH_OFFSET),
            input.u32(ORIGINAL_LENGTH_OFFSET));
    }

    private void simplePacket(long length) throws CaptureException {
        require(length, SIMPLE_FIXED_LENGTH);
        PcapngInterface first = interfaceOf(0);
        long original = input.u32(SIMPLE_ORIGINAL_LENGTH_OFFSET);
        long snapped = first.snapLength() == 0 ? original : Math.min(original, first.snapLength());
        long captured = Math.min(snapped, length - SIMPLE_FIXED_LENGTH - TRAILER_LENGTH);
        deliver(length, SIMPLE_FIXED_LENGTH, 0, first, captured, original);
    }

    private void deliver(long blockLength, int dataOffset, long nanos, PcapngInterface from, long captured, long original)
            throws CaptureException {
        int checked = CaptureFormat.checkedLength(input, record.number() + 1, captured);
        if (dataOffset + (long) checked + TRAILER_LENGTH > blockLength) {
            throw damaged(checked + " captured bytes in a block of " + blockLength);
        }
        int there = input.ensure(dataOffset + checked);
        if (there < dataOffset + checked) {
            throw cut(checked, there - dataOffset);
        }
        record.describe(nanos, from.linkType(), checked, original);
        record.place(input.segment(), input.position() + dataOffset);
        consume(dataOffset + checked);
    }

    private PcapngInterface interfaceOf(long id) throws CaptureException {
        if (id >= interfaces.size()) {
            throw damaged("a packet of interface " + id + "; the section has described " + interfaces.size());
        }
        return interfaces.get((int) id);
    }

    private void require(long blockLength, int bytes) throws CaptureException {
        if (bytes + TRAILER_LENGTH > blockLength) {
            throw damaged("a block of " + blockLength + " bytes; this kind has at least " + (bytes + TRAILER_LENGTH));
        }
        int there = input.ensure(bytes);
        if (there < bytes) {
            throw cut(blockLength, there);
        }
    }

    /** Behind the damaged block, where its length can be believed; else the next thing that looks like a packet's block. */
    @Override
    public boolean resume(CaptureRecord last) throws CaptureException {
        record = last;
        if (unread > 0 && unread <= MAX_BLOCK_LENGTH && input.skip(unread)) {
            unread = 0;
            return input.ensure(MIN_BLOCK_LENGTH) == MIN_BLOCK_LENGTH;
        }
        unread = 0;
        while (input.ensure(MIN_BLOCK_LENGTH + Integer.BYTES) > MIN_BLOCK_LENGTH) {
            input.advance(Integer.BYTES);
            if (isPlausible()) {
                return true;
            }
        }
        return false;
    }

    /** Its length stands at its beginning and at its end. */
    private boolean isPlausible() throws CaptureException {
        long length = input.u32(LENGTH_OFFSET);
        if (input.i32(TYPE_OFFSET) != ENHANCED_PACKET || length < PACKET_FIXED_LENGTH || length > MAX_BLOCK_LENGTH || length % Integer.BYTES != 0) {
            return false;
        }
        return input.ensure((int) length) == length && input.u32((int) length - TRAILER_LENGTH) == length;
    }

    private void skipRest() throws CaptureException {
        if (!input.skip(unread)) {
            throw damaged("cut: the rest of a block is not there");
        }
        unread = 0;
    }

    private void consume(int bytes) {
        input.advance(bytes);
        unread -= bytes;
    }

    private CaptureException damaged(String what) {
        return new CaptureException(input.file(), "damaged after record " + record.number() + ": " + what);
    }

    private CaptureException cut(long wanted, long there) {
        return CaptureFormat.cut(input, record.number() + 1, wanted, there);
    }

    private static int padded(int length) {
        return (length + Integer.BYTES - 1) & -Integer.BYTES;
    }
}
