package io.mcm.rtsp;

/** What comes over a connection, one after the other. */
public sealed interface RtspMessage permits RtspRequest, RtspResponse, InterleavedFrame {

    String VERSION = "RTSP/1.0";
    String CSEQ = "CSeq";
    String CONTENT_LENGTH = "Content-Length";
    String CONTENT_TYPE = "Content-Type";
    String SESSION = "Session";
    String TRANSPORT = "Transport";
}
