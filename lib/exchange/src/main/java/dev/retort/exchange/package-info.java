/**
 * Policies, data and logs in the formats of others: what enters and leaves Retort.
 *
 * <p>The core knows none of these formats. Each is found on the class path when a file's extension
 * asks for it, so that a program that needs none of them leaves this module away.
 */
package dev.retort.exchange;
