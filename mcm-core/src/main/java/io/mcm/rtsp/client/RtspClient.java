package io.mcm.rtsp.client;

import io.mcm.rtsp.Credentials;
import io.mcm.rtsp.InterleavedFrame;
import io.mcm.rtsp.RtspConnection;
import io.mcm.rtsp.RtspException;
import io.mcm.rtsp.RtspHeaders;
import io.mcm.rtsp.RtspMessage;
import io.mcm.rtsp.RtspRequest;
import io.mcm.rtsp.RtspResponse;
import io.mcm.rtsp.RtspStatus;
import io.mcm.rtsp.RtspUrl;
import io.mcm.rtsp.SessionHeader;
import io.mcm.rtsp.Shown;
import io.mcm.rtsp.TransportHeader;
import io.mcm.sdp.H264Media;
import io.mcm.sdp.SdpException;
import io.mcm.sdp.SessionDescription;
import java.io.Closeable;
import java.io.EOFException;
import java.io.IOException;
import java.lang.foreign.MemorySegment;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.function.LongSupplier;

/**
 * One camera's session, by one method after the other: {@link #describe}, {@link #setUp}, {@link #play}, then {@link #next} for as long as it lasts,
 * with {@link #keepAlive} and {@link #writeFrame} from another thread. Every wait has an end; every refusal is an exception that says why.
 */
public final class RtspClient implements Closeable {

    /** A TCP connection in a building takes milliseconds; Linux asks again after 1 and 3 s. */
    public static final Duration CONNECT_PATIENCE = Duration.ofSeconds(5);
    /** Cameras that start their encoder with PLAY take up to some seconds. */
    public static final Duration ANSWER_PATIENCE = Duration.ofSeconds(10);
    /** Answers to nothing that was asked, and requests of the server's, before the right answer. A server has one or two such. */
    private static final int MAX_OTHERS = 16;

    private final RtspConnection connection;
    private final RtspUrl url;
    private final Authenticator authenticator;
    private final FrameSink frames;
    private final Duration patience;
    private final LongSupplier nanoClock;
    private int number;
    /** Of TEARDOWN; 0 before it. */
    private volatile int farewell;
    private String base;
    private String presentation;
    private SessionHeader session;
    private volatile String aliveMethod = "GET_PARAMETER";

    private RtspClient(RtspConnection connection, RtspUrl url, Optional<Credentials> credentials, FrameSink frames,
            Duration patience, LongSupplier nanoClock) {
        this.connection = connection;
        this.url = url;
        this.frames = frames;
        this.patience = patience;
        this.nanoClock = nanoClock;
        authenticator = new Authenticator(credentials);
    }

    /**
     * Connects.
     *
     * @param address of the URL's host
     * @param local that packets are to come to; the wildcard address for any
     * @param frames takes packets that come interleaved
     * @param patience with which an answer is waited for, like {@link #ANSWER_PATIENCE}
     * @throws IOException where nobody answers
     */
    public static RtspClient connect(RtspUrl url, Optional<Credentials> credentials, InetAddress address, InetAddress local, FrameSink frames,
            Duration patience, LongSupplier nanoClock) throws IOException {
        Socket socket = new Socket();
        try {
            if (!local.isAnyLocalAddress()) {
                // The camera sends its packets to where its client is.
                socket.bind(new InetSocketAddress(local, 0));
            }
            socket.connect(new InetSocketAddress(address, url.port()), (int) CONNECT_PATIENCE.toMillis());
            return new RtspClient(new RtspConnection(socket, nanoClock), url, credentials, frames, patience, nanoClock);
        } catch (IOException e) {
            socket.close();
            throw e;
        }
    }

    /**
     * Asks what there is.
     *
     * @return the first H.264 in it
     * @throws RedirectException where the camera is elsewhere
     */
    public H264Media describe() throws IOException {
        RtspResponse response = ask(new RtspRequest("DESCRIBE", url.target(), RtspHeaders.NONE.with("Accept", "application/sdp")));
        base = response.headers().first("Content-Base").or(() -> response.headers().first("Content-Location"))
            .filter(text -> text.startsWith("rtsp://")).orElse(url.target());
        try {
            SessionDescription description = SessionDescription.parse(response.bodyText());
            presentation = resolve(description.control());
            return description.media().stream().findFirst()
                .orElseThrow(() -> new RtspException("its description has no H.264"));
        } catch (SdpException e) {
            throw new RtspException("its description cannot be read: " + e.getMessage());
        }
    }

    /** RFC 2326 appendix C.1.1, and what ffmpeg makes of bases without a slash at their end. */
    private String resolve(Optional<String> control) {
        String text = control.orElse("*");
        if (text.equals("*") || text.isEmpty()) {
            return base;
        }
        return text.matches("(?i)rtsp://.*") ? text : base + (base.endsWith("/") ? "" : "/") + text;
    }

    /** @return the transport that the camera takes */
    public TransportHeader setUp(H264Media media, TransportHeader wanted) throws IOException {
        RtspResponse response = ask(new RtspRequest("SETUP", resolve(media.control()),
            RtspHeaders.NONE.with(RtspMessage.TRANSPORT, wanted.toString())));
        session = response.headers().first(RtspMessage.SESSION).map(SessionHeader::parse).filter(header -> !header.id().isEmpty())
            .orElseThrow(() -> new RtspException("it names no session"));
        TransportHeader taken = response.headers().first(RtspMessage.TRANSPORT).map(TransportHeader::parse).stream()
            .flatMap(List::stream).findFirst().orElseThrow(() -> new RtspException("it names no transport"));
        if (taken.overTcp() != wanted.overTcp()) {
            throw new RtspException("it takes " + taken + " where " + wanted + " was asked");
        }
        return taken;
    }

