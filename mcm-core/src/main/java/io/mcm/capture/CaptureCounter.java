package io.mcm.capture;

import io.mcm.metric.Counter;

/** What became of a capture's records, and of the datagrams that they make. */
public enum CaptureCounter implements Counter {
    DATAGRAMS("UDP datagrams found, reassembled ones included"),
    UNKNOWN_LINK_TYPE("records skipped because their link type is not one that this reader understands"),
    NOT_IP("records skipped because they carry neither IPv4 nor IPv6"),
    NOT_UDP("IP packets skipped because they do not carry UDP"),
    TRUNCATED("records whose datagram the capture's snap length cut: skipped, or delivered with what is left of the payload"),
    MALFORMED("records skipped because a length in their headers contradicts another"),
    FRAGMENTS("IP fragments of UDP datagrams, taken for reassembly"),
    DUPLICATE_FRAGMENTS("IP fragments skipped because the same bytes were there already"),
    OVERLAPPING_FRAGMENTS("datagrams dropped because two of their fragments contradict each other"),
    INCOMPLETE_FRAGMENTS("datagrams dropped because some of their fragments never came, or too late, or too many were open"),
    NOT_RTP("datagrams to the selected address skipped because they are no RTP packets"),
    RTCP("RTCP packets to the selected address"),
    NOT_SELECTED("RTP packets to the selected address skipped because they are of another stream");

    private final String sentence;

    CaptureCounter(String sentence) {
        this.sentence = sentence;
    }

    @Override
    public String sentence() {
        return sentence;
    }
}
