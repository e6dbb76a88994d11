package io.mcm.control;

/** {@code proto_type}: how the micro-service and the proxy are to exchange media. In wire order. */
public enum TransportProtocol {
    AUTO,
    MEMIF,
    UDP,
    TCP,
    HTTP,
    GRPC
}
