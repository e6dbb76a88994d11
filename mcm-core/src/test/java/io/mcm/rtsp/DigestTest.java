package io.mcm.rtsp;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Digests against the examples of the RFCs, and both sides against each other. */
class DigestTest {

    @ParameterizedTest(name = "{0}")
    @CsvSource(delimiter = '|', textBlock = """
        RFC 2069 section 2.4 (erratum 749) | realm="testrealm@host.com", nonce="dcd98b7102dd2f0e8b11d0f600bfb0c093" | CircleOfLife | 0a4f113b | 1949323746fe6a43ef61f9606e7febea
        RFC 2617 section 3.5 | realm="testrealm@host.com", qop="auth,auth-int", nonce="dcd98b7102dd2f0e8b11d0f600bfb0c093" | Circle Of Life | 0a4f113b | 6629fae49393a05397450978507c4ef1
        RFC 7616 section 3.9.1, MD5 | realm="http-auth@example.org", qop="auth, auth-int", algorithm=MD5, nonce="7ypf/xlj9XXwfDPEoM4URrv/xwf94BcCAzFZH4GiTo0v" | Circle of Life | f2/wE4q74E6zIJEtWaHKaf5wv/H5QzzpXusqGemxURZJ | 8ca523f5e9506fed4657c9700eebdbec
        RFC 7616 section 3.9.1, SHA-256 | realm="http-auth@example.org", qop="auth, auth-int", algorithm=SHA-256, nonce="7ypf/xlj9XXwfDPEoM4URrv/xwf94BcCAzFZH4GiTo0v" | Circle of Life | f2/wE4q74E6zIJEtWaHKaf5wv/H5QzzpXusqGemxURZJ | 753927fa0e85d155564e2e272a28d1802ca10daf4496794697cf8db5856cb6c1
        """)
    void theExamplesOfTheRfcsAreMet(String where, String said, String password, String clientNonce, String response) {
        DigestChallenge challenge = DigestChallenge.parse("Digest " + said).orElseThrow();
        String field = challenge.answer(new Credentials("Mufasa", password), "GET", "/dir/index.html", 1, clientNonce);
        assertThat(field).contains("response=\"" + response + "\"");
    }

    @ParameterizedTest
    @ValueSource(strings = {"Basic realm=\"a\"", "Digest", "Digest realm=\"a\"", "Digest nonce=\"a\"", "Digest realm=\"a\", nonce=\"b\", qop=\"auth-int\"",
        "Digest realm=\"a\", nonce=\"b\", algorithm=SHA-512-256", "Digest realm=\"a\", nonce=\"b\", algorithm=MD5-sess"})
    void whatCannotBeAnsweredIsNoChallenge(String field) {
        assertThat(DigestChallenge.parse(field)).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({"MD5, false", "MD5, true", "SHA_256, false", "SHA_256, true"})
    void whoeverKnowsThePasswordProvesIt(DigestAlgorithm algorithm, boolean qop) {
        DigestChallenge sent = new DigestChallenge("a \"quoted\", realm", "n\\once", algorithm, qop, java.util.Optional.of("o"), true);
        DigestChallenge challenge = DigestChallenge.parse(sent.toString()).orElseThrow();
        assertThat(challenge).isEqualTo(sent);
        Credentials right = new Credentials("user", "pass,\"word");
        DigestAnswer answer = DigestAnswer.parse(challenge.answer(right, "PLAY", "rtsp://h/a,b", 3, "c")).orElseThrow();
        assertThat(answer.nonce()).isEqualTo("n\\once");
        assertThat(answer.proves(right, challenge, "PLAY")).isTrue();
        assertThat(answer.proves(new Credentials("user", "other"), challenge, "PLAY")).isFalse();
        assertThat(answer.proves(new Credentials("other", "pass,\"word"), challenge, "PLAY")).isFalse();
        assertThat(answer.proves(right, challenge, "TEARDOWN")).isFalse();
    }

    @Test
    void anEmptyAnswerProvesNothing() {
        DigestChallenge challenge = new DigestChallenge("r", "n", DigestAlgorithm.MD5, false, java.util.Optional.empty(), false);
        assertThat(DigestAnswer.parse("Digest ").orElseThrow().proves(new Credentials("", ""), challenge, "PLAY")).isFalse();
    }

    @Test
    void passwordsAreNotShown() {
        assertThat(new Credentials("user", "secret").toString()).doesNotContain("secret");
    }
}
