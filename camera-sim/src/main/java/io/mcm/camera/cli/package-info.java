/** The commands {@code camera} and {@code pcap}. */
package io.mcm.camera.cli;
