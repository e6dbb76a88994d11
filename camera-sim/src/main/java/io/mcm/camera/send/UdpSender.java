package io.mcm.camera.send;

import static java.lang.System.Logger.Level.WARNING;

import io.mcm.camera.pace.PacketOut;
import io.mcm.capture.Endpoint;
import io.mcm.capture.Flow;
import io.mcm.cli.EnvironmentException;
import io.mcm.foreign.DatagramSender;
import io.mcm.foreign.Errno;
import io.mcm.foreign.SendBatch;
import io.mcm.foreign.SystemCallException;
import io.mcm.metric.Counters;
import io.mcm.metric.LimitedLog;
import java.lang.foreign.MemorySegment;
import java.net.InetSocketAddress;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;

/** Sends each channel's packets to its address. A receiver that is not there yet does not end the camera. */
public final class UdpSender implements PacketOut, AutoCloseable {

    private static final LimitedLog NOT_TAKEN = new LimitedLog(System.getLogger(UdpSender.class.getName()), WARNING);
    /** A picture of many packets must not wait for the network card packet by packet. */
    private static final int SEND_BUFFER = 1 << 20;

    private final List<UdpTarget> targets;
    private final UdpConfig config;
    /** By channel; those of RTCP are opened when there is some. */
    private final DatagramSender[] sockets;
    private final SendBatch batch;
    private final Counters<SendCounter> counters = new Counters<>(SendCounter.class);
    private DatagramSender current;
    private boolean isRtcp;

    private UdpSender(List<UdpTarget> targets, UdpConfig config) {
        this.targets = List.copyOf(targets);
        this.config = config;
        sockets = new DatagramSender[2 * targets.size()];
        batch = new SendBatch(config.trains());
    }

    /** To one address, RTCP to the port above. */
    public static UdpSender to(InetSocketAddress to) {
        return open(List.of(UdpTarget.of(to)), UdpConfig.defaults());
    }

    /**
     * Opens a socket for each target, and another for its RTCP when there is some.
     *
     * @param targets of channels 0 and 1, 2 and 3, and so on
     * @throws EnvironmentException if there is no way to an address
     */
    public static UdpSender open(List<UdpTarget> targets, UdpConfig config) {
        UdpSender sender = new UdpSender(targets, config);
        try {
            for (int channel = 0; channel < sender.sockets.length; channel += 2) {
                sender.socketOf(channel);
            }
            return sender;
        } catch (RuntimeException e) {
            sender.close();
            throw e;
        }
    }

    private DatagramSender socketOf(int channel) {
        if (sockets[channel] == null) {
            UdpTarget target = targets.get(channel / 2);
            boolean rtcp = (channel & 1) != 0;
            sockets[channel] = rtcp && target.rtcp().equals(target.rtp()) ? socketOf(channel - 1) : connect(rtcp ? target.rtcp() : target.rtp());
        }
        return sockets[channel];
    }

    private DatagramSender connect(InetSocketAddress to) {
        try {
            DatagramSender socket = DatagramSender.connect(to, config.hops(), config.interfaceIndex());
            socket.requestSendBuffer(SEND_BUFFER);
            return socket;
        } catch (SystemCallException e) {
            throw new EnvironmentException("cannot send to " + to + ": " + e.getMessage(), e);
        }
    }

    @Override
    public void send(int channel, MemorySegment segment, long offset, int length) {
        DatagramSender socket = socketOf(channel);
        if (socket != current) {
            flush();
            current = socket;
            isRtcp = (channel & 1) != 0;
        }
        if (!batch.add(segment, offset, length)) {
            flush();
            batch.add(segment, offset, length);
        }
    }

    @Override
    public void flush() {
        if (batch.isEmpty()) {
            return;
        }
        long refusals = current.refusals();
        long failures = current.failures();
        current.send(batch);
        counters.add(isRtcp ? SendCounter.RTCP_REFUSED : SendCounter.REFUSED, current.refusals() - refusals);
        if (current.failures() > failures) {
            counters.add(SendCounter.NOT_TAKEN, current.failures() - failures);
            NOT_TAKEN.log(() -> "to " + current.to() + ": the kernel did not take packets: " + Errno.text(current.lastErrno()));
        }
    }

    /** From where and to where a channel's packets go. */
    public Flow flow(int channel) {
        DatagramSender socket = socketOf(channel);
        return new Flow(Endpoint.of(socket.from()), Endpoint.of(socket.to()));
    }

    public Counters<SendCounter> counters() {
        return counters;
    }

    @Override
    public void close() {
        Stream.of(sockets).filter(Objects::nonNull).forEach(DatagramSender::close);
        batch.close();
    }
}
