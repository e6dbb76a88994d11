package io.mcm.camera.send;

import io.mcm.camera.pace.PacketOut;
import io.mcm.cli.EnvironmentException;
import java.io.IOException;
import java.lang.foreign.MemorySegment;
import java.net.InetSocketAddress;
import java.net.PortUnreachableException;
import java.nio.ByteBuffer;
import java.nio.channels.DatagramChannel;

/** Sends packets to one address. A receiver that is not there yet does not end the camera. */
public final class UdpSender implements PacketOut, AutoCloseable {

    private final InetSocketAddress to;
    private final DatagramChannel channel;
    private MemorySegment viewed = MemorySegment.NULL;
    private ByteBuffer view = ByteBuffer.allocate(0);
    private long refused;

    private UdpSender(InetSocketAddress to, DatagramChannel channel) {
        this.to = to;
        this.channel = channel;
    }

    /** @throws EnvironmentException if there is no way to the address */
    public static UdpSender to(InetSocketAddress to) {
        try {
            // Connected, so that a refusal by the receiver's machine is told.
            return new UdpSender(to, DatagramChannel.open().connect(to));
        } catch (IOException e) {
            throw new EnvironmentException("cannot send to " + to + ": " + e.getMessage(), e);
        }
    }

    @Override
    public void send(int channel, MemorySegment segment, long offset, int length) {
        ByteBuffer bytes = viewOf(segment);
        bytes.limit(Math.toIntExact(offset + length)).position(Math.toIntExact(offset));
        try {
            write(bytes);
        } catch (IOException e) {
            throw new EnvironmentException("cannot send " + length + " bytes to " + to + ": " + e.getMessage(), e);
        }
    }

    /** The refusal that a write tells is of an earlier packet; this one has not been sent yet. */
    private void write(ByteBuffer bytes) throws IOException {
        try {
            channel.write(bytes);
        } catch (PortUnreachableException _) {
            refused++;
            writeAgain(bytes);
        }
    }

    private void writeAgain(ByteBuffer bytes) throws IOException {
        try {
            channel.write(bytes);
        } catch (PortUnreachableException _) {
            refused++;
        }
    }

    private ByteBuffer viewOf(MemorySegment segment) {
        if (segment != viewed) {
            viewed = segment;
            view = segment.asByteBuffer();
        }
        return view;
    }

    /** Packets that came back because nothing listened at the address. */
    public long refused() {
        return refused;
    }

    @Override
    public void close() {
        try {
            channel.close();
        } catch (IOException e) {
            throw new EnvironmentException("cannot close the socket to " + to + ": " + e.getMessage(), e);
        }
    }
}
