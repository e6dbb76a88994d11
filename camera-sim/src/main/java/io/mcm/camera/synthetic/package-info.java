/**
 * A video that nobody recorded: an H.264 encoder (constrained baseline) for pictures of flat macroblocks, which every decoder decodes to the
 * very same samples, and which carry their number and intended send time.
 */
package io.mcm.camera.synthetic;
