package io.mcm.ingest.mtl;

import io.mcm.foreign.NativeFunction;
import io.mcm.foreign.NativeLibrary;
import io.mcm.ingest.SocketLayer;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;

/** The functions of mtl_api.h and mudp_api.h that we use. */
final class Libmtl {

    /** Names the library, where no option does. */
    static final String ENVIRONMENT_VARIABLE = "MCM_LIBMTL";
    /** What the loader looks for, where nobody names it. */
    static final String DEFAULT_NAME = "libmtl.so";

    private static final int AF_INET = 2;
    private static final int SOCK_DGRAM = 2;
    private static final int FIRST_PORT = 0;
    private static final int ALIGNMENT = 64;

    private final String name;
    private final String versionText;
    private final InitParams layout;
    private final SocketLayer sockets;
    private final NativeFunction init;
    private final NativeFunction uninit;
    private final NativeFunction pmdByPortName;
    private final NativeFunction socket;

    private Libmtl(NativeLibrary library, String name) {
        this.name = name;
        versionText = library.function("mtl_version").text(0);
        MtlVersion version = MtlVersion.parse(versionText);
        init = library.function("mtl_init");
        uninit = library.function("mtl_uninit");
        pmdByPortName = library.function("mtl_pmd_by_port_name");
        socket = library.function("mudp_socket");
        sockets = new SocketLayer(library, "mudp_");
        layout = version.isAtLeast(MtlVersion.WITH_PARAMETER_FUNCTIONS) ? probe(library, version) : InitParams.OF_23_12;
    }

    /**
     * Loads libmtl.
     *
     * @param name a path or a name that the loader finds; null for {@code MCM_LIBMTL}, else {@code libmtl.so}
     * @throws MtlException where it is not there, or is something else
     */
    static Libmtl load(String name) {
        String chosen = name != null ? name : System.getenv().getOrDefault(ENVIRONMENT_VARIABLE, DEFAULT_NAME);
        try {
            return new Libmtl(NativeLibrary.load(chosen), chosen);
        } catch (UnsatisfiedLinkError e) {
            throw new MtlException("libmtl cannot be used: " + e.getMessage() + ". Tried " + chosen + "; no package has it: build release "
                + "v26.01 of github.com/OpenVisualCloud/Media-Transport-Library (later ones have no mudp), then name it with --mtl-library "
                + "PATH or " + ENVIRONMENT_VARIABLE + ", or take --transport kernel, which needs no library", e);
        }
    }

    private static InitParams probe(NativeLibrary library, MtlVersion version) {
        try (Arena scratch = Arena.ofConfined()) {
            MemorySegment block = scratch.allocate(InitParams.LENGTH, ALIGNMENT);
            set(library, "mtl_para_sip_set", block, scratch.allocateFrom(InitParams.PROBE_ADDRESS));
            set(library, "mtl_para_dma_port_set", block, scratch.allocateFrom(InitParams.PROBE_NAME));
            return InitParams.probed(block, version);
        }
    }

    private static void set(NativeLibrary library, String setter, MemorySegment block, MemorySegment value) {
        library.function(setter).call(block.address(), FIRST_PORT, value.address());
    }

    /** mtl_init: the handle, or 0; why it failed stands in MTL's own log. Takes up to a second. */
    long init(MtlPort port, byte[] address) {
        try (Arena scratch = Arena.ofConfined()) {
            MemorySegment block = scratch.allocate(InitParams.LENGTH, ALIGNMENT);
            int pmd = pmdByPortName.call(scratch.allocateFrom(port.toString()).address());
            layout.fill(block, port, pmd, address);
            return init.address(block.address());
        }
    }

    void uninit(long context) {
        uninit.call(context);
    }

    /** mudp_socket: the handle, or 0. The first one takes a second, for MTL measures its clock. Not by two threads at once. */
    long socket(long context) {
        return socket.address(context, AF_INET, SOCK_DGRAM, 0);
    }

    /** mudp_bind and the like. */
    SocketLayer sockets() {
        return sockets;
    }

    InitParams layout() {
        return layout;
    }

    /** File and version. */
    @Override
    public String toString() {
        return name + " " + versionText.split("\\s")[0];
    }
}
