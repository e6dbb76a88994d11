package io.mcm.rtsp;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.Optional;

/** How a digest is made (RFC 7616 section 3.3); the stronger ones last. */
public enum DigestAlgorithm {
    MD5("MD5"),
    SHA_256("SHA-256");

    private final String label;

    DigestAlgorithm(String label) {
        this.label = label;
    }

    /** What a field calls it; MD5 where it says nothing (RFC 2617). Empty for one that is not known, like a session variant. */
    static Optional<DigestAlgorithm> of(String name) {
        for (DigestAlgorithm algorithm : values()) {
            if (algorithm.label.equalsIgnoreCase(name)) {
                return Optional.of(algorithm);
            }
        }
        return Optional.empty();
    }

    /** Hexadecimal, of texts with colons between. */
    String hash(String... texts) {
        try {
            byte[] bytes = String.join(":", texts).getBytes(StandardCharsets.UTF_8);
            return HexFormat.of().formatHex(MessageDigest.getInstance(label).digest(bytes));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every JDK has " + label, e);
        }
    }

    @Override
    public String toString() {
        return label;
    }
}
