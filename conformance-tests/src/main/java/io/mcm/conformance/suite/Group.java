package io.mcm.conformance.suite;

import java.util.Locale;

/** Cases of one subject. */
public enum Group {
    CONTROL("The control protocol of MCM 24.09: sessions are created, asked for and destroyed over TCP"),
    MEMIF("memif: handshake, rings, reconnection, clients that break rules"),
    RTP("RTP and RFC 6184: every way to packetize, through the real path"),
    LOSS("Lost, late, doubled and swapped packets"),
    SESSIONS("Several sessions, cameras and consumers, in any order"),
    LIMITS("Sizes, rates and numbers at their limits"),
    ENDURANCE("The same for long"),
    PCAP("Captures of the user's own cameras"),
    SDK("The other side: a consumer's SDK, tried by a proxy of ours");

    private final String sentence;

    Group(String sentence) {
        this.sentence = sentence;
    }

    public String sentence() {
        return sentence;
    }

    /** What the ids of its cases begin with. */
    String prefix() {
        return name().toLowerCase(Locale.ROOT) + "/";
    }
}
