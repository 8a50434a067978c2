/**
 * Datasets of Minari: a file of HDF5 with a group for each episode, and a file of JSON with the
 * spaces.
 *
 * <pre>{@code
 * Dataset foreign = dataset(Path.of("cartpole/expert-v0"));   // the folder of a Minari dataset
 * data.save(Path.of("cartpole/mine-v0"));                     // Minari loads it
 * data.save(Path.of("mine.hdf5"));                            // the same two files under names of your own
 * }</pre>
 *
 * <p>The layout: Younis and others, "Minari", 2024, https://minari.farama.org, version 0.5. The
 * files are read and written by jHDF, https://jhdf.io, without any native library.
 */
package dev.retort.exchange.minari;
