package io.mcm.conformance.replay;

import io.mcm.h264.Depacketizer;
import io.mcm.h264.DepacketizerConfig;
import io.mcm.metric.Counters;
import io.mcm.rtp.ReceiverConfig;
import io.mcm.rtp.RtpCounter;
import io.mcm.rtp.RtpPacket;
import io.mcm.rtp.RtpReceiver;
import io.mcm.rtp.RtpSink;
import java.io.IOException;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.util.ArrayDeque;
import java.util.Deque;

/** The NAL units of packets, one after the other, as {@code mcm depacketize} finds them; holds no more than what the reorder window does. */
final class Reference {

    private final PacketFeed feed;
    private final RtpReceiver receiver;
    private final Deque<ReferenceUnit> ready = new ArrayDeque<>();
    private boolean ended;

    /** Gives the packets that are sent, in their order. */
    interface PacketFeed {

        /** @return null at the end */
        TimedPacket next() throws IOException;
    }

    /** @param nanos when it is sent, since the first */
    record TimedPacket(byte[] bytes, long nanos) {}

    /** @param before so many NAL units, each an access unit, come before those that are numbered from 1 on */
    Reference(PacketFeed feed, int before) {
        this.feed = feed;
        UnitCollector collector = new UnitCollector(ready::add, -before);
        Depacketizer depacketizer = new Depacketizer(DepacketizerConfig.defaults(), collector);
        // The capture's sources are known to follow one another: no silence needs to tell that the first has ended.
        receiver = new RtpReceiver(ReceiverConfig.defaults().withSourceTimeout(0), new Watched(collector, depacketizer));
    }

    /** @return null after the last */
    ReferenceUnit next() throws IOException {
        while (ready.isEmpty() && !ended) {
            TimedPacket packet = feed.next();
            if (packet == null) {
                receiver.flush();
                ended = true;
            } else {
                receiver.accept(MemorySegment.ofArray(packet.bytes()), 0, packet.bytes().length, packet.nanos());
            }
        }
        return ready.poll();
    }

    Counters<RtpCounter> counters() {
        return receiver.counters();
    }

    /** Lets the collector see each packet before the NAL units that come of it. */
    private record Watched(UnitCollector collector, RtpSink depacketizer) implements RtpSink {

        @Override
        public void packet(RtpPacket packet, long extendedSequence, long arrivalNanos) {
            collector.packet(packet.segment().asSlice(packet.base(), packet.length()).toArray(ValueLayout.JAVA_BYTE));
            depacketizer.packet(packet, extendedSequence, arrivalNanos);
        }

        @Override
        public void lost(int packets) {
            depacketizer.lost(packets);
        }

        @Override
        public void end() {
            depacketizer.end();
        }
    }
}
