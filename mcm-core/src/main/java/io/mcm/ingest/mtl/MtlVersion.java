package io.mcm.ingest.mtl;

import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** A release of MTL, year and month, as the beginning of what mtl_version answers: {@code 26.1.0.REL Nov 3 ...}. */
record MtlVersion(int year, int month) implements Comparable<MtlVersion> {

    /** The first that MCM was built on. */
    static final MtlVersion OLDEST = new MtlVersion(23, 12);
    /** Has mtl_para_sip_set and its siblings. */
    static final MtlVersion WITH_PARAMETER_FUNCTIONS = new MtlVersion(24, 6);
    /** Takes 32 DMA devices, not 8. */
    static final MtlVersion WITH_MORE_DMA = new MtlVersion(25, 12);

    private static final Pattern TEXT = Pattern.compile("(\\d{1,4})\\.(\\d{1,4})\\..*", Pattern.DOTALL);

    /** @throws MtlException for what is no version, or one before {@link #OLDEST} */
    static MtlVersion parse(String text) {
        Matcher matcher = TEXT.matcher(text);
        if (!matcher.matches()) {
            throw new MtlException("libmtl says its version is \"" + text + "\", expected is one like 26.1.0.REL");
        }
        MtlVersion version = new MtlVersion(Integer.parseInt(matcher.group(1)), Integer.parseInt(matcher.group(2)));
        if (version.compareTo(OLDEST) < 0) {
            throw new MtlException("libmtl " + version + " is too old, allowed are " + OLDEST + " to 26.01");
        }
        return version;
    }

    boolean isAtLeast(MtlVersion other) {
        return compareTo(other) >= 0;
    }

    @Override
    public int compareTo(MtlVersion other) {
        return Integer.compare(100 * year + month, 100 * other.year + other.month);
    }

    @Override
    public String toString() {
        return "%d.%02d".formatted(year, month);
    }
}
