package io.mcm.conformance.mutant;

import io.mcm.foreign.Reactor;
import io.mcm.memif.ConnectionListener;
import io.mcm.memif.MemifConfig;
import io.mcm.memif.MemifCounter;
import io.mcm.memif.MemifEngine;
import io.mcm.memif.MemifInterface;
import io.mcm.memif.MemifServer;
import io.mcm.memif.builtin.BuiltinEngine;
import io.mcm.metric.Counters;
import java.util.function.LongSupplier;
import java.util.function.Supplier;

/** The builtin memif, but a {@link RingFault} stands between the proxy and each consumer's ring. */
final class FaultyEngine implements MemifEngine {

    private final MemifEngine builtin = new BuiltinEngine();
    private final Supplier<RingFault> faults;

    FaultyEngine(Supplier<RingFault> faults) {
        this.faults = faults;
    }

    @Override
    public MemifServer listen(Reactor reactor, String path, String application) {
        return new Server(builtin.listen(reactor, path, application), faults);
    }

    @Override
    public MemifInterface connect(Reactor reactor, String path, MemifConfig config, long timeoutNanos, LongSupplier nanoClock) {
        return builtin.connect(reactor, path, config, timeoutNanos, nanoClock);
    }

    @Override
    public int maxBufferLength() {
        return builtin.maxBufferLength();
    }

    private record Server(MemifServer builtin, Supplier<RingFault> faults) implements MemifServer {

        @Override
        public void offer(MemifConfig config, ConnectionListener listener) {
            builtin.offer(config, new Listener(listener, faults));
        }

        @Override
        public void withdraw(int id) {
            builtin.withdraw(id);
        }

        @Override
        public Counters<MemifCounter> counters() {
            return builtin.counters();
        }

        @Override
        public void close() {
            builtin.close();
        }
    }

    private static final class Listener implements ConnectionListener {

        private final ConnectionListener proxy;
        private final Supplier<RingFault> faults;
        private RingFault fault;
        private MemifInterface shown;

        Listener(ConnectionListener proxy, Supplier<RingFault> faults) {
            this.proxy = proxy;
            this.faults = faults;
        }

        @Override
        public void connected(MemifInterface memif) {
            fault = faults.get();
            shown = new FaultyInterface(memif, fault);
            proxy.connected(shown);
        }

        @Override
        public void disconnected(MemifInterface memif, String reason) {
            proxy.disconnected(shown, reason);
            fault.disconnected();
        }
    }
}
