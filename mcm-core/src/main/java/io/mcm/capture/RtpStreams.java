package io.mcm.capture;

import io.mcm.metric.Counters;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/** The RTP streams in a capture. */
public final class RtpStreams {

    private final Path file;
    private final List<RtpStream> streams;
    private final long datagrams;
    private final long unsorted;
    private final Counters<CaptureCounter> counters;
    private final CaptureException damage;

    private RtpStreams(DatagramReader reader, RtpScan scan, CaptureException damage) {
        file = reader.file();
        streams = List.copyOf(scan.finish());
        datagrams = scan.datagrams();
        unsorted = scan.unsorted();
        counters = reader.counters();
        this.damage = damage;
    }

    /**
     * Reads a capture to its end or to where it is damaged.
     *
     * @throws CaptureException if the file is missing, empty or no capture
     */
    public static RtpStreams scan(Path file) throws CaptureException {
        return scan(file, false);
    }

    /**
     * Reads a capture to its end.
     *
     * @param pastDamage whether to go on behind what is damaged
     * @throws CaptureException if the file is missing, empty or no capture
     */
    public static RtpStreams scan(Path file, boolean pastDamage) throws CaptureException {
        RtpScan scan = new RtpScan();
        try (DatagramReader reader = DatagramReader.open(file)) {
            CaptureException damage = addAll(reader, scan);
            CaptureException first = damage;
            while (damage != null && pastDamage && reader.resume()) {
                damage = addAll(reader, scan);
            }
            return new RtpStreams(reader, scan, first);
        }
    }

    private static CaptureException addAll(DatagramReader reader, RtpScan scan) {
        try {
            while (reader.next()) {
                scan.add(reader.datagram());
            }
            return null;
        } catch (CaptureException e) {
            return e;
        }
    }

    public Path file() {
        return file;
    }

    /** In the order of their first packets. */
    public List<RtpStream> streams() {
        return streams;
    }

    /** UDP datagrams in the capture, RTP or not. */
    public long datagrams() {
        return datagrams;
    }

    /** RTP packets that belong to no stream here, because there are too many streams. */
    public long unsorted() {
        return unsorted;
    }

    /** What became of the capture's records. */
    public Counters<CaptureCounter> counters() {
        return counters;
    }

    /** Where and why the capture, or what can be read of it in one piece, ends before its end. */
    public Optional<CaptureException> damage() {
        return Optional.ofNullable(damage);
    }
}
