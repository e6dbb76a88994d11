/** What a run says to CI servers (JUnit XML), programs (JSON) and people (one HTML page). */
package io.mcm.conformance.report;
