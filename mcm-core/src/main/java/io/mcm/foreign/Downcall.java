package io.mcm.foreign;

import static java.lang.foreign.ValueLayout.JAVA_INT;
import static java.lang.foreign.ValueLayout.JAVA_LONG;

import java.lang.foreign.Arena;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.MemoryLayout;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.StructLayout;
import java.lang.invoke.MethodHandle;

/**
 * The one door to native code. Linking a new call shape costs 10 to 18 ms and the same shape again 0.3 ms, so there are three: every
 * argument is widened to a register-wide {@code long}. The x86-64 and AArch64 C ABIs ignore the upper half of a register that
 * carries an {@code int}, and registers that a function does not take.
 */
final class Downcall {

    private static final StructLayout STATE = Linker.Option.captureStateLayout();
    private static final long ERRNO_OFFSET = STATE.byteOffset(MemoryLayout.PathElement.groupElement("errno"));

    /** One cell a thread: errno captured in a shared cell would be another thread's. */
    private static final ThreadLocal<MemorySegment> CAPTURED =
        ThreadLocal.withInitial(() -> Arena.ofAuto().allocate(STATE));

    private static final FunctionDescriptor THREE = FunctionDescriptor.of(JAVA_LONG, JAVA_LONG, JAVA_LONG, JAVA_LONG);
    private static final FunctionDescriptor SIX =
        FunctionDescriptor.of(JAVA_LONG, JAVA_LONG, JAVA_LONG, JAVA_LONG, JAVA_LONG, JAVA_LONG, JAVA_LONG);

    private Downcall() {}

    /** A function of up to three arguments. */
    static MethodHandle three(String name) {
        return link(name, THREE);
    }

    /** A function of four to six arguments. */
    static MethodHandle six(String name) {
        return link(name, SIX);
    }

    /**
     * A function of up to six arguments on the data path, of which nobody asks why it failed. To capture errno the JDK makes a new view of
     * the cell with every call, which is garbage wherever the compiler does not see through it.
     */
    static MethodHandle withoutErrno(String name) {
        return at(find(name));
    }

    /** The same for a function of another library. */
    static MethodHandle at(MemorySegment function) {
        return Linker.nativeLinker().downcallHandle(function, SIX);
    }

    /** A function of another library that sets errno as the C library's do. */
    static MethodHandle capturingAt(MemorySegment function) {
        return Linker.nativeLinker().downcallHandle(function, SIX, Linker.Option.captureCallState("errno"));
    }

    private static MethodHandle link(String name, FunctionDescriptor shape) {
        return Linker.nativeLinker().downcallHandle(find(name), shape, Linker.Option.captureCallState("errno"));
    }

    private static MemorySegment find(String name) {
        return Linker.nativeLinker().defaultLookup().find(name)
            .orElseThrow(() -> new UnsatisfiedLinkError("the C library has no function " + name));
    }

    /** What the call answered, or {@code -errno} where it answered -1. */
    static long call(MethodHandle function, long a, long b, long c) {
        MemorySegment state = CAPTURED.get();
        try {
            return answer((long) function.invokeExact(state, a, b, c), state);
        } catch (Throwable e) {
            throw new AssertionError("a downcall throws nothing", e);
        }
    }

    /** What the call answered, or {@code -errno} where it answered -1. */
    static long call(MethodHandle function, long a, long b, long c, long d, long e, long f) {
        MemorySegment state = CAPTURED.get();
        try {
            return answer((long) function.invokeExact(state, a, b, c, d, e, f), state);
        } catch (Throwable t) {
            throw new AssertionError("a downcall throws nothing", t);
        }
    }

    /** What the call answered, -1 included; of a C {@code int} only the lower half counts. */
    static long callWithoutErrno(MethodHandle function, long a, long b, long c, long d, long e, long f) {
        try {
            return (long) function.invokeExact(a, b, c, d, e, f);
        } catch (Throwable t) {
            throw new AssertionError("a downcall throws nothing", t);
        }
    }

    /** A C {@code int} leaves the register's upper half undefined: only its lower half tells -1, which no length or address has. */
    private static long answer(long result, MemorySegment state) {
        return (int) result == -1 ? -state.get(JAVA_INT, ERRNO_OFFSET) : result;
    }
}
