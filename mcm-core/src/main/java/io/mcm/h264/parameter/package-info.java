/**
 * The syntax of ITU-T H.264 above the NAL unit header, as far as a network element needs it: sequence and picture parameter sets,
 * and the head of a slice header. Knows of {@code io.mcm.h264} only {@code NalHeader} and {@code NalType}.
 */
package io.mcm.h264.parameter;
