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
 */
public record ConnectionRequest(
    InetSocketAddress proxy, ConnectionParam param, Duration timeout, boolean polling, MemifEngine engine) {

    private static final Duration DEFAULT_TIMEOUT = Duration.ofSeconds(5);
    private static final String DEFAULT_IP = "127.0.0.1";

    /** The H.264 stream that a camera sends to a UDP port of the proxy; the proxy's address from the environment, as the C SDK does it. */
    public static ConnectionRequest h264(int udpPort) {
        ConnectionParam param = ConnectionParam.receiveH264(udpPort);
        return new ConnectionRequest(proxyFromEnvironment(), param, DEFAULT_TIMEOUT, false, new BuiltinEngine());
    }

    public ConnectionRequest withProxy(InetSocketAddress address) {
        return new ConnectionRequest(address, param, timeout, polling, engine);
    }

    public ConnectionRequest withPolling(boolean polls) {
        return new ConnectionRequest(proxy, param, timeout, polls, engine);
    }

    public ConnectionRequest withEngine(MemifEngine other) {
        return new ConnectionRequest(proxy, param, timeout, polling, other);
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
