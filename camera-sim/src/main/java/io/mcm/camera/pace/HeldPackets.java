package io.mcm.camera.pace;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.util.Arrays;

/**
 * Packets that wait for their time, in order, in native memory and side by side, so that neighbours of one length can leave as one train. Takes as
 * much memory as the most that ever waited at once.
 */
public final class HeldPackets {

    private static final int FIRST_BYTES = 1 << 14;
    private static final int FIRST_PACKETS = 16;

    private MemorySegment bytes = Arena.ofAuto().allocate(FIRST_BYTES);
    private int[] channels = new int[FIRST_PACKETS];
    private int[] offsets = new int[FIRST_PACKETS];
    private int[] lengths = new int[FIRST_PACKETS];
    private long[] dues = new long[FIRST_PACKETS];
    private int count;
    private int end;

    /** Takes a copy, behind those that are there. */
    public void add(int channel, MemorySegment segment, long offset, int length, long due) {
        makeRoom(length);
        MemorySegment.copy(segment, offset, bytes, end, length);
        channels[count] = channel;
        offsets[count] = end;
        lengths[count] = length;
        dues[count] = due;
        count++;
        end += length;
    }

    private void makeRoom(int length) {
        if (count == channels.length) {
            channels = Arrays.copyOf(channels, 2 * count);
            offsets = Arrays.copyOf(offsets, 2 * count);
            lengths = Arrays.copyOf(lengths, 2 * count);
            dues = Arrays.copyOf(dues, 2 * count);
        }
        if (end + length > bytes.byteSize()) {
            MemorySegment larger = Arena.ofAuto().allocate(Math.max(2 * bytes.byteSize(), (long) end + length));
            MemorySegment.copy(bytes, 0, larger, 0, end);
            bytes = larger;
        }
    }

    /** Forgets the first {@code gone}; the others move up. */
    public void removeFirst(int gone) {
        if (gone == count) {
            count = 0;
            end = 0;
            return;
        }
        int from = offsets[gone];
        int left = count - gone;
        MemorySegment.copy(bytes, from, bytes, 0, end - from);
        System.arraycopy(channels, gone, channels, 0, left);
        System.arraycopy(lengths, gone, lengths, 0, left);
        System.arraycopy(dues, gone, dues, 0, left);
        for (int i = 0; i < left; i++) {
            offsets[i] = offsets[gone + i] - from;
        }
        count = left;
        end -= from;
    }

    public int count() {
        return count;
    }

    public boolean isEmpty() {
        return count == 0;
    }

    /** Bytes of all of them. */
    public int bytes() {
        return end;
    }

    /** Where they all lie; another one after {@link #add}. */
    public MemorySegment segment() {
        return bytes;
    }

    public int channel(int i) {
        return channels[i];
    }

    public long offset(int i) {
        return offsets[i];
    }

    public int length(int i) {
        return lengths[i];
    }

    public long due(int i) {
        return dues[i];
    }
}
