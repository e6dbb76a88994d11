/** Sends packets at their own deadlines, waits by parking and spinning, and records how late it was. */
package io.mcm.camera.pace;
