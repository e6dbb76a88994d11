package io.mcm.rtsp;

import java.io.BufferedInputStream;
import java.io.Closeable;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.SocketException;
import java.net.SocketTimeoutException;
import java.time.Duration;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.LongSupplier;

/** A TCP connection that RTSP is spoken on. One thread reads, any may write; {@link #close} from any thread ends both. */
public final class RtspConnection implements Closeable {

    /** No time limit. */
    private static final long NEVER = Long.MAX_VALUE;
    private static final int READ_BUFFER = 64 << 10;
    private static final long NANOS_PER_MILLI = 1_000_000;

    private final Socket socket;
    private final LongSupplier nanoClock;
    private final RtspReader reader;
    private final OutputStream out;
    private final ReentrantLock writing = new ReentrantLock();
    private final byte[] frame = new byte[InterleavedFrame.HEADER_LENGTH + InterleavedFrame.MAX_LENGTH];
    private final MemorySegment frameSegment = MemorySegment.ofArray(frame);
    private long deadline = NEVER;
    private volatile long writeBegan = NEVER;

    /** Owns the socket, which is connected. */
    public RtspConnection(Socket socket, LongSupplier nanoClock) throws IOException {
        this.socket = socket;
        this.nanoClock = nanoClock;
        socket.setTcpNoDelay(true);
        reader = new RtspReader(new BufferedInputStream(new TimedInput(socket.getInputStream()), READ_BUFFER));
        out = socket.getOutputStream();
    }

    /** Waits as long as the deadline says for each piece, so that a peer that sends a byte a second does not hold on for ever. */
    private final class TimedInput extends InputStream {

        private final InputStream in;

        private TimedInput(InputStream in) {
            this.in = in;
        }

        @Override
        public int read() {
            throw new UnsupportedOperationException("the buffer reads arrays");
        }

        @Override
        public int read(byte[] to, int offset, int length) throws IOException {
            if (deadline == NEVER) {
                socket.setSoTimeout(0);
            } else {
                long millis = (deadline - nanoClock.getAsLong()) / NANOS_PER_MILLI;
                if (millis <= 0) {
                    throw new SocketTimeoutException("not in time");
                }
                socket.setSoTimeout((int) Math.min(millis, Integer.MAX_VALUE));
            }
            return in.read(to, offset, length);
        }
    }

    /**
     * The next whole message, within that time.
     *
     * @param timeout null for none
     * @return see {@link RtspReader#next}
     * @throws SocketTimeoutException where it did not come whole in time; what follows cannot be told then
     */
    public RtspMessage read(Duration timeout) throws IOException {
        deadline = timeout == null ? NEVER : nanoClock.getAsLong() + timeout.toNanos();
        return reader.next();
    }

    public void write(RtspRequest request) throws IOException {
        byte[] bytes = request.encode();
        write(bytes, bytes.length);
    }

    public void write(RtspResponse response) throws IOException {
        byte[] bytes = response.encode();
        write(bytes, bytes.length);
    }

    /** @param length of the packet, at most {@link InterleavedFrame#MAX_LENGTH} */
    public void writeFrame(int channel, MemorySegment packet, long offset, int length) throws IOException {
        writing.lock();
        try {
            InterleavedFrame.writeHeader(frameSegment, channel, length);
            MemorySegment.copy(packet, ValueLayout.JAVA_BYTE, offset, frame, InterleavedFrame.HEADER_LENGTH, length);
            write(frame, InterleavedFrame.HEADER_LENGTH + length);
        } finally {
            writing.unlock();
        }
    }

    private void write(byte[] bytes, int length) throws IOException {
        writing.lock();
        try {
            writeBegan = nanoClock.getAsLong();
            out.write(bytes, 0, length);
        } finally {
            writeBegan = NEVER;
            writing.unlock();
        }
    }

    /** How long the write under way has been waiting for the peer; 0 where none is. Any thread may ask. */
    public long stalledNanos() {
        long began = writeBegan;
        return began == NEVER ? 0 : nanoClock.getAsLong() - began;
    }

    /** Of the peer. */
    public InetSocketAddress remote() {
        return (InetSocketAddress) socket.getRemoteSocketAddress();
    }

    /** Ours, as the peer sees it. */
    public InetSocketAddress local() {
        return (InetSocketAddress) socket.getLocalSocketAddress();
    }

    /** Bytes that the kernel holds for a peer that does not read. */
    public void setSendBuffer(int bytes) throws SocketException {
        socket.setSendBufferSize(bytes);
    }

    @Override
    public void close() {
        try {
            socket.close();
        } catch (IOException _) {
            // It is gone, which is what was wanted.
        }
    }
}
