package io.mcm.camera.rtsp;

import io.mcm.rtsp.RtspConnection;
import io.mcm.rtsp.RtspException;
import io.mcm.rtsp.RtspMessage;
import io.mcm.rtsp.RtspRequest;
import io.mcm.rtsp.RtspResponse;
import io.mcm.rtsp.RtspStatus;
import io.mcm.rtsp.SessionHeader;
import io.mcm.rtsp.Shown;
import io.mcm.rtsp.TransportHeader;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.atomic.AtomicReference;

/** What each method of RFC 2326 section 10 does. A refusal is an exception with its status. */
final class Methods {

    private static final String KNOWN = "OPTIONS, DESCRIBE, SETUP, PLAY, PAUSE, TEARDOWN, GET_PARAMETER, SET_PARAMETER";
    private static final String SDP = "application/sdp";
    /** RFC 2326 section 3.6, as far as it says where to begin. Other units of time are for servers that know them. */
    private static final String NPT = "npt\\s*=\\s*(now|[0-9:.]*)-[0-9:.]*\\s*(;.*)?";
    private static final double NANOS = 1e9;

    private final DescribedStream described;
    private final String path;
    private final Duration timeout;
    private final Sessions sessions;

    Methods(DescribedStream described, String path, Duration timeout, Sessions sessions) {
        this.described = described;
        this.path = path;
        this.timeout = timeout;
        this.sessions = sessions;
    }

    /** @param current the session of this connection's, or null */
    RtspResponse answer(RtspRequest request, RtspConnection connection, AtomicReference<PlaySession> current,
            ClientConnection.Afterwards afterwards) throws IOException {
        RequestTarget target = RequestTarget.of(request.uri());
        return switch (request.method()) {
            case "OPTIONS" -> options(request);
            case "DESCRIBE" -> describe(request, checked(target), connection);
            case "SETUP" -> setup(request, checked(target), connection, current);
            case "PLAY" -> play(request, checked(target), afterwards);
            case "PAUSE" -> {
                checked(target);
                yield pause(request);
            }
            case "TEARDOWN" -> {
                checked(target);
                yield teardown(request, current);
            }
            case "GET_PARAMETER", "SET_PARAMETER" -> parameter(request);
            case "ANNOUNCE", "RECORD", "REDIRECT" -> new RtspResponse(RtspStatus.METHOD_NOT_ALLOWED).with("Allow", KNOWN);
            default -> throw new RtspException(RtspStatus.NOT_IMPLEMENTED, "known are " + KNOWN);
        };
    }

    private RequestTarget checked(RequestTarget target) throws RtspException {
        if (!target.path().isEmpty() && !target.path().equals(path)) {
            throw new RtspException(RtspStatus.NOT_FOUND, "there is " + path);
        }
        return target;
    }

    /** With a session it is a sign of life. */
    private RtspResponse options(RtspRequest request) throws RtspException {
        if (request.headers().first(RtspMessage.SESSION).isPresent()) {
            living(request);
        }
        return new RtspResponse(RtspStatus.OK).with("Public", KNOWN);
    }

    private RtspResponse describe(RtspRequest request, RequestTarget target, RtspConnection connection) throws RtspException {
        List<String> accepted = request.headers().all("Accept");
        if (!accepted.isEmpty() && accepted.stream().noneMatch(field -> field.contains(SDP) || field.contains("*/*"))) {
            throw new RtspException(RtspStatus.NOT_ACCEPTABLE, "there is " + SDP);
        }
        return new RtspResponse(RtspStatus.OK).with("Content-Base", target.base() + "/")
            .withBody(SDP, described.sdp(connection.local().getAddress()));
    }

