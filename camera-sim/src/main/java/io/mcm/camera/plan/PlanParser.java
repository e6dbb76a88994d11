package io.mcm.camera.plan;

import io.mcm.camera.source.Packaging;
import io.mcm.camera.source.Packaging.Structure;
import io.mcm.h264.NalType;
import io.mcm.metric.FileTrouble;
import java.io.IOException;
import java.lang.foreign.MemorySegment;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SplittableRandom;

/**
 * Reads plans. A line is a word and its settings, {@code #} begins a comment.
 *
 * <pre>
 *   fps 25                          the access units that follow are 1/25 s apart
 *   access-unit                     begins one; wait=MS since the one before, ts=TICKS since that one's timestamp
 *     sps size=20                   a unit of 20 bytes by its name or type number: nri=N forbidden count=N ticks=N
 *     idr size=5000 as=fu-a:900     as=auto|single|fu-a[:BYTES]|fu-b[:BYTES]
 *     unit hex:6742c01e             a whole unit
 *     stap-a                        those up to end share a packet: stap-a, stap-b, mtap16, mtap24
 *       sei size=10
 *     end
 *     payload hex:1c                an RTP payload as it stands
 *   repeat 10                       the access units up to end, ten times
 *   end
 * </pre>
 */
public final class PlanParser {

    private static final Map<String, Integer> TYPES = new LinkedHashMap<>();
    private static final Set<String> UNIT_SETTINGS = Set.of("size", "nri", "forbidden", "count", "don", "ticks", "as", "hex");
    private static final int MAX_UNIT_LENGTH = 64 << 20;
    private static final int MAX_WAIT_MILLIS = 3_600_000;
    private static final int MAX_TYPE = 31;
    private static final int MAX_NRI = 3;
    private static final int MAX_U16 = 0xffff;
    private static final int MAX_U24 = 0xff_ffff;
    private static final int TICKS_PER_MILLI = 90;
    private static final long NANOS_PER_MILLI = 1_000_000;
    private static final int DEFAULT_FPS = 25;
    private static final int MAX_FPS = 1_000;
    private static final int MILLIS_PER_SECOND = 1_000;

    static {
        TYPES.put("slice", NalType.SLICE);
        TYPES.put("partition-a", NalType.PARTITION_A);
        TYPES.put("partition-b", NalType.PARTITION_B);
        TYPES.put("partition-c", NalType.PARTITION_C);
        TYPES.put("idr", NalType.IDR_SLICE);
        TYPES.put("sei", NalType.SEI);
        TYPES.put("sps", NalType.SPS);
        TYPES.put("pps", NalType.PPS);
        TYPES.put("aud", NalType.ACCESS_UNIT_DELIMITER);
        TYPES.put("end-of-sequence", NalType.END_OF_SEQUENCE);
        TYPES.put("end-of-stream", NalType.END_OF_STREAM);
        TYPES.put("filler", NalType.FILLER);
    }

    private final String file;
    private final SplittableRandom random;
    private final List<Plan.AccessUnit> accessUnits = new ArrayList<>();
    private final Deque<Repeat> repeats = new ArrayDeque<>();
    private List<Plan.Unit> units;
    private double period = (double) MILLIS_PER_SECOND / DEFAULT_FPS;
    /** The aggregation packet that is open. */
    private Structure group;
    private boolean joins;
    private long total;

    /** From which access unit on they are repeated. */
    private record Repeat(PlanLine line, int times, int from) {
    }

    private PlanParser(String file, long seed) {
        this.file = file;
        random = new SplittableRandom(seed);
    }

    /**
     * @param seed of the bytes that the plan does not give
     * @throws IOException if the file cannot be read
     * @throws IllegalArgumentException if it is no plan; the message names the line and what is allowed
     */
    public static Plan read(Path file, long seed) throws IOException {
        try {
            return parse(file.getFileName().toString(), Files.readString(file), seed);
        } catch (NoSuchFileException e) {
            throw new IOException(file + ": no such file", e);
        } catch (IOException e) {
            throw new IOException(file + ": cannot be read: " + FileTrouble.reason(e), e);
        }
    }

    /** See {@link #read}; {@code file} is the name for messages. */
    static Plan parse(String file, String text, long seed) {
        PlanParser parser = new PlanParser(file, seed);
        List<String> lines = text.lines().toList();
        for (int i = 0; i < lines.size(); i++) {
            String line = lines.get(i).replaceFirst("#.*", "");
            if (!line.isBlank()) {
                parser.line(new PlanLine(file, i + 1, line));
            }
        }
        return parser.finish(lines.size());
    }

    private Plan finish(int lines) {
        PlanLine last = new PlanLine(file, Math.max(1, lines), "end");
        last.require(group == null && repeats.isEmpty(), "an 'end' is missing");
        last.require(!accessUnits.isEmpty(), "no 'access-unit' in the plan");
        return new Plan(accessUnits);
    }

    private void line(PlanLine line) {
        switch (line.word()) {
            case "fps" -> period = (double) MILLIS_PER_SECOND / line.bare(1, MAX_FPS);
            case "access-unit" -> beginAccessUnit(line);
            case "stap-a", "stap-b", "mtap16", "mtap24" -> beginGroup(line);
            case "repeat" -> beginRepeat(line);
            case "end" -> end(line);
            default -> unit(line);
        }
    }

