package io.mcm.rtsp;

/** The status codes that are sent or looked at here (RFC 2326 section 11). */
public enum RtspStatus {
    OK(200, "OK"),
    MOVED_PERMANENTLY(301, "Moved Permanently"),
    MOVED_TEMPORARILY(302, "Moved Temporarily"),
    BAD_REQUEST(400, "Bad Request"),
    UNAUTHORIZED(401, "Unauthorized"),
    NOT_FOUND(404, "Not Found"),
    METHOD_NOT_ALLOWED(405, "Method Not Allowed"),
    NOT_ACCEPTABLE(406, "Not Acceptable"),
    TOO_LARGE(413, "Request Entity Too Large"),
    INVALID_PARAMETER(451, "Parameter Not Understood"),
    SESSION_NOT_FOUND(454, "Session Not Found"),
    METHOD_NOT_VALID(455, "Method Not Valid in This State"),
    INVALID_RANGE(457, "Invalid Range"),
    UNSUPPORTED_TRANSPORT(461, "Unsupported transport"),
    SERVER_ERROR(500, "Internal Server Error"),
    NOT_IMPLEMENTED(501, "Not Implemented"),
    UNAVAILABLE(503, "Service Unavailable"),
    VERSION_NOT_SUPPORTED(505, "RTSP Version not supported"),
    OPTION_NOT_SUPPORTED(551, "Option not supported");

    private final int code;
    private final String reason;

    RtspStatus(int code, String reason) {
        this.code = code;
        this.reason = reason;
    }

    /** Three digits. */
    public int code() {
        return code;
    }

    /** As RFC 2326 phrases it. */
    public String reason() {
        return reason;
    }
}
