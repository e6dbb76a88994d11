/**
 * {@code mcm demo}: the three processes on this machine, watched from outside, and a verdict that compares every NAL unit with the
 * capture's own.
 */
package io.mcm.camera.demo;
