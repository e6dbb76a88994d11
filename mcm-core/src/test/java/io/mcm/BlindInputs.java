package io.mcm;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.lang.reflect.Constructor;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/**
 * A fuzz target without guidance, for {@code ci/fuzz --planted} to compare with: every other input is a committed one with a few changes, the
 * rest are random bytes. What a guided search finds and this does not was found by coverage. Not among the tests of a build.
 */
class BlindInputs {

    private static final System.Logger LOG = System.getLogger(BlindInputs.class.getName());
    /** Of the guided search too, where a target does not set a lower one. */
    private static final int MAX_INPUT = 1024;
    private static final int MAX_CHANGES = 8;
    private static final int SEED = 1;

    private final Random random = new Random(SEED);
    private final String[] target = System.getProperty("mcm.fuzz.blind").split("#");
    private final long inputs = Long.getLong("mcm.fuzz.inputs");
    private final long seconds = Long.getLong("mcm.fuzz.seconds");
    private final List<byte[]> committed = new ArrayList<>();

    @Test
    void inputsThatNothingGuides() throws ReflectiveOperationException, IOException {
        readCommitted();
        Class<?> type = Class.forName(target[0]);
        Constructor<?> constructor = type.getDeclaredConstructor();
        Method method = type.getDeclaredMethod(target[1], byte[].class);
        constructor.setAccessible(true);
        method.setAccessible(true);
        Object instance = constructor.newInstance();
        long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(seconds);
        long tried = 0;
        boolean found = false;
        while (!found && tried < inputs && System.nanoTime() < end) {
            found = isFound(instance, method, next());
            tried++;
        }
        LOG.log(System.Logger.Level.INFO, "without guidance " + (found ? "found after " : "not found in ") + tried + " inputs");
    }

    private void readCommitted() throws IOException {
        Path folder = Path.of("src", "test", "resources").resolve(target[0].replace('.', '/') + "Inputs").resolve(target[1]);
        try (Stream<Path> files = Files.list(folder)) {
            for (Path file : files.toList()) {
                committed.add(Files.readAllBytes(file));
            }
        }
        assertThat(committed).as("%s", folder).isNotEmpty();
    }

    private static boolean isFound(Object instance, Method method, byte[] input) throws ReflectiveOperationException {
        try {
            method.invoke(instance, (Object) input);
            return false;
        } catch (InvocationTargetException e) {
            if (e.getCause() instanceof PlantedFault) {
                return true;
            }
            throw e;
        }
    }

    private byte[] next() {
        if (random.nextBoolean()) {
            byte[] input = new byte[random.nextInt(MAX_INPUT)];
            random.nextBytes(input);
            return input;
        }
        byte[] input = any();
        for (int changes = 1 + random.nextInt(MAX_CHANGES); changes > 0; changes--) {
            input = changed(input);
        }
        return input;
    }

    private byte[] any() {
        return committed.get(random.nextInt(committed.size()));
    }

    /** A byte made anew, a part taken out, or a part of a committed input put in. */
    private byte[] changed(byte[] input) {
        int from = random.nextInt(input.length + 1);
        int to = from + random.nextInt(input.length + 1 - from);
        return switch (random.nextInt(4)) {
            case 0 -> joined(input, from, new byte[0], to);
            case 1 -> joined(input, from, part(any()), from);
            default -> {
                byte[] one = {(byte) random.nextInt()};
                yield joined(input, from, one, Math.min(from + 1, input.length));
            }
        };
    }

    private byte[] part(byte[] input) {
        int from = random.nextInt(input.length + 1);
        return Arrays.copyOfRange(input, from, from + random.nextInt(input.length + 1 - from));
    }

    private static byte[] joined(byte[] input, int head, byte[] middle, int tail) {
        byte[] joined = Arrays.copyOf(input, head + middle.length + input.length - tail);
        System.arraycopy(middle, 0, joined, head, middle.length);
        System.arraycopy(input, tail, joined, head + middle.length, input.length - tail);
        return joined;
    }
}
