package io.mcm.control;

/**
 * {@code memif_conn_param}, 296 bytes, the answer to QUERY_MEMIF_PARAM: {@code memif_socket_args_t} (208) and
 * {@code memif_conn_args_t} (88) of the libmemif that MCM 24.09 patches: its {@code buffer_size} has 32 bits (upstream: 16, and
 * every later field elsewhere).
 *
 * <pre>
 *     0  path (108)
 *   108  app_name (32)
 *   144  connection_request_timer (32)           (176 on_control_fd_update, alloc, realloc, free: 4 pointers)
 *   208  socket (pointer)
 *   216  secret (24)
 *   240  num_s2m_rings (1)    241  num_m2s_rings (1)    244  buffer_size (4)
 *   248  log2_ring_size (1)   249  is_master (1)        252  interface_id (4)
 *   256  interface_name (32)
 *   288  mode (1)             296
 * </pre>
 *
 * The C SDK calls the four function pointers in its own process when they are not NULL, so they are never anything else; the
 * timer and the socket handle are zero as well, and what a proxy sends there is not read (upstream leaks a heap address).
 */
final class MemifParamDescriptor {

    static final int LENGTH = 296;
    static final int PATH_OFFSET = 0;
    /** {@code sizeof sun_path}. */
    static final int PATH_LENGTH = 108;
    static final int APP_NAME_OFFSET = 108;
    static final int NAME_LENGTH = 32;
    static final int TIMER_OFFSET = 144;
    static final int FUNCTION_POINTERS_OFFSET = 176;
    static final int SOCKET_OFFSET = 208;
    static final int SECRET_OFFSET = 216;
    static final int SECRET_LENGTH = 24;
    static final int S2M_RINGS_OFFSET = 240;
    static final int M2S_RINGS_OFFSET = 241;
    static final int BUFFER_SIZE_OFFSET = 244;
    static final int LOG2_RING_SIZE_OFFSET = 248;
    static final int IS_MASTER_OFFSET = 249;
    static final int INTERFACE_ID_OFFSET = 252;
    static final int INTERFACE_NAME_OFFSET = 256;
    static final int MODE_OFFSET = 288;

    /** {@code MEMIF_MAX_LOG2_RING_SIZE} of libmemif. */
    static final int MAX_LOG2_RING_SIZE = 14;
    /** {@code MEMIF_INTERFACE_MODE_PUNT_INJECT}, the last of {@code memif_interface_mode_t}. */
    static final int MAX_MODE = 2;

    private MemifParamDescriptor() {}

    static MemifParam decode(byte[] bytes) throws ProtocolException {
        Struct struct = Struct.of(bytes);
        String path = struct.text(PATH_OFFSET, PATH_LENGTH, "socket_args.path");
        if (path.isEmpty()) {
            throw new ProtocolException("socket_args.path is empty, must name the memif socket");
        }
        return new MemifParam(
            path,
            struct.text(APP_NAME_OFFSET, NAME_LENGTH, "socket_args.app_name"),
            struct.unterminatedText(SECRET_OFFSET, SECRET_LENGTH, "conn_args.secret"),
            struct.u8(S2M_RINGS_OFFSET),
            struct.u8(M2S_RINGS_OFFSET),
            struct.u32(BUFFER_SIZE_OFFSET, "conn_args.buffer_size"),
            struct.u8(LOG2_RING_SIZE_OFFSET, "conn_args.log2_ring_size", MAX_LOG2_RING_SIZE),
            struct.u8(IS_MASTER_OFFSET, "conn_args.is_master", 1) == 1,
            struct.bits32(INTERFACE_ID_OFFSET),
            struct.text(INTERFACE_NAME_OFFSET, NAME_LENGTH, "conn_args.interface_name"),
            struct.u8(MODE_OFFSET, "conn_args.mode", MAX_MODE));
    }

    static byte[] encode(MemifParam param) {
        byte[] bytes = new byte[LENGTH];
        Struct struct = Struct.of(bytes);
        struct.text(PATH_OFFSET, PATH_LENGTH, param.socketPath(), "socket_args.path");
        struct.text(APP_NAME_OFFSET, NAME_LENGTH, param.appName(), "socket_args.app_name");
        struct.unterminatedText(SECRET_OFFSET, SECRET_LENGTH, param.secret(), "conn_args.secret");
        struct.u8(S2M_RINGS_OFFSET, param.s2mRings(), "conn_args.num_s2m_rings");
        struct.u8(M2S_RINGS_OFFSET, param.m2sRings(), "conn_args.num_m2s_rings");
        struct.u32(BUFFER_SIZE_OFFSET, param.bufferSize(), "conn_args.buffer_size");
        struct.u8(LOG2_RING_SIZE_OFFSET, param.log2RingSize(), "conn_args.log2_ring_size");
        struct.u8(IS_MASTER_OFFSET, param.isMaster() ? 1 : 0, "conn_args.is_master");
        struct.bits32(INTERFACE_ID_OFFSET, param.interfaceId());
        struct.text(INTERFACE_NAME_OFFSET, NAME_LENGTH, param.interfaceName(), "conn_args.interface_name");
        struct.u8(MODE_OFFSET, param.mode(), "conn_args.mode");
        return bytes;
    }
}
