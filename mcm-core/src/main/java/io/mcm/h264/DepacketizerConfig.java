package io.mcm.h264;

import java.util.Optional;

/**
 * How a {@link Depacketizer} takes payloads.
 *
 * @param strict whether what RFC 6184 forbids is dropped. Otherwise what real cameras do and nobody can misread is delivered; it is
 *     counted in both cases.
 * @param declaredMode what the session description says, if there is one; without it packets of every mode are taken
 * @param interleaving how mode 2 is put back in order
 */
public record DepacketizerConfig(boolean strict, Optional<PacketizationMode> declaredMode, Interleaving interleaving) {

    /** Tolerant, all modes. */
    public static DepacketizerConfig defaults() {
        return new DepacketizerConfig(false, Optional.empty(), Interleaving.defaults());
    }

    public DepacketizerConfig withStrict(boolean strict) {
        return new DepacketizerConfig(strict, declaredMode, interleaving);
    }

    public DepacketizerConfig withDeclaredMode(PacketizationMode mode) {
        return new DepacketizerConfig(strict, Optional.of(mode), interleaving);
    }

    public DepacketizerConfig withInterleaving(Interleaving interleaving) {
        return new DepacketizerConfig(strict, declaredMode, interleaving);
    }
}
