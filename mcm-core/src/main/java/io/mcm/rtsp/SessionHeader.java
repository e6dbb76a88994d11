package io.mcm.rtsp;

import java.time.Duration;
import java.util.Locale;

/**
 * A Session field (RFC 2326 section 12.37).
 *
 * @param timeout after which the server ends a session that shows no life
 */
public record SessionHeader(String id, Duration timeout) {

    /** RFC 2326 section 12.37. */
    public static final Duration DEFAULT_TIMEOUT = Duration.ofSeconds(60);
    /** Shorter ones would be nothing but keep-alives, longer ones are no help: an hour is what the longest camera names. */
    private static final int MAX_SECONDS = 3_600;

    /** A time-out that cannot be read is the default one. */
    public static SessionHeader parse(String field) {
        String[] parts = field.split(";");
        Duration timeout = DEFAULT_TIMEOUT;
        for (int i = 1; i < parts.length; i++) {
            String part = parts[i].strip().toLowerCase(Locale.ROOT);
            if (part.matches("timeout\\s*=\\s*[0-9]{1,9}")) {
                int seconds = Integer.parseInt(part.replaceAll("[^0-9]", ""));
                timeout = Duration.ofSeconds(Math.clamp(seconds, 1, MAX_SECONDS));
            }
        }
        return new SessionHeader(parts.length == 0 ? "" : parts[0].strip(), timeout);
    }

    /** As a server sends it. */
    @Override
    public String toString() {
        return id + ";timeout=" + timeout.toSeconds();
    }
}
