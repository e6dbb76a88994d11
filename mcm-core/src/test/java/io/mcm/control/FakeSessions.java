package io.mcm.control;

import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;

/** Sessions 1, 2, 3 ... with nothing behind them; UDP port 13 is refused. */
final class FakeSessions implements SessionService {

    static final int REFUSED_PORT = 13;

    final List<ConnectionParam> created = new CopyOnWriteArrayList<>();
    final List<Integer> destroyed = new CopyOnWriteArrayList<>();
    private final AtomicInteger last = new AtomicInteger();

    @Override
    public int create(ConnectionParam param) throws SessionRefusedException {
        if (param.local().port() == REFUSED_PORT) {
            throw new SessionRefusedException("port 13 is unlucky");
        }
        created.add(param);
        return last.incrementAndGet();
    }

    @Override
    public MemifParam query(int sessionId) {
        return MemifParam.forClient("/run/mcm/media_proxy_rx_" + sessionId + ".sock", "memif_rx_" + sessionId, 5_184_000, 6, 0);
    }

    @Override
    public void destroy(int sessionId) {
        destroyed.add(sessionId);
    }
}
