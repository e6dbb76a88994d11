package io.mcm.camera.cli;

import io.mcm.camera.TimedPacketSink;
import io.mcm.camera.fleet.Fleet;
import io.mcm.camera.fleet.FleetCamera;
import io.mcm.camera.impair.Impairer;
import io.mcm.camera.impair.Impairments;
import io.mcm.camera.pace.Clock;
import io.mcm.camera.pace.Idle;
import io.mcm.camera.pace.Shape;
import io.mcm.camera.pace.Shaper;
import io.mcm.camera.send.UdpConfig;
import io.mcm.camera.send.UdpSender;
import io.mcm.camera.send.UdpTarget;
import io.mcm.camera.source.CameraSource;
import io.mcm.camera.source.ReplaySource;
import io.mcm.camera.source.Rewriting;
import io.mcm.camera.source.Spool;
import io.mcm.cli.EnvironmentException;
import java.io.Closeable;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.function.UnaryOperator;
import java.util.random.RandomGenerator;

/** The cameras of a fleet before it starts. Those of one kind play one spool. */
final class FleetPlan implements Closeable {

    /** Cameras of 25 pictures a second begin spread over this. */
    private static final long PERIOD_NANOS = 40_000_000;
    private static final int MAX_PORT = 65_535;

    private final List<FleetCamera> cameras = new ArrayList<>();
    private final List<UdpSender> senders = new ArrayList<>();
    private final List<Spool> spools = new ArrayList<>();

    /**
     * What cameras of one kind have in common.
     *
     * @param ssrc of the first
     */
    record Kind(SourcePlan source, int count, int portStep, int passes, double speed, Shape shape, Impairments impairments, UdpConfig udp, int ssrc) {}

    void add(Kind kind) throws IOException {
        Spool spool;
        try (CameraSource once = kind.source().opener().open(1)) {
            spool = Spool.of(once);
        }
        spools.add(spool);
        RandomGenerator random = new SplittableRandom(kind.impairments().seed());
        long firstPhase = kind.count() == 1 ? 0 : random.nextLong(PERIOD_NANOS);
        for (int i = 0; i < kind.count(); i++) {
            long phase = (firstPhase + i * PERIOD_NANOS / kind.count()) % PERIOD_NANOS;
            add(kind, spool, i, phase);
        }
    }

    private void add(Kind kind, Spool spool, int index, long phase) {
        List<UdpTarget> targets = kind.source().targets().stream().map(target -> shifted(target, index * kind.portStep())).toList();
        UdpSender sender = UdpSender.open(targets, kind.udp());
        senders.add(sender);
        Rewriting rewriting = Rewriting.ofSsrc(kind.ssrc() + index * targets.size());
        ReplaySource source = new ReplaySource(spool, kind.passes(), rewriting, ReplaySource.WALL_CLOCK);
        Impairments own = new Impairments(kind.impairments().seed() + index, kind.impairments().phases());
        UnaryOperator<TimedPacketSink> stages = next -> Shaper.of(kind.shape(), new Impairer(own, next));
        cameras.add(new FleetCamera(targets.getFirst().rtp().toString().replaceFirst("^/", ""), source, stages, sender, kind.speed(), phase));
    }

    private static UdpTarget shifted(UdpTarget target, int ports) {
        return new UdpTarget(shifted(target.rtp(), ports), shifted(target.rtcp(), ports));
    }

    private static InetSocketAddress shifted(InetSocketAddress address, int ports) {
        if (address.getPort() + ports > MAX_PORT) {
            throw new EnvironmentException("a camera at " + address + " and " + ports + " ports on; the last port is " + MAX_PORT);
        }
        return new InetSocketAddress(address.getAddress(), address.getPort() + ports);
    }

    Fleet fleet() {
        return new Fleet(cameras, Clock.SYSTEM, Idle.SYSTEM);
    }

    List<UdpSender> senders() {
        return senders;
    }

    @Override
    public void close() throws IOException {
        for (FleetCamera camera : cameras) {
            camera.close();
        }
        senders.forEach(UdpSender::close);
        spools.forEach(Spool::close);
    }
}
