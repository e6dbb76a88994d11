/** The camera's punctuality and top speed beside a pure spin and tcpreplay, as an independent receiver sees them. */
package io.mcm.perf.camera;
