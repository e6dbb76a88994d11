/**
 * From a stream's NAL units to one consumer's ring: what is left out after a loss, what is put in, and how it lies in a buffer. Begin with
 * {@link io.mcm.proxy.delivery.Delivery}. Knows neither sockets nor threads.
 */
package io.mcm.proxy.delivery;
