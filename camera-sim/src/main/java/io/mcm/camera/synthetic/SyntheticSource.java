package io.mcm.camera.synthetic;

import io.mcm.camera.source.NalUnitSink;
import io.mcm.camera.source.NalUnitSource;
import io.mcm.camera.source.SendClock;
import io.mcm.h264.NalType;
import java.util.List;

/**
 * Makes the access units of a synthetic stream: what the config asks for of delimiter and parameter sets, the {@link SyntheticMark}, the
 * slices.
 */
public final class SyntheticSource implements NalUnitSource {

    /** primary_pic_type (H.264 table 7-5): I slices, or I and P slices. */
    private static final int ONLY_I = 0;
    private static final int I_AND_P = 1;
    private static final int PICTURE_TYPE_LENGTH = 3;

    private final SyntheticConfig config;
    private final SendClock clock;
    private final UnitWriter out = new UnitWriter();
    private final ParameterSetWriter parameterSets;
    private final PictureOrdering picture;
    private PictureEncoder encoder;
    private RateControl rateControl;
    private int sequence = -1;
    private long coded;
    private int length;

    public SyntheticSource(SyntheticConfig config, SendClock clock) {
        this.config = config;
        this.clock = clock;
        parameterSets = new ParameterSetWriter(out, config);
        picture = new PictureOrdering(config);
    }

    /** Those of every size. */
    @Override
    public List<byte[]> parameterSets() {
        return ParameterSetWriter.all(config);
    }

    @Override
    public boolean step(NalUnitSink sink) {
        if (!picture.next()) {
            return false;
        }
        long dueNanos = config.rate().nanos(coded++);
        sink.beginAccessUnit(config.rate().ticks(picture.number()), dueNanos);
        length = 0;
        boolean resized = beginSequence();
        delimiter(sink);
        if (hasParameterSets(resized)) {
            parameterSets.sequenceSet(sequence);
            hand(sink);
            parameterSets.pictureSet(sequence);
            hand(sink);
        }
        SyntheticMark.write(out, picture.number(), clock.sendNanos(dueNanos));
        hand(sink);
        length += encoder.encode(picture, rateControl.noise(picture.isIdr()), sink);
        rateControl.took(picture.isIdr(), length);
        sink.endAccessUnit();
        return true;
    }

    private boolean beginSequence() {
        if (sequence == picture.sequence()) {
            return false;
        }
        sequence = picture.sequence();
        encoder = new PictureEncoder(config, config.size(sequence), out);
        rateControl = new RateControl(config.bitsPerSecond(), config.rate(), config.gop(), encoder.scene().noiseCapacity());
        return true;
    }

    private boolean hasParameterSets(boolean resized) {
        return switch (config.parameterSets()) {
            case ONCE -> resized;
            case IDR -> picture.isIdr();
            case OUT_OF_BAND -> false;
        };
    }

    private void delimiter(NalUnitSink sink) {
        if (config.delimiters()) {
            out.begin(NalType.ACCESS_UNIT_DELIMITER).u(PICTURE_TYPE_LENGTH, picture.isIdr() ? ONLY_I : I_AND_P).end();
            hand(sink);
        }
    }

    private void hand(NalUnitSink sink) {
        length += out.length();
        sink.nalUnit(out.segment(), 0, out.length());
    }
}
