package io.mcm.capture;

import io.mcm.rtp.RtpPacket;
import io.mcm.rtp.Ssrc;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import java.util.Set;

/**
 * The streams of a capture that stand for one camera: what went to one address and port. Unless told otherwise that is where the most
 * H.264 packets went. Of two sources that sent there at once it is the first, of two that sent one after the other, as a
 * restarted camera does, both.
 */
public final class StreamSelection {

    /** Streams that an error names; more would not be one clear line. */
    private static final int MAX_NAMED = 5;

    private final Endpoint destination;
    private final List<RtpStream> streams;

    private StreamSelection(List<RtpStream> streams) {
        this.destination = streams.getFirst().flow().destination();
        this.streams = streams;
    }

    /**
     * Selects.
     *
     * @param port the destination port, if it matters
     * @param ssrc the source, if it matters; its payload is then not looked at
     * @throws CaptureException if the capture has no such stream; the message names the streams that it has
     */
    public static StreamSelection of(RtpStreams capture, OptionalInt port, OptionalInt ssrc) throws CaptureException {
        return of(capture, port, ssrc, Set.of());
    }

    /**
     * Selects.
     *
     * @param payloadTypes those that somebody has said to be H.264, whose payload is then not looked at; empty if nobody has
     * @throws CaptureException as above
     */
    public static StreamSelection of(RtpStreams capture, OptionalInt port, OptionalInt ssrc, Set<Integer> payloadTypes)
            throws CaptureException {
        List<RtpStream> candidates = capture.streams().stream()
            .filter(stream -> port.isEmpty() || stream.flow().destination().port() == port.getAsInt())
            .filter(stream -> ssrc.isEmpty() || stream.ssrc() == ssrc.getAsInt())
            .filter(stream -> payloadTypes.isEmpty() ? ssrc.isPresent() || stream.isH264() : payloadTypes.contains(stream.payloadType()))
            .toList();
        if (candidates.isEmpty()) {
            throw new CaptureException(capture.file(), nothing(capture, port, ssrc, payloadTypes), capture.damage().orElse(null));
        }
        Endpoint busiest = busiest(candidates);
        return new StreamSelection(oneAfterTheOther(candidates.stream()
            .filter(stream -> stream.flow().destination().equals(busiest))
            .toList()));
    }

    /**
     * Every camera of a capture: all H.264 streams, those that stand for one camera together.
     *
     * @return in the order of their first packets
     * @throws CaptureException if there is no H.264
     */
    public static List<StreamSelection> all(RtpStreams capture) throws CaptureException {
        List<RtpStream> left = new ArrayList<>(capture.streams().stream().filter(RtpStream::isH264).toList());
        if (left.isEmpty()) {
            throw new CaptureException(capture.file(), nothing(capture, OptionalInt.empty(), OptionalInt.empty(), Set.of()),
                capture.damage().orElse(null));
        }
        List<StreamSelection> all = new ArrayList<>();
        while (!left.isEmpty()) {
            Endpoint destination = left.getFirst().flow().destination();
            StreamSelection camera = new StreamSelection(oneAfterTheOther(left.stream()
                .filter(stream -> stream.flow().destination().equals(destination)).toList()));
            left.removeAll(camera.streams);
            all.add(camera);
        }
        return all;
    }

    private static Endpoint busiest(List<RtpStream> candidates) {
        Map<Endpoint, Long> packets = new HashMap<>();
        candidates.forEach(stream -> packets.merge(stream.flow().destination(), stream.packets(), Long::sum));
        // The first of equals: candidates are in the order of their first packets.
        return candidates.stream().map(stream -> stream.flow().destination())
            .sorted(Comparator.comparing(packets::get, Comparator.reverseOrder()))
            .findFirst().orElseThrow();
    }

    private static List<RtpStream> oneAfterTheOther(List<RtpStream> candidates) {
        List<RtpStream> taken = new ArrayList<>();
        for (RtpStream stream : candidates) {
            if (taken.isEmpty() || stream.firstNanos() > taken.getLast().lastNanos()) {
                taken.add(stream);
            }
        }
        return List.copyOf(taken);
    }

    private static String nothing(RtpStreams capture, OptionalInt port, OptionalInt ssrc, Set<Integer> payloadTypes) {
        String wanted = "no H.264 over RTP" + (port.isPresent() ? " to port " + port.getAsInt() : "")
            + (ssrc.isPresent() ? " with SSRC " + Ssrc.text(ssrc.getAsInt()) : "")
            + (payloadTypes.isEmpty() ? "" : " with payload type " + String.join(" or ", payloadTypes.stream().sorted().map(String::valueOf).toList()));
        String there = capture.streams().isEmpty()
            ? capture.datagrams() + " UDP datagrams, none of them RTP version 2 with a payload type of 35 to 63 or 96 to 127"
            : String.join("; ", capture.streams().stream().map(RtpStream::toString).limit(MAX_NAMED).toList());
        return wanted + "; there is: " + there + capture.damage().map(damage -> "; and " + damage.getMessage()).orElse("");
    }

    /** Where the selected streams went. */
    public Endpoint destination() {
        return destination;
    }

    /** In the order in which they were sent. */
    public List<RtpStream> streams() {
        return streams;
    }

    /** Packets of the selected streams, duplicates too. */
    public long packets() {
        return streams.stream().mapToLong(RtpStream::packets).sum();
    }

    /** Whether the cameras' RTCP shares the port of their RTP (RFC 5761). */
    public boolean isRtcpMuxed() {
        return streams.stream().anyMatch(RtpStream::isRtcpMuxed);
    }

    /** Nanoseconds since 1970 UTC. */
    public long firstNanos() {
        return streams.getFirst().firstNanos();
    }

    /** Nanoseconds since 1970 UTC. */
    public long lastNanos() {
        return streams.getLast().lastNanos();
    }

    /** Whether a datagram's sender is one of these sources. */
    boolean isFrom(int ssrc) {
        for (int i = 0; i < streams.size(); i++) {
            if (streams.get(i).ssrc() == ssrc) {
                return true;
            }
        }
        return false;
    }

    boolean takes(RtpPacket packet) {
        for (int i = 0; i < streams.size(); i++) {
            RtpStream stream = streams.get(i);
            if (stream.ssrc() == packet.ssrc() && stream.payloadType() == packet.payloadType()) {
                return true;
            }
        }
        return false;
    }
}
