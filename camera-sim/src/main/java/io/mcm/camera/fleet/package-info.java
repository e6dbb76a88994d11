/** Many cameras on one thread. */
package io.mcm.camera.fleet;
