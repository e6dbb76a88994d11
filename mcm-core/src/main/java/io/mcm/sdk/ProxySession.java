package io.mcm.sdk;

import io.mcm.control.ControlClient;
import io.mcm.control.MemifParam;
import java.io.IOException;
import java.time.Duration;

/** A session at a proxy, and the control connection that it lives and dies with. */
final class ProxySession implements AutoCloseable {

    /** 24.09 waits for its tasklet for at most 1 s (mtl_sch_unregister_tasklet); one that has not ended the session by then hangs. */
    private static final Duration END_PATIENCE = Duration.ofSeconds(2);

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

    /**
     * Returns when the proxy has ended it, or is not going to: whoever unmaps the memif before that takes the memory from under a 24.09 proxy
     * that still writes, and ends it.
     */
    @Override
    public void close() {
        try (control) {
            control.end(id, END_PATIENCE);
        } catch (IOException e) {
            // The proxy is gone, and with it the session.
        }
    }
}
