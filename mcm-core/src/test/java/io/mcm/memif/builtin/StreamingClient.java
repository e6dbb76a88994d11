package io.mcm.memif.builtin;

import io.mcm.foreign.Reactor;
import io.mcm.memif.MemifConfig;
import io.mcm.memif.MemifInterface;
import io.mcm.memif.Payload;

/** A process of its own that connects, sends packets and takes packets until it is killed. Arguments: socket path. */
final class StreamingClient {

    private StreamingClient() {}

    public static void main(String[] args) {
        MemifConfig config = MemifConfig.of(0, "streaming", 3, 64);
        try (Reactor reactor = new Reactor()) {
            MemifInterface memif = BuiltinClient.connect(reactor, args[0], config, Pair.PATIENCE, System::nanoTime);
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
