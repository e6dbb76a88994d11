package io.mcm.control;

import java.util.Objects;

/**
 * {@code memif_conn_param}: what the proxy answers, with which the micro-service opens its end of the memif. A 0 in the numbers of
 * a peer means libmemif's default.
 *
 * @param socketPath    the memif control socket
 * @param appName       who asks, for people
 * @param secret        what the memif handshake must show; empty for none
 * @param s2mRings      rings from slave (client) to master
 * @param m2sRings      rings from master to slave
 * @param bufferSize    bytes of one buffer
 * @param log2RingSize  slots of a ring, as a power of two
 * @param isMaster      the role of the one who reads this: false for a micro-service
 * @param interfaceId   the interface on that socket
 * @param mode          {@code memif_interface_mode_t}: 0 is Ethernet, the only one that MCM uses
 */
public record MemifParam(
    String socketPath,
    String appName,
    String secret,
    int s2mRings,
    int m2sRings,
    int bufferSize,
    int log2RingSize,
    boolean isMaster,
    int interfaceId,
    String interfaceName,
    int mode) {

    public MemifParam {
        Objects.requireNonNull(socketPath, "socketPath");
        Objects.requireNonNull(appName, "appName");
        Objects.requireNonNull(secret, "secret");
        Objects.requireNonNull(interfaceName, "interfaceName");
    }

    /** One ring each way for a client: what an H.264 session of the 24.09 proxy answers. */
    public static MemifParam forClient(String socketPath, String name, int bufferSize, int log2RingSize, int interfaceId) {
        return new MemifParam(socketPath, name, "", 1, 1, bufferSize, log2RingSize, false, interfaceId, name, 0);
    }

    /** As {@code record} says, but the secret stays out of logs. */
    @Override
    public String toString() {
        return "MemifParam[%s, interface %d %s, %d byte buffers, 2^%d slots, %s]".formatted(
            socketPath, interfaceId, interfaceName, bufferSize, log2RingSize, isMaster ? "master" : "slave");
    }
}
