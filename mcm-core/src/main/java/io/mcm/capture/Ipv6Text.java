package io.mcm.capture;

/** An IPv6 address as people write it (RFC 5952): lower case, no leading zeros, the longest run of zeros as two colons. */
final class Ipv6Text {

    private static final int GROUPS = 8;

    private Ipv6Text() {}

    static String of(long high, long low) {
        int[] group = new int[GROUPS];
        for (int i = 0; i < GROUPS; i++) {
            long half = i < GROUPS / 2 ? high : low;
            group[i] = (int) (half >>> (Long.SIZE - Short.SIZE * (i % (GROUPS / 2) + 1))) & 0xffff;
        }
        return text(group);
    }

    private static String text(int[] group) {
        int start = longestRun(group);
        int length = start < 0 ? 0 : runAt(group, start);
        StringBuilder text = new StringBuilder();
        for (int i = 0; i < GROUPS; i++) {
            if (i == start) {
                text.append("::");
                i += length - 1;
            } else {
                String colon = text.isEmpty() || text.charAt(text.length() - 1) == ':' ? "" : ":";
                text.append(colon).append(Integer.toHexString(group[i]));
            }
        }
        return text.toString();
    }

    /** Where the first of the longest runs starts; -1 if none has two groups (section 4.2.2). */
    private static int longestRun(int[] group) {
        int best = -1;
        int length = 1;
        for (int i = 0; i < GROUPS; i++) {
            if (runAt(group, i) > length) {
                best = i;
                length = runAt(group, i);
            }
        }
        return best;
    }

    private static int runAt(int[] group, int start) {
        int end = start;
        while (end < GROUPS && group[end] == 0) {
            end++;
        }
        return end - start;
    }
}
