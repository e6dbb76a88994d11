package io.mcm.foreign;

import static java.lang.System.Logger.Level.ERROR;
import static java.lang.foreign.ValueLayout.JAVA_LONG;

import java.lang.foreign.Arena;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.MethodType;

/**
 * A C function made of Java code, for a library to call. All have one shape, as {@link Downcall} has; a struct of 16 bytes passed by value
 * comes as two arguments (x86-64 and AArch64 C ABIs). An exception must not cross C frames, for the JVM dies of it: it is logged, and C is
 * answered -1.
 */
public final class Upcall {

    /** What C calls. */
    @FunctionalInterface
    public interface Handler {
        /** @return what C is answered, an {@code int} */
        long call(long a, long b, long c);
    }

    private static final System.Logger LOG = System.getLogger(Upcall.class.getName());
    private static final FunctionDescriptor SHAPE = FunctionDescriptor.of(JAVA_LONG, JAVA_LONG, JAVA_LONG, JAVA_LONG);
    private static final MethodHandle GUARDED = guarded();

    private Upcall() {}

    private static MethodHandle guarded() {
        try {
            MethodType type = MethodType.methodType(long.class, Handler.class, long.class, long.class, long.class);
            return MethodHandles.lookup().findStatic(Upcall.class, "guard", type);
        } catch (ReflectiveOperationException e) {
            throw new AssertionError(e);
        }
    }

    private static long guard(Handler handler, long a, long b, long c) {
        try {
            return handler.call(a, b, c);
        } catch (Throwable e) {
            LOG.log(ERROR, "a function called from C failed", e);
            return -1;
        }
    }

    /** The function's address, good until the arena is closed; C must not be inside of it then. */
    public static long function(Handler handler, Arena arena) {
        return Linker.nativeLinker().upcallStub(GUARDED.bindTo(handler), SHAPE, arena).address();
    }
}
