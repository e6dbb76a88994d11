package io.mcm.conformance.mutant;

import io.mcm.control.DeliveryUnit;
import io.mcm.proxy.MediaProxy;
import io.mcm.proxy.SessionConfig;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Function;
import java.util.function.Supplier;

/**
 * A proxy of ours with a fault at one of its seams; the product's code is the same.
 *
 * @param name     words joined by hyphens
 * @param upstream number of the fault of MCM 24.09 that it is like, 0 where it is none
 * @param caughtBy ids of the cases that must each fail against it
 * @param ring     given what ends the whole proxy
 */
record Mutant(String name, int upstream, List<String> caughtBy, DeliveryUnit unit, int log2RingSize, Supplier<PacketFault> packets,
        Function<Runnable, Supplier<RingFault>> ring, Supplier<ControlFault> control) {

    /** Our proxy as it is, but through the same seams. */
    static final Mutant SOUND = new Mutant("sound", 0, List.of(), DeliveryUnit.NALU, SessionConfig.DEFAULT_LOG2_RING_SIZE, PacketFault.NONE,
        _ -> RingFault.NONE, () -> ControlFault.NONE);

    static Mutant of(String name, String... caughtBy) {
        return new Mutant(name, 0, List.of(caughtBy), SOUND.unit, SOUND.log2RingSize, SOUND.packets, SOUND.ring, SOUND.control);
    }

    Mutant like(int fault) {
        return new Mutant(name, fault, caughtBy, unit, log2RingSize, packets, ring, control);
    }

    Mutant delivering(DeliveryUnit other) {
        return new Mutant(name, upstream, caughtBy, other, log2RingSize, packets, ring, control);
    }

    Mutant ringOf(int log2Size) {
        return new Mutant(name, upstream, caughtBy, unit, log2Size, packets, ring, control);
    }

    Mutant packets(Supplier<PacketFault> fault) {
        return new Mutant(name, upstream, caughtBy, unit, log2RingSize, fault, ring, control);
    }

    Mutant ring(Supplier<RingFault> fault) {
        return mortal(_ -> fault);
    }

    Mutant mortal(Function<Runnable, Supplier<RingFault>> fault) {
        return new Mutant(name, upstream, caughtBy, unit, log2RingSize, packets, fault, control);
    }

    Mutant control(Supplier<ControlFault> fault) {
        return new Mutant(name, upstream, caughtBy, unit, log2RingSize, packets, ring, fault);
    }

    MediaProxy start(Path directory) throws IOException {
        AtomicReference<MediaProxy> proxy = new AtomicReference<>();
        Runnable death = () -> Thread.ofPlatform().start(() -> proxy.get().close());
        InetAddress loopback = InetAddress.getLoopbackAddress();
        SessionConfig config = new SessionConfig(loopback, directory, unit, SessionConfig.DEFAULT_BUFFER_LENGTH, log2RingSize)
            .withEngine(new FaultyEngine(ring.apply(death)));
        proxy.set(MediaProxy.start(new InetSocketAddress(loopback, 0), config, new FaultyTransport(packets), 1));
        return proxy.get();
    }

    @Override
    public String toString() {
        return name;
    }
}
