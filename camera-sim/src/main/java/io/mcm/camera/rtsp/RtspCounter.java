package io.mcm.camera.rtsp;

import io.mcm.metric.Counter;

/** What an RTSP server counts. */
public enum RtspCounter implements Counter {
    CONNECTIONS("Connections that were accepted"),
    CONNECTIONS_REFUSED("Connections closed at once because as many as allowed were open"),
    REQUESTS("Requests that were answered, whatever the answer"),
    BAD_REQUESTS("Connections ended because what came was no RTSP"),
    UNAUTHORIZED("Requests answered with 401, the first one of every client among them"),
    SESSIONS("Sessions that were set up"),
    SESSIONS_TIMED_OUT("Sessions ended because nothing was heard of the client for the time-out"),
    CLIENTS_STALLED("Connections ended because the client did not take its interleaved packets"),
    PACKETS_SENT("RTP packets handed to the network"),
    PACKETS_UNSENT("Packets that the network did not take"),
    SENDER_REPORTS("RTCP sender reports sent"),
    RECEIVER_REPORTS("Report blocks of receivers that came back"),
    RTCP_INVALID("RTCP from clients that could not be read"),
    SOURCES_FAILED("Plays that ended because their source could not be read on");

    private final String sentence;

    RtspCounter(String sentence) {
        this.sentence = sentence;
    }

    @Override
    public String sentence() {
        return sentence;
    }
}
