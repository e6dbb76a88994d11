package io.mcm.cli;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Base64;

/**
 * A script or style that lies beside a class and becomes part of a report: one HTML page that needs no network and allows nothing but its
 * own parts.
 */
public record ReportPart(String text) {

    /** @param name beside {@code owner} */
    public static ReportPart of(Class<?> owner, String name) throws IOException {
        try (InputStream in = owner.getResourceAsStream(name)) {
            return new ReportPart(new String(in.readAllBytes(), StandardCharsets.UTF_8));
        }
    }

    /** As the page's content security policy names it (CSP Level 3, section 2.3.1: hash-source). */
    public String hash() {
        try {
            byte[] digest = MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8));
            return "sha256-" + Base64.getEncoder().encodeToString(digest);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform has SHA-256", e);
        }
    }
}
