/**
 * What a bad camera and a bad network do to packets, by seeded chance and on a time line, with the ground truth of what was done.
 */
package io.mcm.camera.impair;
