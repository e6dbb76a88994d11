package io.mcm.rtp;

/**
 * Takes the packets of one stream in sequence order, each at most once. Between two calls of {@link #packet} the extended
 * sequence grows by one, unless {@link #lost} told how many are missing, {@link #end} began a new stream, or packets of another
 * payload type lay between. Where the payload type changes the number may stay: some cameras give two types the same one.
 */
public interface RtpSink {

    /**
     * The next packet.
     *
     * @param packet valid during this call only
     * @param extendedSequence its sequence number without wraps
     * @param arrivalNanos when it arrived, also if it was held back since
     */
    void packet(RtpPacket packet, long extendedSequence, long arrivalNanos);

    /** So many packets between the last one and the next will never come. */
    void lost(int packets);

    /** The stream is over. A packet after this belongs to a new one: another source, or the same one restarted. */
    void end();
}
