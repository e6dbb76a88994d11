/** Writes captures: what the camera sent, and what a network interface sees. */
package io.mcm.camera.record;
