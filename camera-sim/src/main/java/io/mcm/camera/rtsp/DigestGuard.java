package io.mcm.camera.rtsp;

import io.mcm.rtsp.Credentials;
import io.mcm.rtsp.DigestAlgorithm;
import io.mcm.rtsp.DigestAnswer;
import io.mcm.rtsp.DigestChallenge;
import io.mcm.rtsp.RtspRequest;
import java.nio.charset.StandardCharsets;
import java.security.InvalidKeyException;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.util.HexFormat;
import java.util.Optional;
import java.util.function.LongSupplier;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/**
 * Lets in who knows the password, by MD5 digests as cameras ask for them (RFC 2069, which players with RFC 7616 take too). A nonce is the time of its
 * making, sealed with a key of this server's: none need be remembered.
 */
final class DigestGuard {

    /** A player on a pause should not have to ask again; a recorded answer should not open the door tomorrow. */
    static final Duration NONCE_LIFE = Duration.ofMinutes(10);

    private static final String REALM = "mcm camera";
    private static final String SEAL = "HmacSHA256";
    private static final int TIME_DIGITS = 16;
    private static final int HEX = 16;

    private final Credentials credentials;
    private final SecretKeySpec key;
    private final LongSupplier nanoClock;

    /** @param key random bytes */
    DigestGuard(Credentials credentials, byte[] key, LongSupplier nanoClock) {
        this.credentials = credentials;
        this.key = new SecretKeySpec(key, SEAL);
        this.nanoClock = nanoClock;
    }

    /** What a request has to answer first; empty where it may pass. */
    Optional<DigestChallenge> challenge(RtspRequest request) {
        Optional<DigestAnswer> answer = request.headers().first("Authorization").flatMap(DigestAnswer::parse);
        DigestChallenge fresh = challenge(false);
        if (answer.isEmpty() || !isOurs(answer.get().nonce()) || !answer.get().proves(credentials, fresh, request.method())) {
            return Optional.of(fresh);
        }
        return isFresh(answer.get().nonce()) ? Optional.empty() : Optional.of(challenge(true));
    }

    private DigestChallenge challenge(boolean stale) {
        return new DigestChallenge(REALM, sealed("%016x".formatted(nanoClock.getAsLong())), DigestAlgorithm.MD5, false, Optional.empty(), stale);
    }

    private String sealed(String time) {
        try {
            Mac mac = Mac.getInstance(SEAL);
            mac.init(key);
            return time + HexFormat.of().formatHex(mac.doFinal(time.getBytes(StandardCharsets.US_ASCII)));
        } catch (NoSuchAlgorithmException | InvalidKeyException e) {
            throw new IllegalStateException("every JDK has " + SEAL, e);
        }
    }

    private boolean isOurs(String nonce) {
        if (nonce.length() <= TIME_DIGITS || !nonce.matches("[0-9a-f]+")) {
            return false;
        }
        byte[] expected = sealed(nonce.substring(0, TIME_DIGITS)).getBytes(StandardCharsets.US_ASCII);
        return MessageDigest.isEqual(expected, nonce.getBytes(StandardCharsets.US_ASCII));
    }

    private boolean isFresh(String nonce) {
        long made = Long.parseUnsignedLong(nonce.substring(0, TIME_DIGITS), HEX);
        return nanoClock.getAsLong() - made <= NONCE_LIFE.toNanos();
    }
}
