package io.mcm.control;

/**
 * {@code mcm_conn_param}, 304 bytes, the data of CREATE_SESSION.
 *
 * <pre>
 *     0  type        4  protocol
 *     8  local_addr (mcm_dp_addr, 52)
 *    60  remote_addr (mcm_dp_addr, 52)
 *   112  memif_interface.socket_path (108)
 *   220  memif_interface.is_master (1)      224  memif_interface.interface_id
 *   228  payload_type                       232  payload_codec
 *   240  payload_args (a union, 24)
 *   264  width     268  height     272  fps (double)     280  pix_fmt
 *   284  payload_type_nr (1)       288  payload_mtl_flags_mask (8)
 *   296  payload_mtl_pacing (1)    304
 * </pre>
 */
final class ConnectionParamDescriptor {

    static final int LENGTH = 304;
    static final int TYPE_OFFSET = 0;
    static final int PROTOCOL_OFFSET = 4;
    static final int LOCAL_ADDRESS_OFFSET = 8;
    static final int REMOTE_ADDRESS_OFFSET = 60;
    static final int SOCKET_PATH_OFFSET = 112;
    /** {@code sizeof sun_path}. */
    static final int SOCKET_PATH_LENGTH = 108;
    static final int IS_MASTER_OFFSET = 220;
    static final int INTERFACE_ID_OFFSET = 224;
    static final int PAYLOAD_TYPE_OFFSET = 228;
    static final int PAYLOAD_CODEC_OFFSET = 232;
    static final int PAYLOAD_ARGS_OFFSET = 240;
    static final int VIDEO_OFFSET = 264;
    static final int PAYLOAD_TYPE_NUMBER_OFFSET = 284;
    static final int MTL_FLAGS_MASK_OFFSET = 288;
    static final int MTL_PACING_OFFSET = 296;

    private static final TransferType[] TRANSFER_TYPES = TransferType.values();
    private static final TransportProtocol[] PROTOCOLS = TransportProtocol.values();
    private static final PayloadType[] PAYLOAD_TYPES = PayloadType.values();
    private static final PayloadCodec[] PAYLOAD_CODECS = PayloadCodec.values();

    private ConnectionParamDescriptor() {}

    static ConnectionParam decode(byte[] bytes) throws ProtocolException {
        Struct struct = Struct.of(bytes);
        PayloadType payloadType = struct.constant(PAYLOAD_TYPE_OFFSET, "payload_type", PAYLOAD_TYPES);
        return new ConnectionParam(
            struct.constant(TYPE_OFFSET, "type", TRANSFER_TYPES),
            struct.constant(PROTOCOL_OFFSET, "protocol", PROTOCOLS),
            AddressDescriptor.decode(struct.at(LOCAL_ADDRESS_OFFSET, AddressDescriptor.LENGTH), "local_addr"),
            AddressDescriptor.decode(struct.at(REMOTE_ADDRESS_OFFSET, AddressDescriptor.LENGTH), "remote_addr"),
            struct.text(SOCKET_PATH_OFFSET, SOCKET_PATH_LENGTH, "memif_interface.socket_path"),
            struct.u8(IS_MASTER_OFFSET) != 0,
            struct.bits32(INTERFACE_ID_OFFSET),
            payloadType,
            struct.constant(PAYLOAD_CODEC_OFFSET, "payload_codec", PAYLOAD_CODECS),
            payloadType.hasVideoArgs() ? VideoFormatDescriptor.decode(videoAt(struct, PAYLOAD_ARGS_OFFSET)) : VideoFormat.UNSAID,
            VideoFormatDescriptor.decode(videoAt(struct, VIDEO_OFFSET)),
            struct.u8(PAYLOAD_TYPE_NUMBER_OFFSET),
            struct.bits64(MTL_FLAGS_MASK_OFFSET),
            struct.u8(MTL_PACING_OFFSET));
    }

    static byte[] encode(ConnectionParam param) {
        byte[] bytes = new byte[LENGTH];
        Struct struct = Struct.of(bytes);
        struct.constant(TYPE_OFFSET, param.type());
        struct.constant(PROTOCOL_OFFSET, param.protocol());
        AddressDescriptor.encode(struct.at(LOCAL_ADDRESS_OFFSET, AddressDescriptor.LENGTH), param.local(), "local_addr");
        AddressDescriptor.encode(struct.at(REMOTE_ADDRESS_OFFSET, AddressDescriptor.LENGTH), param.remote(), "remote_addr");
        struct.text(SOCKET_PATH_OFFSET, SOCKET_PATH_LENGTH, param.memifPath(), "memif_interface.socket_path");
        struct.u8(IS_MASTER_OFFSET, param.memifIsMaster() ? 1 : 0, "is_master");
        struct.bits32(INTERFACE_ID_OFFSET, param.memifInterfaceId());
        struct.constant(PAYLOAD_TYPE_OFFSET, param.payloadType());
        struct.constant(PAYLOAD_CODEC_OFFSET, param.codec());
        VideoFormatDescriptor.encode(videoAt(struct, PAYLOAD_ARGS_OFFSET), param.args());
        VideoFormatDescriptor.encode(videoAt(struct, VIDEO_OFFSET), param.video());
        struct.u8(PAYLOAD_TYPE_NUMBER_OFFSET, param.payloadTypeNumber(), "payload_type_nr");
        struct.bits64(MTL_FLAGS_MASK_OFFSET, param.mtlFlagsMask());
        struct.u8(MTL_PACING_OFFSET, param.mtlPacing(), "payload_mtl_pacing");
        return bytes;
    }

    private static Struct videoAt(Struct struct, int offset) {
        return struct.at(offset, VideoFormatDescriptor.LENGTH);
    }
}
