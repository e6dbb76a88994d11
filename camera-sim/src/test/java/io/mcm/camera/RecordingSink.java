package io.mcm.camera;

import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.util.ArrayList;
import java.util.List;

/** Keeps what a stage hands on. */
public final class RecordingSink implements TimedPacketSink {

    public final List<byte[]> packets = new ArrayList<>();
    public final List<Long> due = new ArrayList<>();
    public final List<Integer> channels = new ArrayList<>();
    private final int stopAfter;

    public RecordingSink() {
        this(Integer.MAX_VALUE);
    }

    public RecordingSink(int stopAfter) {
        this.stopAfter = stopAfter;
    }

    @Override
    public void packet(int channel, MemorySegment segment, long offset, int length, long dueNanos) {
        packets.add(segment.asSlice(offset, length).toArray(ValueLayout.JAVA_BYTE));
        due.add(dueNanos);
        channels.add(channel);
    }

    /** What came on one channel. */
    public RecordingSink of(int channel) {
        RecordingSink part = new RecordingSink();
        for (int i = 0; i < packets.size(); i++) {
            if (channels.get(i) == channel) {
                part.packet(channel, MemorySegment.ofArray(packets.get(i)), 0, packets.get(i).length, due.get(i));
            }
        }
        return part;
    }

    @Override
    public boolean isStopped() {
        return packets.size() >= stopAfter;
    }
}
