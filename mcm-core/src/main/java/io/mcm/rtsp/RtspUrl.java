package io.mcm.rtsp;

import java.net.URI;
import java.net.URISyntaxException;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.Optional;

/**
 * An {@code rtsp://} URL (RFC 2326 section 3.2).
 *
 * @param host name or address; IPv6 without brackets
 * @param target what requests name: the URL without user and password
 * @param credentials what stood before the host, decoded
 */
public record RtspUrl(String host, int port, String target, Optional<Credentials> credentials) {

    /** RFC 2326 section 3.2. */
    public static final int DEFAULT_PORT = 554;
    private static final int MAX_PORT = 65_535;
    private static final String EXPECTED = "; expected is rtsp://[USER:PASSWORD@]HOST[:PORT]/PATH";

    /** @throws IllegalArgumentException for another text; its message has no password */
    public static RtspUrl parse(String text) {
        String secret = text.replaceFirst("//[^/]*@", "//...@");
        try {
            URI uri = new URI(text);
            if (!"rtsp".equalsIgnoreCase(uri.getScheme()) || uri.getHost() == null || uri.getPort() > MAX_PORT || uri.getPort() == 0) {
                throw new IllegalArgumentException("URL " + Shown.text(secret) + EXPECTED);
            }
            String host = uri.getHost().replaceAll("[\\[\\]]", "");
            String path = uri.getRawPath().isEmpty() ? "/" : uri.getRawPath();
            String query = uri.getRawQuery() == null ? "" : "?" + uri.getRawQuery();
            String authority = uri.getHost() + (uri.getPort() < 0 ? "" : ":" + uri.getPort());
            return new RtspUrl(host, uri.getPort() < 0 ? DEFAULT_PORT : uri.getPort(), "rtsp://" + authority + path + query,
                credentials(uri.getRawUserInfo()));
        } catch (URISyntaxException _) {
            // Its own message shows the text, and with it the password.
            throw new IllegalArgumentException("URL " + Shown.text(secret) + EXPECTED);
        }
    }

    private static Optional<Credentials> credentials(String userInfo) {
        if (userInfo == null) {
            return Optional.empty();
        }
        int colon = userInfo.indexOf(':');
        String user = colon < 0 ? userInfo : userInfo.substring(0, colon);
        return Optional.of(new Credentials(decoded(user), colon < 0 ? "" : decoded(userInfo.substring(colon + 1))));
    }

    /** A plus sign is one here; only forms have it for a space. */
    private static String decoded(String text) {
        return URLDecoder.decode(text.replace("+", "%2B"), StandardCharsets.UTF_8);
    }

    public RtspUrl withCredentials(Credentials known) {
        return new RtspUrl(host, port, target, Optional.of(known));
    }

    /** Without user and password. */
    @Override
    public String toString() {
        return target;
    }
}
