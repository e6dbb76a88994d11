package io.mcm.ingest;

import io.mcm.capture.RtpPacketReader;
import io.mcm.capture.RtpStreams;
import io.mcm.capture.StreamSelection;
import io.mcm.foreign.DatagramBatch;
import io.mcm.foreign.Reactor;
import io.mcm.h264.AnnexBWriter;
import io.mcm.h264.Depacketizer;
import io.mcm.rtp.ReceiverConfig;
import io.mcm.rtp.RtpPacket;
import io.mcm.rtp.RtpReceiver;
import java.io.IOException;
import java.io.OutputStream;
import java.lang.foreign.ValueLayout;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.nio.file.Path;
import java.security.DigestOutputStream;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;

/** A capture's RTP packets sent to a source, and what came of them. */
final class Replay {

    /** In flight at once: less than the smallest receive buffer that Linux gives, 212,992 bytes, holds. */
    private static final int WINDOW = 32;
    private static final int BATCH = 16;
    private static final long PATIENCE_NANOS = 60_000_000_000L;
    private static final long LOOK_NANOS = 500_000_000;

    private final MessageDigest digest = md5();
    private final Depacketizer depacketizer =
        new Depacketizer(new AnnexBWriter(new DigestOutputStream(OutputStream.nullOutputStream(), digest)));
    private final RtpReceiver receiver = new RtpReceiver(ReceiverConfig.defaults().withSourceTimeout(0), depacketizer);
    private final List<Long> arrivals = new ArrayList<>();
    private int received;

    /**
     * What the stream was seen to be.
     *
     * @param md5 of its NAL units as Annex B
     */
    record Result(String md5, Map<String, Long> rtp, Map<String, Long> h264) {}

    /** Straight from the file, without a socket. */
    static Result ofFile(Path capture) throws IOException {
        Replay replay = new Replay();
        try (RtpPacketReader reader = open(capture)) {
            while (reader.next()) {
                RtpPacket packet = reader.packet();
                replay.receiver.accept(packet.segment(), packet.base(), packet.length(), reader.arrivalNanos());
            }
        }
        return replay.result();
    }

    /** Through the source, with the capture's own arrival times, so that the results can be compared. */
    static Result through(PacketSource source, Path capture) throws IOException {
        Replay replay = new Replay();
        try (Reactor reactor = new Reactor(); DatagramBatch batch = new DatagramBatch(BATCH); DatagramSocket camera = new DatagramSocket();
             RtpPacketReader reader = open(capture)) {
            reactor.add(source.fd(), () -> replay.take(source, batch));
            while (reader.next()) {
                byte[] bytes = reader.packet().segment().asSlice(reader.packet().base(), reader.packet().length())
                    .toArray(ValueLayout.JAVA_BYTE);
                camera.send(new DatagramPacket(bytes, bytes.length, InetAddress.getLoopbackAddress(), source.port()));
                replay.arrivals.add(reader.arrivalNanos());
                replay.await(reactor, replay.arrivals.size() - WINDOW);
            }
            replay.await(reactor, replay.arrivals.size());
            reactor.remove(source.fd());
        }
        return replay.result();
    }

    private static RtpPacketReader open(Path capture) throws IOException {
        return RtpPacketReader.open(capture, StreamSelection.of(RtpStreams.scan(capture), OptionalInt.empty(), OptionalInt.empty()));
    }

    private void take(PacketSource source, DatagramBatch batch) {
        int count = source.receive(batch);
        for (int i = 0; i < count; i++) {
            receiver.accept(batch.slab(), batch.offset(i), batch.length(i), arrivals.get(received++));
        }
    }

    private void await(Reactor reactor, int datagrams) {
        long deadline = System.nanoTime() + PATIENCE_NANOS;
        while (received < datagrams) {
            if (System.nanoTime() - deadline > 0) {
                throw new AssertionError("of " + arrivals.size() + " datagrams sent came " + received);
            }
            reactor.poll(LOOK_NANOS);
        }
    }

    private Result result() {
        receiver.flush();
        return new Result(HexFormat.of().formatHex(digest.digest()), receiver.counters().snapshot(), depacketizer.counters().snapshot());
    }

    private static MessageDigest md5() {
        try {
            return MessageDigest.getInstance("MD5");
        } catch (NoSuchAlgorithmException e) {
            throw new AssertionError(e);
        }
    }
}
