package io.mcm.rtsp;

import java.util.Arrays;
import java.util.Map;
import java.util.Optional;

/**
 * A server's demand for a digest (RFC 7616 section 3.3; RFC 2069 where qop is not offered).
 *
 * @param stale the answer was right, but to a nonce that has expired
 * @param qop whether quality of protection {@code auth} is offered
 */
public record DigestChallenge(String realm, String nonce, DigestAlgorithm algorithm, boolean qop, Optional<String> opaque, boolean stale) {

    private static final String SCHEME = "Digest ";

    /** Empty for another scheme, and for a digest that cannot be answered. */
    public static Optional<DigestChallenge> parse(String field) {
        if (!field.regionMatches(true, 0, SCHEME, 0, SCHEME.length())) {
            return Optional.empty();
        }
        Map<String, String> said = QuotedText.parameters(field.substring(SCHEME.length()));
        Optional<DigestAlgorithm> algorithm = DigestAlgorithm.of(said.getOrDefault("algorithm", DigestAlgorithm.MD5.toString()));
        String qop = said.get("qop");
        boolean auth = qop != null && Arrays.stream(qop.split(",")).anyMatch(one -> one.strip().equalsIgnoreCase("auth"));
        if (algorithm.isEmpty() || !said.containsKey("realm") || !said.containsKey("nonce") || qop != null && !qop.isBlank() && !auth) {
            return Optional.empty();
        }
        return Optional.of(new DigestChallenge(said.get("realm"), said.get("nonce"), algorithm.get(), auth,
            Optional.ofNullable(said.get("opaque")), "true".equalsIgnoreCase(said.get("stale"))));
    }

    /**
     * The Authorization field of a request.
     *
     * @param count of requests answered with this nonce, from 1
     * @param clientNonce random
     */
    public String answer(Credentials credentials, String method, String uri, int count, String clientNonce) {
        String counted = "%08x".formatted(count);
        String response = response(credentials, method, uri, counted, clientNonce);
        StringBuilder field = new StringBuilder(SCHEME)
            .append("username=").append(QuotedText.quoted(credentials.user()))
            .append(", realm=").append(QuotedText.quoted(realm))
            .append(", nonce=").append(QuotedText.quoted(nonce))
            .append(", uri=").append(QuotedText.quoted(uri))
            .append(", response=\"").append(response).append('"');
        if (algorithm != DigestAlgorithm.MD5) {
            // MD5 goes without saying, and servers older than RFC 2617 trip over it.
            field.append(", algorithm=").append(algorithm);
        }
        if (qop) {
            field.append(", qop=auth, nc=").append(counted).append(", cnonce=").append(QuotedText.quoted(clientNonce));
        }
        opaque.ifPresent(text -> field.append(", opaque=").append(QuotedText.quoted(text)));
        return field.toString();
    }

    /** What is to be proved. */
    String response(Credentials credentials, String method, String uri, String count, String clientNonce) {
        String who = algorithm.hash(credentials.user(), realm, credentials.password());
        String what = algorithm.hash(method, uri);
        return qop ? algorithm.hash(who, nonce, count, clientNonce, "auth", what) : algorithm.hash(who, nonce, what);
    }

    /** The WWW-Authenticate field of a response. */
    @Override
    public String toString() {
        StringBuilder field = new StringBuilder(SCHEME)
            .append("realm=").append(QuotedText.quoted(realm)).append(", nonce=").append(QuotedText.quoted(nonce))
            .append(", algorithm=").append(algorithm);
        if (qop) {
            field.append(", qop=\"auth\"");
        }
        opaque.ifPresent(text -> field.append(", opaque=").append(QuotedText.quoted(text)));
        return field.append(stale ? ", stale=true" : "").toString();
    }
}
