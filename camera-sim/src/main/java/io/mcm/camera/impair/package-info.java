/** What a bad network does to packets, by seeded chance. */
package io.mcm.camera.impair;
