package io.mcm.camera.record;

import io.mcm.capture.LinkType;
import io.mcm.cli.EnvironmentException;
import io.mcm.metric.Counters;
import java.io.EOFException;
import java.io.OutputStream;
import java.lang.foreign.MemorySegment;
import java.sql.Timestamp;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.locks.LockSupport;
import java.util.logging.Level;
import java.util.logging.Logger;
import java.util.stream.Collectors;
import org.pcap4j.core.BpfProgram;
import org.pcap4j.core.NotOpenException;
import org.pcap4j.core.PcapHandle;
import org.pcap4j.core.PcapNativeException;
import org.pcap4j.core.PcapNetworkInterface;
import org.pcap4j.core.PcapStat;
import org.pcap4j.core.Pcaps;

/** Records what a network interface sees of a UDP port, through libpcap (by pcap4j), as pcapng with nanoseconds. One thread. */
public final class LiveCapture implements AutoCloseable {

    /** Frames of loopback have up to 64 KiB. */
    private static final int SNAP_LENGTH = 65_550;
    /** Of the kernel: 8 MiB lost most of 20,000 packets at once, 64 MiB none. */
    private static final int BUFFER_BYTES = 64 << 20;
    /** How long the kernel gathers packets before it hands them over. */
    private static final int GATHER_MILLIS = 100;
    /** A look so often costs little; waiting in libpcap would not end before a packet comes (TPACKET_V3). */
    private static final long QUIET_NANOS = 10_000_000;
    private static final int MAX_PORT = 65_535;
    /** libpcap's own numbers for what files call {@link LinkType#RAW}: Linux, and the BSDs'. */
    private static final int DLT_RAW = 12;
    private static final int DLT_RAW_OPENBSD = 14;
    /** Held, for a logger that nobody holds forgets its level: it tells every default that it uses. */
    private static final Logger PCAP4J = Logger.getLogger("org.pcap4j");
    private static final String INSTALL = "live capture needs libpcap: apt-get install libpcap0.8";
    private static final String PRIVILEGE = "; live capture needs CAP_NET_RAW: run it as root, or once: setcap cap_net_raw+ep $JAVA_HOME/bin/java";

    static {
        PCAP4J.setLevel(Level.WARNING);
    }

    private final PcapHandle handle;
    private final PcapngWriter writer;
    private final Counters<RecordCounter> counters = new Counters<>(RecordCounter.class);
    private volatile boolean stopped;

    private LiveCapture(PcapHandle handle, PcapngWriter writer) {
        this.handle = handle;
        this.writer = writer;
    }

    /**
     * From now on packets are gathered.
     *
     * @param port of RTP; the one above is recorded too
     * @throws EnvironmentException if libpcap, the interface or the right to listen is missing; the message says how to get it
     */
    public static LiveCapture open(String networkInterface, int port, OutputStream out) {
        try {
            requireInterface(networkInterface);
            PcapHandle handle = new PcapHandle.Builder(networkInterface).snaplen(SNAP_LENGTH).bufferSize(BUFFER_BYTES)
                .timeoutMillis(GATHER_MILLIS).promiscuousMode(PcapNetworkInterface.PromiscuousMode.NONPROMISCUOUS)
                .timestampPrecision(PcapHandle.TimestampPrecision.NANO).build();
            handle.setFilter(filter(port), BpfProgram.BpfCompileMode.OPTIMIZE);
            handle.setBlockingMode(PcapHandle.BlockingMode.NONBLOCKING);
            return new LiveCapture(handle, new PcapngWriter(out, linkType(handle.getDlt().value()), SNAP_LENGTH, networkInterface));
        } catch (LinkageError e) {
            throw new EnvironmentException(INSTALL, e);
        } catch (PcapNativeException | NotOpenException e) {
            throw new EnvironmentException("cannot record at " + networkInterface + ": " + reason(e), e);
        }
    }

    private static String reason(Exception e) {
        String message = String.valueOf(e.getMessage()).strip();
        return message.contains("not permitted") || message.contains("permission") ? message + PRIVILEGE : message;
    }

