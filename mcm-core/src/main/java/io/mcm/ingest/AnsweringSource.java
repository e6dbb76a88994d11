package io.mcm.ingest;

import io.mcm.foreign.PeerAddress;
import java.lang.foreign.MemorySegment;

/** A source whose senders can be answered, for RTCP. */
public interface AnsweringSource extends PacketSource {

    /** Answers one who sent. False where the datagram was not taken. */
    boolean send(MemorySegment bytes, int length, PeerAddress to);

    /** Whether there is but one peer, so that the address means nothing. */
    default boolean isConnected() {
        return false;
    }
}
