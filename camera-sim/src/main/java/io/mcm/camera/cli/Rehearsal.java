package io.mcm.camera.cli;

import static java.lang.System.Logger.Level.DEBUG;

import io.mcm.camera.TimedPacketSink;
import io.mcm.camera.impair.Impairer;
import io.mcm.camera.impair.Impairments;
import io.mcm.camera.pace.Clock;
import io.mcm.camera.pace.CsvTrace;
import io.mcm.camera.pace.Idle;
import io.mcm.camera.pace.Pacer;
import io.mcm.camera.send.UdpConfig;
import io.mcm.camera.send.UdpSender;
import io.mcm.camera.send.UdpTarget;
import io.mcm.camera.source.CameraSource;
import java.io.IOException;
import java.io.OutputStream;
import java.lang.foreign.MemorySegment;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.channels.DatagramChannel;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.TimeUnit;

/**
 * Plays the source to a socket of our own before the first packet that counts: code that the JVM has not compiled yet takes 200 us a
 * packet, compiled code 10.
 */
final class Rehearsal {

    private static final System.Logger LOG = System.getLogger(Rehearsal.class.getName());
    /** {@code -Dmcm.rehearse=false}: for tests, whose many short processes need not be punctual. */
    private static final boolean WANTED = Boolean.parseBoolean(System.getProperty("mcm.rehearse", "true"));
    private static final long NANOS = TimeUnit.MILLISECONDS.toNanos(300);
    /** Some waits of the rehearsal are real, so that waiting is rehearsed too. */
    private static final double SPEED = 100;

    private Rehearsal() {}

    /** @param source one of its own: it goes on from where it is played to. A damage is told when it is played for real. */
    static void of(CameraSource source, int streams) {
        if (!WANTED) {
            return;
        }
        try (DatagramChannel receiver = DatagramChannel.open().bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0));
             UdpSender sender = UdpSender.open(targets((InetSocketAddress) receiver.getLocalAddress(), streams), UdpConfig.defaults())) {
            CsvTrace trace = new CsvTrace(OutputStream.nullOutputStream(), Clock.SYSTEM.nanoTime());
            Pacer pacer = new Pacer(SPEED, Clock.SYSTEM, Idle.SYSTEM, sender, trace);
            Impairer impairer = new Impairer(Impairments.NONE, pacer);
            source.play(new Limited(impairer, Clock.SYSTEM.nanoTime() + NANOS));
            impairer.end();
        } catch (IOException e) {
            LOG.log(DEBUG, "rehearsal ended early: {0}", e.getMessage());
        }
    }

    private static List<UdpTarget> targets(InetSocketAddress receiver, int streams) {
        return Collections.nCopies(streams, UdpTarget.muxed(receiver));
    }

    /** Ends the source when the time is over. */
    private record Limited(TimedPacketSink next, long endNanos) implements TimedPacketSink {

        @Override
        public void packet(int channel, MemorySegment segment, long offset, int length, long dueNanos) {
            next.packet(channel, segment, offset, length, dueNanos);
        }

        @Override
        public boolean isStopped() {
            return Clock.SYSTEM.nanoTime() - endNanos >= 0;
        }
    }
}
