/** Streams made by hand: NAL units of any type and size, packed as a text says, for the cases that no encoder makes. */
package io.mcm.camera.plan;