    private RtspResponse setup(RtspRequest request, RequestTarget target, RtspConnection connection, AtomicReference<PlaySession> current)
            throws IOException {
        TransportHeader wanted = TransportHeader.parse(request.headers().first(RtspMessage.TRANSPORT).orElse("")).stream()
            .filter(Methods::isServed).findFirst()
            .orElseThrow(() -> new RtspException(RtspStatus.UNSUPPORTED_TRANSPORT, "there are unicast RTP/AVP with client_port, and RTP/AVP/TCP"));
        if (request.headers().first(RtspMessage.SESSION).isPresent()) {
            session(request);
            throw new RtspException(RtspStatus.METHOD_NOT_VALID, "SETUP of a session that is set up");
        }
        if (current.get() != null) {
            throw new RtspException(RtspStatus.METHOD_NOT_VALID, "a second session on the same connection");
        }
        PlaySession session = sessions.open(wanted, connection);
        current.set(session);
        return inSession(session, new RtspResponse(RtspStatus.OK))
            .with(RtspMessage.TRANSPORT, session.transport().withSsrc(described.ssrc()).toString());
    }

    private static boolean isServed(TransportHeader offered) {
        return offered.isPlay() && !offered.multicast()
            && (offered.overTcp() || offered.clientPorts().filter(ports -> ports.rtp() > 0 && ports.rtcp() > 0).isPresent());
    }

    private RtspResponse inSession(PlaySession session, RtspResponse response) {
        return response.with(RtspMessage.SESSION, new SessionHeader(session.id(), timeout).toString());
    }

    /** For a sign of life: one that has ended shows none. */
    private PlaySession living(RtspRequest request) throws RtspException {
        PlaySession session = session(request);
        if (session.isEnded()) {
            throw new RtspException(RtspStatus.SESSION_NOT_FOUND, "session " + session.id() + " has ended");
        }
        return session;
    }

    private PlaySession session(RtspRequest request) throws RtspException {
        String id = request.headers().first(RtspMessage.SESSION).map(field -> SessionHeader.parse(field).id()).orElse("");
        PlaySession session = sessions.find(id);
        if (session == null) {
            throw new RtspException(RtspStatus.SESSION_NOT_FOUND, "session " + Shown.text(id));
        }
        session.touch();
        return session;
    }

    private RtspResponse play(RtspRequest request, RequestTarget target, ClientConnection.Afterwards afterwards) throws RtspException {
        PlaySession session = session(request);
        String range = request.headers().first("Range").orElse("npt=now-");
        if (range.startsWith("npt") && !range.matches(NPT)) {
            throw new RtspException(RtspStatus.INVALID_RANGE, "Range " + Shown.text(range) + "; expected is npt=SECONDS-");
        }
        Player.Position position = session.prepare();
        RtspResponse response = inSession(session, new RtspResponse(RtspStatus.OK));
        if (position == null) {
            return response;
        }
        afterwards.run(session::begin);
        return response.with("Range", "npt=%.3f-".formatted(position.npt() / NANOS))
            .with("RTP-Info", "url=%s/%s;seq=%d;rtptime=%d".formatted(target.base(), DescribedStream.TRACK, position.sequence(),
                Integer.toUnsignedLong(position.timestamp())));
    }

    private RtspResponse pause(RtspRequest request) throws RtspException {
        PlaySession session = session(request);
        session.pause();
        return inSession(session, new RtspResponse(RtspStatus.OK));
    }

    private RtspResponse teardown(RtspRequest request, AtomicReference<PlaySession> current) throws RtspException {
        PlaySession session = session(request);
        sessions.end(session);
        current.compareAndSet(session, null);
        return new RtspResponse(RtspStatus.OK);
    }

    /** There are no parameters; without one it is a sign of life (RFC 2326 section 10.8). */
    private RtspResponse parameter(RtspRequest request) throws RtspException {
        boolean named = request.headers().first(RtspMessage.SESSION).isPresent();
        PlaySession session = named ? living(request) : null;
        if (request.body().length > 0) {
            throw new RtspException(RtspStatus.INVALID_PARAMETER, "there are no parameters");
        }
        RtspResponse good = new RtspResponse(RtspStatus.OK);
        return named ? inSession(session, good) : good;
    }
}
