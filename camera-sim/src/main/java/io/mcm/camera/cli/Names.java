package io.mcm.camera.cli;

import java.util.Arrays;
import java.util.Locale;
import java.util.stream.Collectors;

/** Constants as they are written on the command line: {@code OUT_OF_BAND} is {@code out-of-band}. */
final class Names {

    private Names() {}

    static String of(Enum<?> constant) {
        return constant.name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    /** @throws IllegalArgumentException if there is none; the message names the option and what is allowed */
    static <E extends Enum<E>> E parse(Class<E> type, String option, String text) {
        return Arrays.stream(type.getEnumConstants()).filter(constant -> of(constant).equals(text)).findFirst()
            .orElseThrow(() -> new IllegalArgumentException(option + " '" + text + "'; allowed are "
                + Arrays.stream(type.getEnumConstants()).map(Names::of).collect(Collectors.joining(", "))));
    }
}
