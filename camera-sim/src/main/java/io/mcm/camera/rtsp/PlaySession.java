package io.mcm.camera.rtsp;

import io.mcm.rtp.ReportBlock;
import io.mcm.rtp.RtcpCounter;
import io.mcm.rtp.RtcpListener;
import io.mcm.rtp.RtcpReader;
import io.mcm.rtsp.RtspConnection;
import io.mcm.rtsp.RtspException;
import io.mcm.rtsp.RtspStatus;
import io.mcm.rtsp.TransportHeader;
import java.io.IOException;
import java.lang.foreign.MemorySegment;
import java.util.function.LongSupplier;

/** A session from its SETUP to its end, with the states of RFC 2326 appendix A.2. */
final class PlaySession {

    private enum State { READY, PLAYING, ENDED }

    private final String id;
    private final RtspConnection connection;
    private final MediaOut out;
    private final Player player;
    private final RtspCounts counts;
    private final LongSupplier nanoClock;
    private final RtcpReader rtcp;
    private State state = State.READY;
    private volatile long lastSeen;

    /** Makes a session's way to its client. */
    interface OutFactory {

        /** @param session takes the client's reports */
        MediaOut open(PlaySession session) throws IOException;
    }

    PlaySession(String id, RtspConnection connection, ServedStream stream, OutFactory outs, RtspCounts counts, LongSupplier nanoClock, Runnable whenEnded)
            throws IOException {
        this.id = id;
        this.connection = connection;
        this.counts = counts;
        this.nanoClock = nanoClock;
        rtcp = new RtcpReader(new Blocks());
        lastSeen = nanoClock.getAsLong();
        out = outs.open(this);
        player = new Player(stream, out, counts, whenEnded);
    }

    private final class Blocks implements RtcpListener {

        @Override
        public void reportBlock(int reporter, ReportBlock block, long nowNanos) {
            counts.increment(RtspCounter.RECEIVER_REPORTS);
        }
    }

    String id() {
        return id;
    }

    /** That it was set up on. */
    RtspConnection connection() {
        return connection;
    }

    TransportHeader transport() {
        return out.transport();
    }

    /** The client shows life. */
    void touch() {
        lastSeen = nanoClock.getAsLong();
    }

    long silentNanos() {
        return nanoClock.getAsLong() - lastSeen;
    }

    /** RTCP of the client's. */
    synchronized void report(MemorySegment segment, int length) {
        touch();
        long before = rtcp.counters().get(RtcpCounter.RTCP_DATAGRAMS);
        rtcp.accept(segment, 0, length, nanoClock.getAsLong());
        if (rtcp.counters().get(RtcpCounter.RTCP_DATAGRAMS) == before) {
            counts.increment(RtspCounter.RTCP_INVALID);
        }
    }

    /**
     * Finds out where the play goes on; {@link #begin} follows when the client has been told. Where it runs already, it runs on.
     *
     * @return null where it runs already
     * @throws RtspException where the source has no more
     */
    synchronized Player.Position prepare() throws RtspException {
        if (state == State.PLAYING) {
            return null;
        }
        if (state == State.ENDED) {
            throw new RtspException(RtspStatus.SESSION_NOT_FOUND, "PLAY of a session that has ended");
        }
        return player.position().orElseThrow(() -> new RtspException(RtspStatus.SERVER_ERROR, "the source has no packet left"));
    }

    synchronized void begin() {
        if (state == State.READY) {
            state = State.PLAYING;
            player.resume();
        }
    }

    /** A play that has ended is as good as paused: players do so before they leave. */
    synchronized void pause() throws RtspException {
        if (state == State.READY) {
            throw new RtspException(RtspStatus.METHOD_NOT_VALID, "PAUSE of a session that does not play");
        }
        if (state == State.PLAYING) {
            state = State.READY;
            player.pause();
        }
    }

    synchronized boolean isEnded() {
        return state == State.ENDED;
    }

    /** Stops the play with a BYE. Not on the play's thread. */
    void end() {
        player.stop();
        close();
    }

    /** After the play has ended by itself. */
    synchronized void close() {
        state = State.ENDED;
        out.close();
    }
}
