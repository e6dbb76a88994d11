package io.mcm.memif;

import io.mcm.foreign.Reactor;

/** A process that connects to one interface after the other and exchanges packets over each. Arguments: engine class, socket path, polling. */
final class ExchangingClient {

    private static final long PATIENCE_NANOS = 60_000_000_000L;

    private ExchangingClient() {}

    public static void main(String[] args) throws ReflectiveOperationException {
        MemifEngine engine = (MemifEngine) Class.forName(args[0]).getConstructor().newInstance();
        boolean polling = Boolean.parseBoolean(args[2]);
        try (Reactor reactor = new Reactor()) {
            for (ExchangeCase traffic : ExchangeCase.upTo(engine.maxBufferLength())) {
                try (MemifInterface memif = engine.connect(
                    reactor, args[1], traffic.config(polling), PATIENCE_NANOS, System::nanoTime)) {
                    Exchange.run(traffic, memif, reactor, polling);
                }
            }
        }
    }
}
