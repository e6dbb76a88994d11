package io.mcm.foreign;

/** A system call failed: says which, on what, and why. */
public final class SystemCallException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    private final int errno;

    SystemCallException(String call, String on, int errno) {
        super(call + "(" + on + "): " + Errno.text(errno));
        this.errno = errno;
    }

    /** One of {@link Errno}'s numbers, or another of the system's. */
    public int errno() {
        return errno;
    }

    /** The result, unless it is {@code -errno}. */
    static long check(long result, String call, Object on) {
        if (result < 0 && result > -MAX_ERRNO) {
            throw new SystemCallException(call, String.valueOf(on), (int) -result);
        }
        return result;
    }

    /** The kernel's own bound (MAX_ERRNO, include/linux/err.h). */
    private static final int MAX_ERRNO = 4096;
}
