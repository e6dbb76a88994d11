/**
 * The data plane SDK for Java: what a video analytics micro-service uses to get its stream. Follows the C SDK of MCM 24.09 ({@code
 * mcm_dp.h}) and works with its proxy and with ours.
 */
package io.mcm.sdk;
