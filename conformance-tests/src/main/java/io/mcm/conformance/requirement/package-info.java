/** What the standards demand: the tables of rules, each with a stable id, and what tests hold us to it. */
package io.mcm.conformance.requirement;
