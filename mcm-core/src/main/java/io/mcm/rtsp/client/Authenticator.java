package io.mcm.rtsp.client;

import io.mcm.rtsp.Credentials;
import io.mcm.rtsp.DigestChallenge;
import io.mcm.rtsp.RtspRequest;
import io.mcm.rtsp.RtspResponse;
import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.util.Base64;
import java.util.Comparator;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;

/** Answers a server's demands for a password: the strongest digest that it offers, Basic only where it offers nothing else. */
final class Authenticator {

    private static final String DEMAND = "WWW-Authenticate";
    private static final String ANSWER = "Authorization";
    private static final String BASIC = "Basic ";
    private static final int CLIENT_NONCE_BYTES = 8;

    private final Optional<Credentials> credentials;
    private final SecureRandom random = new SecureRandom();
    private DigestChallenge challenge;
    private boolean basic;
    private int count;

    Authenticator(Optional<Credentials> credentials) {
        this.credentials = credentials;
    }

    /** The request with what the server demanded last. */
    RtspRequest sign(RtspRequest request) {
        if (challenge != null) {
            byte[] nonce = new byte[CLIENT_NONCE_BYTES];
            random.nextBytes(nonce);
            return request.with(ANSWER, challenge.answer(credentials.orElseThrow(), request.method(), request.uri(), ++count,
                HexFormat.of().formatHex(nonce)));
        }
        return basic ? request.with(ANSWER, BASIC + base64(credentials.orElseThrow())) : request;
    }

    private static String base64(Credentials known) {
        return Base64.getEncoder().encodeToString((known.user() + ":" + known.password()).getBytes(StandardCharsets.UTF_8));
    }

    /**
     * Takes a 401.
     *
     * @return whether to ask again makes sense: not where this answer was refused, or none is known
     */
    boolean demanded(RtspResponse response) {
        List<String> demands = response.headers().all(DEMAND);
        Optional<DigestChallenge> strongest = demands.stream().map(DigestChallenge::parse).flatMap(Optional::stream)
            .max(Comparator.comparing(DigestChallenge::algorithm));
        boolean answered = challenge != null || basic;
        boolean stale = strongest.isPresent() && strongest.get().stale();
        if (credentials.isEmpty() || answered && !stale) {
            return false;
        }
        challenge = strongest.orElse(null);
        basic = strongest.isEmpty() && demands.stream().anyMatch(field -> field.regionMatches(true, 0, BASIC, 0, BASIC.length()));
        count = 0;
        return challenge != null || basic;
    }
}
