/** Where the simulated camera's packets come from: captures and H.264 byte streams, played in passes without a seam. */
package io.mcm.camera.source;
