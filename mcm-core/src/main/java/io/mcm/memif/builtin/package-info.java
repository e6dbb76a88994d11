/**
 * The engine of our own. Whatever a peer sends or writes is checked before it is used; a peer that breaks the rules is disconnected with a
 * reason.
 */
package io.mcm.memif.builtin;
