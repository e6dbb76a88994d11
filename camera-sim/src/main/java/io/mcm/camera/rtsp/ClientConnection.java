package io.mcm.camera.rtsp;

import static java.lang.System.Logger.Level.INFO;
import static java.lang.System.Logger.Level.WARNING;

import io.mcm.metric.LimitedLog;
import io.mcm.rtsp.DigestChallenge;
import io.mcm.rtsp.InterleavedFrame;
import io.mcm.rtsp.RtspConnection;
import io.mcm.rtsp.RtspException;
import io.mcm.rtsp.RtspMessage;
import io.mcm.rtsp.RtspRequest;
import io.mcm.rtsp.RtspResponse;
import io.mcm.rtsp.RtspStatus;
import io.mcm.rtsp.Shown;
import java.io.IOException;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;

/** One client's connection: reads its requests and answers each, until it leaves or talks something else. */
final class ClientConnection {

    /** For a client without a session. A person at a prompt is as slow. */
    private static final Duration IDLE = Duration.ofSeconds(60);
    /** RFC 2326 section 12.17 sets no limit; nobody counts further. */
    private static final String NUMBER = "[0-9]{1,10}";
    private static final System.Logger LOG = System.getLogger(ClientConnection.class.getName());
    private static final LimitedLog REFUSALS = new LimitedLog(LOG, WARNING);
    private static final LimitedLog ANSWERS = new LimitedLog(LOG, INFO);

    private final RtspConnection connection;
    private final Methods methods;
    private final Optional<DigestGuard> guard;
    private final RtspCounts counts;
    /** That goes over this connection; frames of the client belong to it. */
    private final AtomicReference<PlaySession> current;

    ClientConnection(RtspConnection connection, Methods methods, Optional<DigestGuard> guard, RtspCounts counts, AtomicReference<PlaySession> current) {
        this.connection = connection;
        this.methods = methods;
        this.guard = guard;
        this.counts = counts;
        this.current = current;
    }

    /** Returns when the connection is over. */
    void serve() {
        try {
            RtspMessage message = next();
            while (message != null) {
                take(message);
                message = next();
            }
        } catch (RtspException e) {
            counts.increment(RtspCounter.BAD_REQUESTS);
            REFUSALS.log(() -> "RTSP client " + connection.remote() + " is cut off: " + e.getMessage());
            tryAnswer(new RtspResponse(e.status()));
        } catch (IOException e) {
            LOG.log(System.Logger.Level.DEBUG, "RTSP client {0}: {1}", connection.remote(), e.getMessage());
        }
    }

    /** A session's own time-out ends its connection. */
    private RtspMessage next() throws IOException {
        return connection.read(current.get() == null ? IDLE : null);
    }

    private void take(RtspMessage message) throws IOException {
        switch (message) {
            case RtspRequest request -> answer(request);
            case InterleavedFrame frame -> report(frame);
            case RtspResponse _ -> {
                // To nothing that was asked.
            }
        }
    }

    private void report(InterleavedFrame frame) {
        PlaySession session = current.get();
        if (session == null) {
            return;
        }
        session.touch();
        if (session.transport().channels().filter(pair -> pair.rtcp() == frame.channel()).isPresent()) {
            session.report(frame.segment(), frame.length());
        }
    }

    private void answer(RtspRequest request) throws IOException {
        String number = request.headers().first(RtspMessage.CSEQ).filter(text -> text.matches(NUMBER))
            .orElseThrow(() -> new RtspException("a request without CSeq, or with one that is no number"));
        counts.increment(RtspCounter.REQUESTS);
        Runnable[] afterwards = {null};
        RtspResponse response = respond(request, next -> afterwards[0] = next);
        connection.write(new RtspResponse(response.code(), response.reason(), response.headers().with(RtspMessage.CSEQ, number), response.body()));
        if (afterwards[0] != null) {
            afterwards[0].run();
        }
    }

    /** Takes what is to be done once the answer is on its way. */
    interface Afterwards {

        void run(Runnable next);
    }

    private RtspResponse respond(RtspRequest request, Afterwards afterwards) throws IOException {
        Optional<String> wanted = request.headers().first("Require");
        if (wanted.isPresent()) {
            return new RtspResponse(RtspStatus.OPTION_NOT_SUPPORTED).with("Unsupported", wanted.get());
        }
        // Players ask for the methods before they are asked for a password.
        Optional<DigestChallenge> challenge = request.method().equals("OPTIONS") ? Optional.empty() : guard.flatMap(each -> each.challenge(request));
        if (challenge.isPresent()) {
            counts.increment(RtspCounter.UNAUTHORIZED);
            return new RtspResponse(RtspStatus.UNAUTHORIZED).with("WWW-Authenticate", challenge.get().toString());
        }
        try {
            return methods.answer(request, connection, current, afterwards);
        } catch (RtspException e) {
            ANSWERS.log(() -> "RTSP client " + connection.remote() + ", " + request.method() + " " + Shown.text(request.uri()) + ": " + e.status().code()
                + " " + e.status().reason() + ", " + e.getMessage());
            return new RtspResponse(e.status());
        }
    }

    private void tryAnswer(RtspResponse response) {
        try {
            connection.write(response);
        } catch (IOException _) {
            // It has gone.
        }
    }
}
