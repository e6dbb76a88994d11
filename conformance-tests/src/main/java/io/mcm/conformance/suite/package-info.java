/** What a proxy is held to: the cases by group, and the scene on which each is played. */
package io.mcm.conformance.suite;
