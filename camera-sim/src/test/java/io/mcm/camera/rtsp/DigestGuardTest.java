package io.mcm.camera.rtsp;

import static org.assertj.core.api.Assertions.assertThat;

import io.mcm.rtsp.Credentials;
import io.mcm.rtsp.DigestChallenge;
import io.mcm.rtsp.RtspHeaders;
import io.mcm.rtsp.RtspRequest;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class DigestGuardTest {

    private static final Credentials BOB = new Credentials("bob", "secret");

    private long now = -5;
    private final DigestGuard guard = new DigestGuard(BOB, new byte[32], () -> now);

    private static RtspRequest answered(DigestChallenge challenge) {
        return new RtspRequest("PLAY", "rtsp://h/a", RtspHeaders.NONE.with("Authorization", challenge.answer(BOB, "PLAY", "rtsp://h/a", 1, "c")));
    }

    private DigestChallenge challenge() {
        return guard.challenge(new RtspRequest("PLAY", "rtsp://h/a", RtspHeaders.NONE)).orElseThrow();
    }

    @Test
    void rfc7616Section33AnOldNonceIsStaleAndANewOneIsGiven() {
        DigestChallenge first = challenge();
        now += DigestGuard.NONCE_LIFE.toNanos();
        assertThat(guard.challenge(answered(first))).isEmpty();
        now++;
        DigestChallenge second = guard.challenge(answered(first)).orElseThrow();
        assertThat(second.stale()).isTrue();
        assertThat(guard.challenge(answered(second))).isEmpty();
    }

    @Test
    void aNonceOfAnotherServerOpensNothing() {
        DigestGuard other = new DigestGuard(BOB, new byte[] {1}, () -> now);
        DigestChallenge foreign = other.challenge(new RtspRequest("PLAY", "rtsp://h/a", RtspHeaders.NONE)).orElseThrow();
        assertThat(guard.challenge(answered(foreign))).map(DigestChallenge::stale).contains(false);
    }

    @Test
    void aMadeUpNonceOpensNothing() {
        for (String nonce : new String[] {"", "0", "0".repeat(80), "zz", "0000000000000000"}) {
            DigestChallenge made = new DigestChallenge(challenge().realm(), nonce, challenge().algorithm(), false, Optional.empty(), false);
            assertThat(guard.challenge(answered(made))).as(nonce).isPresent();
        }
    }
}
