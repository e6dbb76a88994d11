package io.mcm.memif.builtin;

import io.mcm.foreign.Reactor;
import io.mcm.foreign.UnixAddress;
import io.mcm.foreign.UnixSocket;
import io.mcm.memif.MemifConfig;
import io.mcm.memif.MemifInterface;
import io.mcm.memif.Payload;

/**
 * A process of its own that goes so far in the handshake, says so on standard output, and waits to be killed. Arguments: socket path, and the
 * server's messages that it answers: 0 none, 1 HELLO, 2 to 6 the ACKs of INIT, two regions and two rings, 7 CONNECTED; 8 with packets under way.
 */
final class SteppingClient {

    static final int MESSAGES = 7;

    private SteppingClient() {}

    public static void main(String[] args) throws InterruptedException {
        int steps = Integer.parseInt(args[1]);
        ControlChannel channel = new ControlChannel(UnixSocket.connect(new UnixAddress(args[0])));
        ClientHandshake handshake = new ClientHandshake(channel, MemifConfig.of(0, "stepping", 3, 64));
        for (int taken = 0; taken < Math.min(steps, MESSAGES);) {
            ControlMessage message = channel.receive();
            if (message == null) {
                Thread.sleep(1);
            } else {
                handshake.take(message);
                taken++;
            }
        }
        if (steps > MESSAGES) {
            MemifInterface memif = handshake.build(new Reactor());
            Payload.send(memif.tx(0), 0, 10);
            memif.flush();
            Payload.send(memif.tx(0), 1, 64);
        }
        System.out.println("there");
        Thread.sleep(Long.MAX_VALUE);
    }
}
