package io.mcm.camera.rtsp;

/**
 * What the URI of a request names.
 *
 * @param base the presentation's URL, without a slash at its end
 * @param path of that URL, empty or with a slash first
 * @param track whether the media section is named, else the presentation
 */
record RequestTarget(String base, String path, boolean track) {

    private static final String TRACK = "/" + DescribedStream.TRACK;

    /** Without query, and whether it ends in slashes or not: players add some. */
    static RequestTarget of(String uri) {
        String bare = uri.replaceFirst("\\?.*", "").replaceFirst("/+$", "");
        boolean track = bare.endsWith(TRACK);
        String base = track ? bare.substring(0, bare.length() - TRACK.length()).replaceFirst("/+$", "") : bare;
        return new RequestTarget(base, base.replaceFirst("^(?i:rtsp)://[^/]*", ""), track);
    }
}
