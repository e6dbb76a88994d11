package io.mcm.sdk;

import io.mcm.control.ControlClient;
import io.mcm.control.MemifParam;
import java.io.IOException;

/** A session at a proxy, and the control connection that it lives and dies with. */
final class ProxySession implements AutoCloseable {

    private final ControlClient control;
    private final int id;

    private ProxySession(ControlClient control, int id) {
        this.control = control;
        this.id = id;
    }

    static ProxySession open(ConnectionRequest request) throws IOException {
        ControlClient control = ControlClient.connect(request.proxy(), request.timeout());
        try {
            return new ProxySession(control, control.create(request.param()));
        } catch (IOException | RuntimeException e) {
            control.close();
            throw e;
        }
    }

    int id() {
        return id;
    }

    /** Where its memif is, as the proxy says it now. */
    MemifParam memif() throws IOException {
        return control.query(id);
    }

    @Override
    public void close() {
        try (control) {
            control.destroy(id);
        } catch (IOException e) {
            // The proxy is gone, and with it the session.
        }
    }
}
