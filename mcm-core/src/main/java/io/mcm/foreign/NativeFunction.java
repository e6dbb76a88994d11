package io.mcm.foreign;

import java.lang.foreign.MemorySegment;
import java.lang.invoke.MethodHandle;

/** A C function of up to six arguments, each an integer or an address; see {@link Downcall} for why all are {@code long}. */
public final class NativeFunction {

    private final MemorySegment address;
    private final MethodHandle handle;
    /** Linked when first asked for: most functions never are. */
    private MethodHandle capturing;

    NativeFunction(MemorySegment address) {
        this.address = address;
        handle = Downcall.at(address);
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

    /** What it answers, as an address. */
    public long address(long a, long b, long c, long d) {
        return Downcall.callWithoutErrno(handle, a, b, c, d, 0, 0);
    }

    public long address(long a) {
        return address(a, 0, 0, 0);
    }

    /** What it answers, as a C {@code int}, or {@code -errno} where that is -1. Makes garbage: not for the data path. */
    public int callForErrno(long a, long b, long c, long d, long e, long f) {
        if (capturing == null) {
            capturing = Downcall.capturingAt(address);
        }
        return (int) Downcall.call(capturing, a, b, c, d, e, f);
    }

    /**
     * The same, for what must not fail.
     *
     * @throws SystemCallException with the call's name, what it was about, and errno
     */
    public int check(String call, Object on, long a, long b, long c, long d, long e) {
        return (int) SystemCallException.check(callForErrno(a, b, c, d, e, 0), call, on);
    }

    /** What it answers, as a C string. */
    public String text(long a) {
        return NativeLibrary.text(Downcall.callWithoutErrno(handle, a, 0, 0, 0, 0, 0));
    }
}
