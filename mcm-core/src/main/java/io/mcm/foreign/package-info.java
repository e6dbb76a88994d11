/**
 * The C library through Panama FFM: the only place with restricted calls and with addresses as numbers. Three layers: {@link
 * io.mcm.foreign.Libc} has the functions by their C names and answers {@code -errno}, as the kernel does; the classes above it
 * own one descriptor or mapping each; nothing here decides anything about media.
 */
package io.mcm.foreign;
