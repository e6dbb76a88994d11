package io.mcm.memif;

import io.mcm.foreign.Reactor;

/** A process of its own that connects, sends packets and takes packets until it is killed. Arguments: socket path. */
final class StreamingClient {

    private StreamingClient() {}

    public static void main(String[] args) {
        MemifConfig config = MemifConfig.of(0, "streaming", 3, 64);
        try (Reactor reactor = new Reactor()) {
            MemifInterface memif = MemifClient.connect(reactor, args[0], config, Pair.PATIENCE, System::nanoTime);
            for (int number = 0; memif.isConnected();) {
                while (Payload.send(memif.tx(0), number, number % 65)) {
                    number++;
                }
                while (memif.rx(0).next()) {
                    memif.rx(0).release(memif.rx(0).ticket());
                }
                memif.flush();
                reactor.poll(0);
            }
        }
    }
}
