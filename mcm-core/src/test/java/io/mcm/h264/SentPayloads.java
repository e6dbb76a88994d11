package io.mcm.h264;

import static io.mcm.h264.NalUnitLedger.require;

import java.util.Arrays;

/** The payloads that a fuzz input sends, in its own bytes: whether a unit that came out is made of them and of nothing else. */
final class SentPayloads {

    private static final int LOST = -1;

    private final byte[] input;
    private final int[] starts;
    private final int[] lengths;
    private final byte[] sent;

    SentPayloads(byte[] input) {
        this.input = input;
        // Two bytes a packet before its payload; it and a lost one take two numbers.
        starts = new int[input.length + 1];
        lengths = new int[starts.length];
        Arrays.fill(lengths, LOST);
        sent = new byte[input.length];
    }

    /** The packet of that sequence number has {@code length} bytes from {@code start} of the input as payload. */
    void add(long sequence, int start, int length) {
        starts[(int) sequence] = start;
        lengths[(int) sequence] = length;
    }

    /**
     * Holds that a unit stands, byte for byte and in one piece, in the packet that brought its first byte, or in that packet's fragment and the
     * ones that follow it without a gap.
     *
     * @param header of the unit; a fragmented one's is made of two bytes
     */
    void requireSent(long sequence, int header, byte[] unit, int length) {
        int first = (int) sequence;
        require(lengths[first] > 0);
        int type = NalHeader.type(input[starts[first]] & 0xff);
        if (type == NalType.FU_A || type == NalType.FU_B) {
            int there = join(first, type == NalType.FU_B);
            require(indexOf(sent, 0, there, unit, length) >= 0);
        } else {
            int end = starts[first] + lengths[first];
            int at = indexOf(input, starts[first] + NalHeader.LENGTH, end, unit, length);
            while (at >= 0 && (input[at - 1] & 0xff) != header) {
                at = indexOf(input, at + 1, end, unit, length);
            }
            require(at >= 0);
        }
    }

    private int join(int first, boolean hasDon) {
        int there = append(first, hasDon ? FragmentedUnit.HEADERS_LENGTH + Aggregation.DON_LENGTH : FragmentedUnit.HEADERS_LENGTH, 0);
        for (int n = first + 1; n < starts.length && lengths[n] != LOST; n++) {
            if (isLaterFragment(n)) {
                there = append(n, FragmentedUnit.HEADERS_LENGTH, there);
            }
        }
        return there;
    }

    private boolean isLaterFragment(int n) {
        return lengths[n] >= FragmentedUnit.HEADERS_LENGTH && NalHeader.type(input[starts[n]] & 0xff) == NalType.FU_A
            && (input[starts[n] + 1] & NalHeader.FU_START_MASK) == 0;
    }

    private int append(int n, int headers, int there) {
        int length = lengths[n] - headers;
        System.arraycopy(input, starts[n] + headers, sent, there, length);
        return there + length;
    }

    private static int indexOf(byte[] in, int from, int to, byte[] what, int length) {
        for (int at = from; at + length <= to; at++) {
            if (Arrays.equals(in, at, at + length, what, 0, length)) {
                return at;
            }
        }
        return -1;
    }
}
