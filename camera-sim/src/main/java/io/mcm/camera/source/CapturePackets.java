package io.mcm.camera.source;

import static java.lang.System.Logger.Level.WARNING;

import io.mcm.capture.CaptureException;
import io.mcm.capture.SessionReader;
import io.mcm.capture.StreamSelection;
import io.mcm.metric.Counters;
import io.mcm.metric.LimitedLog;
import java.lang.foreign.MemorySegment;
import java.nio.file.Path;
import java.util.List;

/** The RTP and RTCP of a capture's cameras, read as they are needed: channels 0 and 1 are the first selection's, and so on. */
public final class CapturePackets implements RecordedPackets {

    private static final LimitedLog DAMAGE = new LimitedLog(System.getLogger(CapturePackets.class.getName()), WARNING);
    private static final long NONE = Long.MIN_VALUE;

    /**
     * What is read, and how.
     *
     * @param counters of all passes
     */
    public record Plan(Path file, List<StreamSelection> selections, ReplayWindow window, DamagedRecords damaged,
                       Counters<ReplayCounter> counters) {

        /** One camera's packets, all of them, up to the first damage. */
        public static Plan of(Path file, StreamSelection selection) {
            return new Plan(file, List.of(selection), ReplayWindow.ALL, DamagedRecords.END, new Counters<>(ReplayCounter.class));
        }
    }

    private final Plan plan;
    private final SessionReader reader;
    private long captureStart = NONE;
    private long windowStart = NONE;
    private long nanos;

    private CapturePackets(Plan plan, SessionReader reader) {
        this.plan = plan;
        this.reader = reader;
    }

    /** @throws CaptureException if the file is missing, empty or no capture */
    public static CapturePackets open(Plan plan) throws CaptureException {
        return new CapturePackets(plan, SessionReader.open(plan.file(), plan.selections()));
    }

    @Override
    public boolean next() throws CaptureException {
        while (readOn()) {
            long arrival = reader.arrivalNanos();
            captureStart = captureStart == NONE ? arrival : captureStart;
            if (plan.window().isOver(arrival - captureStart)) {
                return false;
            }
            if (!plan.window().isBefore(arrival - captureStart) && isWhole()) {
                windowStart = windowStart == NONE ? arrival : windowStart;
                // Clocks of capturing machines are set back now and then.
                nanos = Math.max(nanos, arrival - windowStart);
                return true;
            }
        }
        return false;
    }

    private boolean readOn() throws CaptureException {
        while (true) {
            try {
                return reader.next();
            } catch (CaptureException e) {
                if (!goesOnBehind(e)) {
                    return false;
                }
            }
        }
    }

    /** @throws CaptureException where that is not wanted */
    private boolean goesOnBehind(CaptureException damage) throws CaptureException {
        if (plan.damaged() == DamagedRecords.END) {
            throw damage;
        }
        plan.counters().increment(ReplayCounter.DAMAGED_RECORDS);
        boolean more = reader.resume();
        DAMAGE.log(() -> damage.getMessage() + (more ? "; skipped" : "; nothing follows"));
        return more;
    }

    private boolean isWhole() throws CaptureException {
        if (!reader.isTruncated()) {
            return true;
        }
        String what = "record " + reader.recordNumber() + " has only " + reader.length() + " bytes of its packet: the capture's snap length cut it";
        if (plan.damaged() == DamagedRecords.END) {
            throw new CaptureException(plan.file(), what);
        }
        plan.counters().increment(ReplayCounter.TRUNCATED_RECORDS);
        DAMAGE.log(() -> plan.file() + ": " + what + "; skipped");
        return false;
    }

    @Override
    public int channel() {
        return 2 * reader.selection() + (reader.isRtcp() ? 1 : 0);
    }

    @Override
    public MemorySegment segment() {
        return reader.segment();
    }

    @Override
    public long offset() {
        return reader.offset();
    }

    @Override
    public int length() {
        return reader.length();
    }

    @Override
    public long nanos() {
        return nanos;
    }

    @Override
    public void close() throws CaptureException {
        reader.close();
    }
}
