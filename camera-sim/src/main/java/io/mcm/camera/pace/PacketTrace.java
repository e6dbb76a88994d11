package io.mcm.camera.pace;

import java.lang.foreign.MemorySegment;

/** Is told of every packet that was sent, and of pauses. */
public interface PacketTrace {

    PacketTrace NONE = new PacketTrace() {
        @Override
        public void sent(int channel, MemorySegment segment, long offset, int length, long intendedNanos, long sentNanos) {
            // Nobody asked.
        }

        @Override
        public void pause(long nowNanos, long untilNanos) {
            // Nothing is kept.
        }
    };

    /** Tells both, one after the other. */
    static PacketTrace both(PacketTrace first, PacketTrace second) {
        return new PacketTrace() {
            @Override
            public void sent(int channel, MemorySegment segment, long offset, int length, long intendedNanos, long sentNanos) {
                first.sent(channel, segment, offset, length, intendedNanos, sentNanos);
                second.sent(channel, segment, offset, length, intendedNanos, sentNanos);
            }

            @Override
            public void pause(long nowNanos, long untilNanos) {
                first.pause(nowNanos, untilNanos);
                second.pause(nowNanos, untilNanos);
            }
        };
    }

    /**
     * @param length        bytes of the packet at {@code offset}
     * @param intendedNanos when the packet was to be sent, on {@link System#nanoTime()}'s clock
     * @param sentNanos     when it was handed to the network, on the same clock
     */
    void sent(int channel, MemorySegment segment, long offset, int length, long intendedNanos, long sentNanos);

    /** The next packet is not due for a while: time for work that can wait. */
    void pause(long nowNanos, long untilNanos);
}
