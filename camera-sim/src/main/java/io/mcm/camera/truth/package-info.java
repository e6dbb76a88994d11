/** Reads what an impaired camera did, and computes what a receiver must make of it. */
package io.mcm.camera.truth;
