package dev.retort.figure;

/**
 * A small picture with what is to be said of it.
 *
 * @param caption what stands below it
 * @param raster what is to be seen
 */
public record Picture(String caption, Raster raster) {}
