package io.mcm.capture;

/** The link types understood here, by their numbers in capture files (the registry of draft-ietf-opsawg-pcaplinktype). */
public final class LinkType {

    /** BSD loopback: the address family in the writer's byte order. */
    public static final int NULL = 0;
    public static final int ETHERNET = 1;
    /** Raw IP as some OpenBSD-derived systems number it. */
    public static final int RAW_BSD = 12;
    public static final int RAW = 101;
    /** OpenBSD loopback: the address family in network byte order. */
    public static final int LOOP = 108;
    /** Linux "any" device, first kind. */
    public static final int LINUX_SLL = 113;
    public static final int IPV4 = 228;
    public static final int IPV6 = 229;
    /** Linux "any" device, second kind. */
    public static final int LINUX_SLL2 = 276;

    private LinkType() {}
}
