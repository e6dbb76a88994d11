package io.mcm.cli;

import io.mcm.h264.AnnexBWriter;
import io.mcm.h264.AnnexBWriter.StartCode;
import io.mcm.h264.AvcWriter;
import io.mcm.h264.NalUnitSink;
import java.io.OutputStream;
import java.util.Arrays;
import java.util.Locale;
import java.util.stream.Collectors;
import picocli.CommandLine.Model.CommandSpec;

/** How NAL units stand in a file. */
enum UnitFormat {
    /** A start code of four bytes before each. */
    ANNEXB,
    /** A start code of three bytes before each. */
    ANNEXB_3,
    /** A size of four bytes before each; the parameter sets also in an avcC record of its own. */
    AVC;

    static UnitFormat parse(CommandSpec spec, String option, String text) {
        UnitFormat found = Arrays.stream(values()).filter(format -> format.toString().equals(text)).findFirst().orElse(null);
        Arguments.require(spec, found != null, option + " " + text + ", allowed are "
            + Arrays.stream(values()).map(UnitFormat::toString).collect(Collectors.joining(", ")));
        return found;
    }

    NalUnitSink writer(OutputStream out) {
        return switch (this) {
            case ANNEXB -> new AnnexBWriter(out);
            case ANNEXB_3 -> new AnnexBWriter(out, StartCode.THREE_BYTES);
            case AVC -> new AvcWriter(out);
        };
    }

    /** As on the command line: {@code annexb-3}. */
    @Override
    public String toString() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }
}
