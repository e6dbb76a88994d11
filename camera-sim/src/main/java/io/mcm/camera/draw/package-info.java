/** Draws the stream of a capture: when its packets came, how large, what was in them, what is missing. */
package io.mcm.camera.draw;