    private void beginAccessUnit(PlanLine line) {
        line.allow(Set.of("wait", "ts"));
        line.require(group == null, "an access unit begins inside of " + group + "; its 'end' is missing");
        boolean first = accessUnits.isEmpty();
        double wait = line.has("wait") ? line.number("wait", 0, 0, MAX_WAIT_MILLIS) : first ? 0 : period;
        int ticks = line.number("ts", (int) Math.round(wait * TICKS_PER_MILLI), Integer.MIN_VALUE, Integer.MAX_VALUE);
        units = new ArrayList<>();
        accessUnits.add(new Plan.AccessUnit(Math.round(wait * NANOS_PER_MILLI), ticks, units));
    }

    private void beginGroup(PlanLine line) {
        line.allow(Set.of());
        line.require(units != null, "'" + line.word() + "' without an access-unit before");
        line.require(group == null, "'" + line.word() + "' inside of " + group);
        group = Structure.valueOf(line.word().toUpperCase(java.util.Locale.ROOT).replace('-', '_'));
        joins = false;
    }

    private void beginRepeat(PlanLine line) {
        line.require(group == null, "a repeat inside of " + group + "; count=N repeats a unit");
        repeats.push(new Repeat(line, line.bare(1, Plan.MAX_UNITS), accessUnits.size()));
        units = null;
    }

    private void end(PlanLine line) {
        line.allow(Set.of());
        if (group != null) {
            group = null;
            return;
        }
        line.require(!repeats.isEmpty(), "'end' without repeat or aggregation packet");
        unroll(repeats.pop());
        units = null;
    }

    private void unroll(Repeat repeat) {
        List<Plan.AccessUnit> once = List.copyOf(accessUnits.subList(repeat.from(), accessUnits.size()));
        repeat.line().require(!once.isEmpty(), "no 'access-unit' to repeat before its 'end'");
        int each = once.stream().mapToInt(accessUnit -> Math.max(1, accessUnit.units().size())).sum();
        limit(repeat.line(), (repeat.times() - 1L) * each);
        for (int i = 1; i < repeat.times(); i++) {
            accessUnits.addAll(once);
        }
    }

    private void limit(PlanLine line, long more) {
        total += more;
        line.require(total <= Plan.MAX_UNITS, "more than " + Plan.MAX_UNITS + " units; --loop repeats a plan");
    }

    private void unit(PlanLine line) {
        int type = type(line);
        line.allow(UNIT_SETTINGS);
        line.require(units != null, "'" + line.word() + "' without an access-unit before");
        line.require(line.has("hex") != line.has("size"), "either size=BYTES or hex:BYTES, as '" + line.word() + " size=100'");
        int count = line.number("count", 1, 1, Plan.MAX_UNITS);
        limit(line, count);
        for (int i = 0; i < count; i++) {
            units.add(new Plan.Unit(MemorySegment.ofArray(bytes(line, type)), packaging(line)));
            joins = true;
        }
    }

    private static int type(PlanLine line) {
        if (line.word().equals("unit") || line.word().equals("payload")) {
            line.require(line.has("hex"), "'" + line.word() + "' takes hex:BYTES");
            return 0;
        }
        if (!line.word().isEmpty() && Character.isDigit(line.word().charAt(0))) {
            return line.number("type", line.word(), 0, MAX_TYPE);
        }
        Integer type = TYPES.get(line.word());
        line.require(type != null, "'" + line.word() + "'; allowed are access-unit, stap-a, stap-b, mtap16, mtap24, repeat, end, fps, unit,"
            + " payload, a type from 0 to 31 and its names " + String.join(", ", TYPES.keySet()));
        return type;
    }

    private byte[] bytes(PlanLine line, int type) {
        if (line.has("hex")) {
            return line.hex();
        }
        byte[] bytes = new byte[line.number("size", 1, 1, MAX_UNIT_LENGTH)];
        int nri = line.number("nri", isReference(type) ? MAX_NRI : 0, 0, MAX_NRI);
        bytes[0] = (byte) ((line.has("forbidden") ? 0x80 : 0) | nri << 5 | type);
        for (int i = 1; i < bytes.length; i++) {
            // No zeros: nothing looks like a start code.
            bytes[i] = (byte) random.nextInt(1, 256);
        }
        return bytes;
    }

    private static boolean isReference(int type) {
        return type == NalType.SLICE || type == NalType.IDR_SLICE || type == NalType.SPS || type == NalType.PPS;
    }

    private Packaging packaging(PlanLine line) {
        if (group != null) {
            line.require(!line.has("as"), "as=" + line.text("as", "") + " inside of " + group);
            return packaging(line, group, 0);
        }
        if (line.word().equals("payload")) {
            return packaging(line, Structure.PAYLOAD, 0);
        }
        String[] as = line.text("as", "auto").split(":", 2);
        Structure structure = switch (as[0]) {
            case "auto" -> Structure.AUTO;
            case "single" -> Structure.SINGLE;
            case "fu-a" -> Structure.FU_A;
            case "fu-b" -> Structure.FU_B;
            default -> throw line.error("as=" + line.text("as", "") + "; allowed are auto, single, fu-a, fu-a:BYTES, fu-b and fu-b:BYTES");
        };
        int fragment = as.length == 1 ? 0 : line.number("as", as[1], 1, MAX_U16);
        return packaging(line, structure, fragment);
    }

    private Packaging packaging(PlanLine line, Structure structure, int fragmentLength) {
        String don = line.text("don", "+1");
        boolean relative = don.startsWith("+") || don.startsWith("-");
        return new Packaging(structure, group != null && joins, fragmentLength, line.number("don", don, relative ? -MAX_U16 : 0, MAX_U16), relative,
            line.number("ticks", 0, 0, MAX_U24));
    }
}
