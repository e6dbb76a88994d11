package io.mcm.sdk;

import io.mcm.control.ConnectionParam;
import io.mcm.control.ControlServer;
import io.mcm.memif.MemifEngine;
import io.mcm.memif.builtin.BuiltinEngine;
import java.net.InetSocketAddress;
import java.time.Duration;

/**
 * What to ask which proxy for.
 *
 * @param proxy its control address
 * @param param the session, as {@code mcm_conn_param}
 * @param timeout for each step of connecting
 * @param polling whether {@link McmConnection#dequeue} is only ever called with timeout 0: the proxy then writes no wake-ups
 * @param engine memif as it is spoken with the proxy
 * @param onLoss what to do when the proxy goes away
 * @param backoff between attempts to connect again
 */
public record ConnectionRequest(
    InetSocketAddress proxy, ConnectionParam param, Duration timeout, boolean polling, MemifEngine engine, OnLoss onLoss,
    Backoff backoff) {

    private static final Duration DEFAULT_TIMEOUT = Duration.ofSeconds(5);
    private static final String DEFAULT_IP = "127.0.0.1";

    /**
     * The H.264 stream that a camera sends to a UDP port of the proxy; the proxy's address from the environment, as the C SDK does it,
     * and like there a proxy that is lost is the end.
     */
    public static ConnectionRequest h264(int udpPort) {
        ConnectionParam param = ConnectionParam.receiveH264(udpPort);
        return new ConnectionRequest(
            proxyFromEnvironment(), param, DEFAULT_TIMEOUT, false, new BuiltinEngine(), OnLoss.END, Backoff.DEFAULT);
    }

    public ConnectionRequest withProxy(InetSocketAddress address) {
        return new ConnectionRequest(address, param, timeout, polling, engine, onLoss, backoff);
    }

    public ConnectionRequest withTimeout(Duration patience) {
        return new ConnectionRequest(proxy, param, patience, polling, engine, onLoss, backoff);
    }

    public ConnectionRequest withPolling(boolean polls) {
        return new ConnectionRequest(proxy, param, timeout, polls, engine, onLoss, backoff);
    }

    public ConnectionRequest withEngine(MemifEngine other) {
        return new ConnectionRequest(proxy, param, timeout, polling, other, onLoss, backoff);
    }

    /** The connection comes back by itself when the proxy does; until then no units come. */
    public ConnectionRequest withReconnect(Backoff between) {
        return new ConnectionRequest(proxy, param, timeout, polling, engine, OnLoss.RECONNECT, between);
    }

    /** As {@link #withReconnect}; besides each loss is told, by one exception. */
    public ConnectionRequest withReportedReconnect(Backoff between) {
        return new ConnectionRequest(proxy, param, timeout, polling, engine, OnLoss.REPORT_AND_RECONNECT, between);
    }

    /**
     * {@code MCM_MEDIA_PROXY_IP} and {@code MCM_MEDIA_PROXY_PORT}, else 127.0.0.1:8002.
     *
     * @throws IllegalArgumentException for a port that is none
     */
    public static InetSocketAddress proxyFromEnvironment() {
        String ip = System.getenv().getOrDefault("MCM_MEDIA_PROXY_IP", DEFAULT_IP);
        String port = System.getenv("MCM_MEDIA_PROXY_PORT");
        return new InetSocketAddress(ip, port == null ? ControlServer.DEFAULT_PORT : parsePort(port));
    }

    private static int parsePort(String text) {
        if (!text.matches("\\d{1,5}") || Integer.parseInt(text) > 65_535 || Integer.parseInt(text) == 0) {
            throw new IllegalArgumentException("MCM_MEDIA_PROXY_PORT=" + text + ", allowed are 1 to 65535");
        }
        return Integer.parseInt(text);
    }
}
