package io.mcm.foreign;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.invoke.MethodHandle;

/** A shared library taken into this process (dlopen(3)), where it stays. */
public final class NativeLibrary {

    private static final int RTLD_NOW = 2;
    private static final int RTLD_DEFAULT = 0;
    private static final long MAX_TEXT_LENGTH = 4096;

    /** The loader's functions. */
    private static final class Loader {
        static final MethodHandle DLOPEN = Downcall.three("dlopen");
        static final MethodHandle DLSYM = Downcall.three("dlsym");
        static final MethodHandle DLERROR = Downcall.three("dlerror");
    }

    private final String name;
    private final long handle;

    private NativeLibrary(String name, long handle) {
        this.name = name;
        this.handle = handle;
    }

    /**
     * Loads a library.
     *
     * @param name a path, or without a slash a name that the loader looks for in its folders
     * @throws UnsatisfiedLinkError with the loader's reason
     */
    public static NativeLibrary load(String name) {
        try (Arena scratch = Arena.ofConfined()) {
            long handle = Downcall.call(Loader.DLOPEN, scratch.allocateFrom(name).address(), RTLD_NOW, 0);
            if (handle == 0) {
                throw new UnsatisfiedLinkError(text(Downcall.call(Loader.DLERROR, 0, 0, 0)));
            }
            return new NativeLibrary(name, handle);
        }
    }

    /**
     * Whatever this process was started with, in the loader's order: what LD_PRELOAD names comes before the C library. {@link
     * java.lang.foreign.Linker#defaultLookup} asks the C library itself, past any layer put before it.
     */
    public static NativeLibrary preloadedFirst() {
        return new NativeLibrary("this process", RTLD_DEFAULT);
    }

    /**
     * A function by its C name.
     *
     * @throws UnsatisfiedLinkError where the library has none of that name
     */
    public NativeFunction function(String function) {
        try (Arena scratch = Arena.ofConfined()) {
            long address = Downcall.call(Loader.DLSYM, handle, scratch.allocateFrom(function).address(), 0);
            if (address == 0) {
                throw new UnsatisfiedLinkError(name + " has no function " + function);
            }
            return new NativeFunction(MemorySegment.ofAddress(address));
        }
    }

    /** The C string at an address; empty for NULL. */
    public static String text(long address) {
        return address == 0 ? "" : MemorySegment.ofAddress(address).reinterpret(MAX_TEXT_LENGTH).getString(0);
    }

    @Override
    public String toString() {
        return name;
    }
}
