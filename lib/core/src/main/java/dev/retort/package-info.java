/**
 * Retort: train teachers, collect data, distill students and ensembles, and compare them with
 * honest statistics.
 *
 * <p>{@link dev.retort.Retort} holds the words of the language, for static import. Everything that
 * they make is a value which prints itself.
 */
package dev.retort;
