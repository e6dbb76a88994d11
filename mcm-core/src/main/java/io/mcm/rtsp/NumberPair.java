package io.mcm.rtsp;

import java.util.Optional;

/** Two numbers of a transport, of ports or of channels: RTP's, and its RTCP's. */
public record NumberPair(int rtp, int rtcp) {

    /** {@code 5004-5005}; of a single number the next one is RTCP's. Empty for anything else, and for what is above {@code max}. */
    static Optional<NumberPair> parse(String text, int max) {
        if (!text.matches("[0-9]{1,5}(-[0-9]{1,5})?")) {
            return Optional.empty();
        }
        int dash = text.indexOf('-');
        int rtp = Integer.parseInt(dash < 0 ? text : text.substring(0, dash));
        int rtcp = dash < 0 ? rtp + 1 : Integer.parseInt(text.substring(dash + 1));
        return rtp <= max && rtcp <= max ? Optional.of(new NumberPair(rtp, rtcp)) : Optional.empty();
    }

    @Override
    public String toString() {
        return rtp + "-" + rtcp;
    }
}
