package io.mcm.control;

import java.util.Objects;

/**
 * {@code mcm_conn_param}: what a micro-service asks the proxy for. The 24.09 proxy looks at {@code type}, {@code payloadType} and
 * {@code local().port()} of an H.264 session and at nothing else.
 *
 * @param local             where the proxy receives, for {@link TransferType#RX}
 * @param memifPath         socket for a memif without a proxy ({@link TransportProtocol#MEMIF}), else empty
 * @param memifIsMaster     the role on that socket
 * @param memifInterfaceId  the interface on that socket
 * @param args              {@code payload_args.video_args}; {@link VideoFormat#UNSAID} for audio, ancillary and RDMA sessions, whose
 *                          arguments this project does not read
 * @param video             {@code width}, {@code height}, {@code fps} and {@code pix_fmt} of the struct itself
 * @param payloadTypeNumber RTP payload type, 0 for not said
 * @param mtlFlagsMask      passed to MTL by upstream
 * @param mtlPacing         passed to MTL by upstream
 */
public record ConnectionParam(
    TransferType type,
    TransportProtocol protocol,
    Address local,
    Address remote,
    String memifPath,
    boolean memifIsMaster,
    int memifInterfaceId,
    PayloadType payloadType,
    PayloadCodec codec,
    VideoFormat args,
    VideoFormat video,
    int payloadTypeNumber,
    long mtlFlagsMask,
    int mtlPacing) {

    public ConnectionParam {
        Objects.requireNonNull(type, "type");
        Objects.requireNonNull(protocol, "protocol");
        Objects.requireNonNull(local, "local");
        Objects.requireNonNull(remote, "remote");
        Objects.requireNonNull(memifPath, "memifPath");
        Objects.requireNonNull(payloadType, "payloadType");
        Objects.requireNonNull(codec, "codec");
        Objects.requireNonNull(args, "args");
        Objects.requireNonNull(video, "video");
    }

    /** Receive H.264 that a camera sends to the proxy's UDP port: what upstream's {@code rtsp_recver_app} asks for. */
    public static ConnectionParam receiveH264(int udpPort) {
        return new ConnectionParam(
            TransferType.RX, TransportProtocol.AUTO, new Address("", udpPort), new Address("127.0.0.1", 0), "", false, 0,
            PayloadType.RTSP_VIDEO, PayloadCodec.NONE, VideoFormat.UNSAID, VideoFormat.UNSAID, 0, 0, 0);
    }
}