    private static void requireInterface(String name) throws PcapNativeException {
        List<String> names = Pcaps.findAllDevs().stream().map(PcapNetworkInterface::getName).toList();
        if (!names.contains(name)) {
            throw new EnvironmentException("--interface " + name + ": there is none; there are "
                + names.stream().collect(Collectors.joining(", ")));
        }
    }

    /** Later fragments of a datagram have no port: all are taken. */
    static String filter(int port) {
        String above = port == MAX_PORT ? "" : " or udp port " + (port + 1);
        return "udp port " + port + above + " or (ip proto 17 and ip[6:2] & 0x1fff != 0) or ip6 proto 44";
    }

    private static int linkType(int dlt) {
        return dlt == DLT_RAW || dlt == DLT_RAW_OPENBSD ? LinkType.RAW : dlt;
    }

    /** Makes {@link #run} end; from any thread. */
    public void stop() {
        stopped = true;
    }

    /**
     * Records until it is stopped.
     *
     * @param packets most to record, 0 for any number
     * @param nanos   longest time, 0 for any
     */
    public void run(long packets, long nanos) {
        long start = System.nanoTime();
        while (!stopped && isWanted(packets) && (nanos == 0 || System.nanoTime() - start < nanos)) {
            takeBefore(Long.MAX_VALUE);
        }
        takeGathered(packets);
        writer.flush();
        countDrops();
    }

    /** What the kernel is still gathering came before the end. */
    private void takeGathered(long packets) {
        long end = TimeUnit.MILLISECONDS.toNanos(System.currentTimeMillis());
        long patience = System.nanoTime() + 2 * TimeUnit.MILLISECONDS.toNanos(GATHER_MILLIS);
        while (isWanted(packets) && takeBefore(end) && System.nanoTime() - patience < 0) {
            // Until one came after the end, or none for long enough.
        }
    }

    private boolean isWanted(long packets) {
        return packets == 0 || counters.get(RecordCounter.PACKETS) < packets;
    }

    /** @return false if one came at this time or later, which is not recorded */
    private boolean takeBefore(long endNanos) {
        try {
            byte[] frame = handle.getNextRawPacketEx();
            long nanos = sinceEpoch(handle.getTimestamp());
            if (nanos < endNanos) {
                add(frame, handle.getOriginalLength(), nanos);
            }
            return nanos < endNanos;
        } catch (TimeoutException _) {
            // A quiet moment: what came before can be read by others now.
            if (!writer.isEmpty()) {
                writer.flush();
            }
            LockSupport.parkNanos(QUIET_NANOS);
            return true;
        } catch (EOFException e) {
            throw new IllegalStateException("a live capture has no end", e);
        } catch (PcapNativeException | NotOpenException e) {
            throw new EnvironmentException("the recording ended: " + reason(e), e);
        }
    }

    private static long sinceEpoch(Timestamp time) {
        return TimeUnit.SECONDS.toNanos(Math.floorDiv(time.getTime(), TimeUnit.SECONDS.toMillis(1))) + time.getNanos();
    }

    private void add(byte[] frame, int original, long sinceEpoch) {
        counters.increment(RecordCounter.PACKETS);
        if (frame.length < original) {
            counters.increment(RecordCounter.CUT);
        }
        long at = writer.add(frame.length, original, sinceEpoch);
        MemorySegment.copy(MemorySegment.ofArray(frame), 0, writer.segment(), at, frame.length);
    }

    private void countDrops() {
        try {
            PcapStat stat = handle.getStats();
            counters.add(RecordCounter.KERNEL_DROPPED, stat.getNumPacketsDropped());
            counters.add(RecordCounter.INTERFACE_DROPPED, stat.getNumPacketsDroppedByIf());
        } catch (PcapNativeException | NotOpenException e) {
            throw new EnvironmentException("libpcap does not say what it dropped: " + e.getMessage(), e);
        }
    }

    public Counters<RecordCounter> counters() {
        return counters;
    }

    @Override
    public void close() {
        handle.close();
    }
}
