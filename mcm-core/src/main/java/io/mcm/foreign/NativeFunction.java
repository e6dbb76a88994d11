package io.mcm.foreign;

import java.lang.invoke.MethodHandle;

/** A C function of up to six arguments, each an integer or an address; see {@link Downcall} for why all are {@code long}. */
public final class NativeFunction {

    private final MethodHandle handle;

    NativeFunction(MethodHandle handle) {
        this.handle = handle;
    }

    /** What it answers, as a C {@code int}. */
    public int call(long a, long b, long c, long d, long e, long f) {
        return (int) Downcall.callWithoutErrno(handle, a, b, c, d, e, f);
    }

    public int call(long a, long b, long c) {
        return call(a, b, c, 0, 0, 0);
    }

    public int call(long a) {
        return call(a, 0, 0, 0, 0, 0);
    }

    /** What it answers, as a C string. */
    public String text(long a) {
        return NativeLibrary.text(Downcall.callWithoutErrno(handle, a, 0, 0, 0, 0, 0));
    }
}
