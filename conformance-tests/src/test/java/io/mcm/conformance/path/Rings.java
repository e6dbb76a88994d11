package io.mcm.conformance.path;

import java.util.stream.Stream;

/** Proxy arguments for tests in which no unit may be dropped, however seldom a busy machine lets the consumer run. */
final class Rings {

    /** 1024 buffers that take the longest unit of the captures. */
    static final Object[] DEEP = {"--ring-size", 10, "--buffer-size", 1_000_000};

    private Rings() {}

    static Object[] deepWith(Object... more) {
        return Stream.concat(Stream.of(DEEP), Stream.of(more)).toArray();
    }
}
