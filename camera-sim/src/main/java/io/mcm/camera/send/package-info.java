/** How packets leave the machine. */
package io.mcm.camera.send;
