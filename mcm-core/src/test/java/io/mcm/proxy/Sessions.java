package io.mcm.proxy;

import io.mcm.ingest.KernelSource;
import io.mcm.ingest.PacketSource;

/** Puts sessions onto a worker without a control protocol. */
final class Sessions {

    private Sessions() {}

    /** A port with one session. */
    static Session begin(Worker worker, int id, PacketSource source, KernelSource rtcp, SessionConfig config) {
        CameraPort port = new CameraPort(source, rtcp, config, System::nanoTime);
        Session session = new Session(id, port, config);
        return worker.call(() -> {
            listen(worker, session, config);
            worker.begin(port);
            return session;
        });
    }

    /** One more session on a port. */
    static Session join(Worker worker, int id, CameraPort port, SessionConfig config) {
        Session session = new Session(id, port, config);
        return worker.call(() -> {
            listen(worker, session, config);
            return session;
        });
    }

    private static void listen(Worker worker, Session session, SessionConfig config) {
        String name = "s" + session.id();
        session.listen(worker.reactor(), name, config.runDirectory().resolve(name).toString());
        session.port().join(session);
    }
}
