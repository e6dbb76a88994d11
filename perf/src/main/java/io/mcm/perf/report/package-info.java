/** What the gate found, for people and for programs: JSON, CSV, Markdown, a page and a picture; and the trend over stored runs. */
package io.mcm.perf.report;
