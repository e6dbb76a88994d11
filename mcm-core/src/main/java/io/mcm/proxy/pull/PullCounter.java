package io.mcm.proxy.pull;

import io.mcm.metric.Counter;

/** What happens between a port and the RTSP camera that it is fed from. */
public enum PullCounter implements Counter {
    CONNECTS("Attempts to reach the camera"),
    PLAYS("Times that the camera began to play"),
    CONNECT_FAILURES("Attempts that ended before the camera answered anything"),
    REFUSALS("Attempts that the camera's answers ended: password, path, transport, or no RTSP at all"),
    BREAKS("Plays that ended though they were wanted: the camera was gone, or ended its session"),
    KEEP_ALIVES("Signs of life sent to the camera"),
    OTHER_CHANNELS("Interleaved packets of channels that were not set up"),
    FRAMES_TOO_LONG("Interleaved packets longer than any datagram, which were dropped");

    private final String sentence;

    PullCounter(String sentence) {
        this.sentence = sentence;
    }

    @Override
    public String sentence() {
        return sentence;
    }
}
