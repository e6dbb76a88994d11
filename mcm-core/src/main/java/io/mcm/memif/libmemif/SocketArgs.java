package io.mcm.memif.libmemif;

import static java.lang.foreign.ValueLayout.JAVA_LONG;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;

/**
 * {@code memif_socket_args_t} of libmemif.h.
 *
 * <pre>
 *   path 0:108   app_name 108:32   connection_request_timer 144:32   on_control_fd_update 176:8   alloc 184:8   realloc 192:8   free 200:8
 * </pre>
 */
final class SocketArgs {

    static final int LENGTH = 208;

    private static final int PATH_OFFSET = 0;
    private static final int APP_NAME_OFFSET = 108;
    private static final int ON_CONTROL_FD_UPDATE_OFFSET = 176;

    private SocketArgs() {}

    static MemorySegment of(Arena arena, String path, String appName, long onControlFdUpdate) {
        MemorySegment args = arena.allocate(LENGTH, Long.BYTES);
        args.setString(PATH_OFFSET, path);
        args.setString(APP_NAME_OFFSET, appName);
        args.set(JAVA_LONG, ON_CONTROL_FD_UPDATE_OFFSET, onControlFdUpdate);
        return args;
    }
}
