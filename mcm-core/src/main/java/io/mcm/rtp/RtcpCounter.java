package io.mcm.rtp;

import io.mcm.metric.Counter;

/** What came by RTCP, and what was refused of it. */
public enum RtcpCounter implements Counter {
    RTCP_DATAGRAMS("Datagrams that were valid RTCP"),
    RTCP_SENDER_REPORTS("Sender reports read, of whichever source"),
    RTCP_REPORT_BLOCKS("Report blocks read: what others receive"),
    RTCP_GOODBYES("Sources that BYE packets named"),
    RTCP_SKIPPED("RTCP packets of types that are not read: source descriptions, application-defined, feedback, extended reports"),
    RTCP_REDUCED_SIZE("Valid RTCP datagrams that do not begin with a report, as RFC 5506 allows"),
    RTCP_TOO_SHORT("Datagrams refused because they are shorter than an RTCP header and its SSRC"),
    RTCP_WRONG_VERSION("RTCP datagrams refused because a packet's version is not 2"),
    RTCP_WRONG_TYPE("Datagrams on the RTCP port refused because they are not RTCP"),
    RTCP_WRONG_PADDING("RTCP datagrams refused because of padding before the last packet, or of an impossible length"),
    RTCP_WRONG_LENGTH("RTCP datagrams refused because the lengths of their packets do not add up to their own"),
    RTCP_TRUNCATED("RTCP packets skipped because they have less than their count says");

    private final String sentence;

    RtcpCounter(String sentence) {
        this.sentence = sentence;
    }

    @Override
    public String sentence() {
        return sentence;
    }
}
