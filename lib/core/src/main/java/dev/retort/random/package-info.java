/** Seeded streams of random numbers. */
package dev.retort.random;
