package io.mcm.conformance.suite;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/** What went to the proxy and came back in one case, in order; long cases keep the first entries only. Any thread may add. */
public final class Evidence {

    /** Enough to see what happened; a report with all packets of an endurance case would be gigabytes. */
    public static final int MAX_ENTRIES = 400;
    /** Of each entry: header, fragment header and the beginning of what follows. */
    public static final int MAX_BYTES = 64;

    /** Where an entry went. */
    public enum Direction {
        /** A packet to the proxy's UDP port. */
        PACKET,
        /** A NAL unit from the proxy. */
        UNIT,
        /** Bytes to the control port. */
        TO_CONTROL,
        /** Bytes from the control port. */
        FROM_CONTROL,
        /** Something that happened. */
        NOTE
    }

    /**
     * @param nanos  since the case began
     * @param length of all of it, where there are bytes
     * @param bytes  the first {@link #MAX_BYTES}
     * @param text   what it is
     */
    public record Entry(long nanos, Direction direction, int length, byte[] bytes, String text) {}

    private final long began = System.nanoTime();
    private final List<Entry> entries = Collections.synchronizedList(new ArrayList<>());
    private volatile long left;

    public void add(Direction direction, byte[] bytes, String text) {
        if (entries.size() >= MAX_ENTRIES) {
            left = left + 1;
            return;
        }
        byte[] head = java.util.Arrays.copyOf(bytes, Math.min(bytes.length, MAX_BYTES));
        entries.add(new Entry(System.nanoTime() - began, direction, bytes.length, head, text));
    }

    /** Sent to the proxy's UDP port. */
    public void packet(byte[] packet) {
        add(Direction.PACKET, packet, PacketText.of(packet));
    }

    /** Delivered by the proxy. */
    public void unit(byte[] unit) {
        add(Direction.UNIT, unit, PacketText.unit(unit));
    }

    void note(String text) {
        add(Direction.NOTE, new byte[0], text);
    }

    public List<Entry> entries() {
        synchronized (entries) {
            return List.copyOf(entries);
        }
    }

    /** Entries that were not kept. */
    public long left() {
        return left;
    }
}
