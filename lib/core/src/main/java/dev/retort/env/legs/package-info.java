/**
 * Robots with legs in the {@link dev.retort.env.world planar world}: {@link
 * dev.retort.env.legs.Morphology} says how one is built, {@link dev.retort.env.legs.UniLegs} lets
 * many of them walk in the same numbers, and {@link dev.retort.env.legs.Gait} moves them without
 * learning anything.
 */
package dev.retort.env.legs;
