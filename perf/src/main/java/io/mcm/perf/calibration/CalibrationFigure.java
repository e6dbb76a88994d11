package io.mcm.perf.calibration;

/**
 * One thing that this machine can do just now, as it is stored and shown.
 *
 * @param name stable, for those who read stored runs
 * @param unit of the value: {@code ns}
 */
public record CalibrationFigure(String name, double value, String unit) {}
