package io.mcm.camera.rtsp;

import static java.lang.System.Logger.Level.INFO;

import io.mcm.rtsp.NumberPair;
import io.mcm.rtsp.RtspConnection;
import io.mcm.rtsp.RtspException;
import io.mcm.rtsp.RtspStatus;
import io.mcm.rtsp.TransportHeader;
import java.io.IOException;
import java.net.InetAddress;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.LongSupplier;

/** The sessions of a server, by their ids. Any thread may call. */
final class Sessions {

    private static final System.Logger LOG = System.getLogger(Sessions.class.getName());
    /** RFC 2326 section 3.4 asks for eight octets at least, chosen at random. */
    private static final int ID_BYTES = 8;
    /** A client that takes nothing for so long will not any more. */
    static final Duration STALL = Duration.ofSeconds(10);
    private static final NumberPair DEFAULT_CHANNELS = new NumberPair(0, 1);

    private final ServedStream stream;
    private final RtspCounts counts;
    private final int most;
    private final LongSupplier nanoClock;
    private final SecureRandom random = new SecureRandom();
    private final Map<String, PlaySession> open = new ConcurrentHashMap<>();

    Sessions(ServedStream stream, RtspCounts counts, int most, LongSupplier nanoClock) {
        this.stream = stream;
        this.counts = counts;
        this.most = most;
        this.nanoClock = nanoClock;
    }

    /** @throws RtspException where there are too many */
    PlaySession open(TransportHeader wanted, RtspConnection connection) throws IOException {
        if (open.size() >= most) {
            throw new RtspException(RtspStatus.UNAVAILABLE, "there are " + most + " sessions, as many as allowed");
        }
        byte[] bytes = new byte[ID_BYTES];
        random.nextBytes(bytes);
        String id = HexFormat.of().formatHex(bytes);
        PlaySession session = new PlaySession(id, connection, stream, self -> out(wanted, connection, self), counts, nanoClock, () -> finished(id));
        open.put(id, session);
        counts.increment(RtspCounter.SESSIONS);
        LOG.log(INFO, "RTSP session {0} of {1}: {2}", id, connection.remote(), session.transport());
        return session;
    }

    private MediaOut out(TransportHeader wanted, RtspConnection connection, PlaySession session) throws IOException {
        if (wanted.overTcp()) {
            return new InterleavedOut(connection, wanted.channels().orElse(DEFAULT_CHANNELS), counts);
        }
        // Never where "destination" says: that would make this server a weapon.
        InetAddress client = connection.remote().getAddress();
        return UdpOut.open(connection.local().getAddress(), client, wanted.clientPorts().orElseThrow(), counts, session::report);
    }

    /** Null where there is none. */
    PlaySession find(String id) {
        return open.get(id);
    }

    /** The source had no more, and the client has its BYE. The session stays until the client leaves it. */
    private void finished(String id) {
        PlaySession session = open.get(id);
        if (session != null) {
            LOG.log(INFO, "RTSP session {0}: the source ended", id);
            session.close();
        }
    }

    /** At the client's wish. */
    void end(PlaySession session) {
        if (open.remove(session.id()) != null) {
            session.end();
            LOG.log(INFO, "RTSP session {0} ends", session.id());
        }
    }

    /** A connection is gone: what went over it cannot go on; what goes over UDP may, for players may come back. */
    void connectionEnded(RtspConnection connection) {
        of(connection).stream().filter(session -> session.transport().overTcp()).forEach(this::end);
    }

    private List<PlaySession> of(RtspConnection connection) {
        return open.values().stream().filter(session -> session.connection() == connection).toList();
    }

    /** Ends what nobody takes any more. Interleaved packets need no other sign of life than that they are taken. */
    void sweep(Duration timeout) {
        for (PlaySession session : open.values()) {
            boolean overTcp = session.transport().overTcp();
            if (overTcp && session.connection().stalledNanos() > STALL.toNanos()) {
                counts.increment(RtspCounter.CLIENTS_STALLED);
                LOG.log(INFO, "RTSP session {0}: {1} takes nothing any more", session.id(), session.connection().remote());
                session.connection().close();
                end(session);
            } else if ((!overTcp || session.isEnded()) && session.silentNanos() > timeout.toNanos()) {
                counts.increment(RtspCounter.SESSIONS_TIMED_OUT);
                LOG.log(INFO, "RTSP session {0}: nothing heard of {1} for {2} s", session.id(), session.connection().remote(), timeout.toSeconds());
                end(session);
                session.connection().close();
            }
        }
    }

    void endAll() {
        open.values().forEach(this::end);
    }

    int size() {
        return open.size();
    }
}