    public void play() throws IOException {
        ask(inSession("PLAY").with("Range", "npt=0.000-"));
    }

    private RtspRequest inSession(String method) {
        return new RtspRequest(method, presentation, RtspHeaders.NONE.with(RtspMessage.SESSION, session.id()));
    }

    /** After which the camera ends the session, unless it hears of us. */
    public Duration timeout() {
        return session.timeout();
    }

    /** Sends a sign of life; its answer comes in {@link #next}. Any thread may call. */
    public void keepAlive() throws IOException {
        send(inSession(aliveMethod));
    }

    /** Asks for the end; the answer comes in {@link #next}. Any thread may call. */
    public synchronized void tearDown() throws IOException {
        farewell = number + 1;
        send(inSession("TEARDOWN"));
    }

    /** Sends a packet interleaved. Any thread may call. */
    public void writeFrame(int channel, MemorySegment packet, int length) throws IOException {
        connection.writeFrame(channel, packet, 0, length);
    }

    /**
     * Takes what comes next: packets go to the sink, an answer is looked at.
     *
     * @param longest that nothing may come for
     * @return false where it was the answer to TEARDOWN, and nothing follows
     * @throws IOException where the session is over, or the camera is gone
     */
    public boolean next(Duration longest) throws IOException {
        RtspMessage message = read(longest);
        switch (message) {
            case InterleavedFrame frame -> frames.frame(frame);
            case RtspRequest request -> refuse(request);
            case RtspResponse response when farewell != 0 && isTo(farewell, response) -> {
                return false;
            }
            case RtspResponse response -> look(response);
        }
        return true;
    }

    private void look(RtspResponse response) throws IOException {
        if (response.is(RtspStatus.UNAUTHORIZED) && demanded(response)) {
            // The nonce had expired; the next sign of life has the new one. Not at once, for a camera that says so for ever.
            return;
        }
        if (response.is(RtspStatus.NOT_IMPLEMENTED) || response.is(RtspStatus.METHOD_NOT_ALLOWED)
                || response.is(RtspStatus.INVALID_PARAMETER) || response.is(RtspStatus.OPTION_NOT_SUPPORTED)) {
            // RFC 2326 section 10.1: what every server knows.
            aliveMethod = "OPTIONS";
        } else if (response.is(RtspStatus.SESSION_NOT_FOUND) || response.is(RtspStatus.UNAUTHORIZED)) {
            throw new RtspException("it ended the session: " + response);
        }
    }

    /** Asks, with the password where it is demanded. */
    private RtspResponse ask(RtspRequest request) throws IOException {
        RtspResponse response = answerTo(send(request));
        // Once with a password, and once more where its nonce had expired.
        for (int again = 0; again < 2 && response.is(RtspStatus.UNAUTHORIZED) && demanded(response); again++) {
            response = answerTo(send(request));
        }
        if (response.is(RtspStatus.MOVED_PERMANENTLY) || response.is(RtspStatus.MOVED_TEMPORARILY)) {
            throw new RedirectException(response.headers().first("Location").orElse(""));
        }
        if (response.is(RtspStatus.UNAUTHORIZED)) {
            throw new RtspException(RtspStatus.UNAUTHORIZED, "it does not accept user and password, or wants some (401)");
        }
        if (!response.is(RtspStatus.OK)) {
            throw new RtspException("it answers " + request.method() + " with " + response);
        }
        return response;
    }

    private synchronized boolean demanded(RtspResponse response) {
        return authenticator.demanded(response);
    }

    private synchronized int send(RtspRequest request) throws IOException {
        number++;
        connection.write(authenticator.sign(request.with(RtspMessage.CSEQ, Integer.toString(number)).with("User-Agent", "mcm")));
        return number;
    }

    private RtspResponse answerTo(int asked) throws IOException {
        long end = nanoClock.getAsLong() + patience.toNanos();
        int others = 0;
        while (others < MAX_OTHERS) {
            // One deadline for all that comes before the answer: a camera may send packets for ever.
            switch (read(Duration.ofNanos(end - nanoClock.getAsLong()))) {
                case InterleavedFrame frame -> frames.frame(frame);
                case RtspRequest request -> {
                    refuse(request);
                    others++;
                }
                case RtspResponse response when isTo(asked, response) -> {
                    return response;
                }
                case RtspResponse _ -> others++;
            }
        }
        throw new RtspException("it does not answer what it is asked: no response with CSeq " + asked);
    }

    /** Without a number it can only be to what was asked last. */
    private static boolean isTo(int asked, RtspResponse response) {
        return response.headers().first(RtspMessage.CSEQ).map(text -> text.equals(Integer.toString(asked))).orElse(true);
    }

    private void refuse(RtspRequest request) throws IOException {
        connection.write(new RtspResponse(RtspStatus.NOT_IMPLEMENTED)
            .with(RtspMessage.CSEQ, request.headers().first(RtspMessage.CSEQ).orElse("0")));
    }

    private RtspMessage read(Duration longest) throws IOException {
        try {
            RtspMessage message = connection.read(longest);
            if (message == null) {
                throw new EOFException("it closed the connection");
            }
            return message;
        } catch (SocketTimeoutException _) {
            throw new SocketTimeoutException("it does not say what was expected in time");
        }
    }

    @Override
    public void close() {
        connection.close();
    }

    /** The camera is elsewhere (RFC 2326 section 11.3). */
    public static final class RedirectException extends IOException {

        private static final long serialVersionUID = 1L;
        private final String location;

        RedirectException(String location) {
            super("it is at " + Shown.text(location.replaceFirst("//[^/]*@", "//...@")));
            this.location = location;
        }

        /** As the server gave it: any text. */
        public String location() {
            return location;
        }
    }
}
