package io.mcm.rtsp;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.Map;
import java.util.Optional;

/** A client's Authorization field with a digest, as a server reads it. */
public final class DigestAnswer {

    private static final String SCHEME = "Digest ";

    private final Map<String, String> said;

    private DigestAnswer(Map<String, String> said) {
        this.said = said;
    }

    /** Empty for another scheme. */
    public static Optional<DigestAnswer> parse(String field) {
        return field.regionMatches(true, 0, SCHEME, 0, SCHEME.length())
            ? Optional.of(new DigestAnswer(QuotedText.parameters(field.substring(SCHEME.length()))))
            : Optional.empty();
    }

    private String said(String name) {
        return said.getOrDefault(name, "");
    }

    public String nonce() {
        return said("nonce");
    }

    /**
     * Whether it proves that the client knows the password. The URI is the one that the client hashed: what players put there differs from the request's in
     * a slash at the end, or is the one before.
     *
     * @param challenge that it answers, with this nonce or another
     */
    public boolean proves(Credentials credentials, DigestChallenge challenge, String method) {
        boolean counted = !said("qop").isEmpty();
        DigestAlgorithm algorithm = DigestAlgorithm.of(said.getOrDefault("algorithm", DigestAlgorithm.MD5.toString())).orElse(null);
        if (algorithm != challenge.algorithm() || counted && !said("qop").equalsIgnoreCase("auth") || !said("username").equals(credentials.user())
                || !said("realm").equals(challenge.realm())) {
            return false;
        }
        DigestChallenge answered = new DigestChallenge(challenge.realm(), nonce(), algorithm, counted, Optional.empty(), false);
        String expected = answered.response(credentials, method, said("uri"), said("nc"), said("cnonce"));
        return MessageDigest.isEqual(expected.getBytes(StandardCharsets.US_ASCII), said("response").getBytes(StandardCharsets.UTF_8));
    }
}
