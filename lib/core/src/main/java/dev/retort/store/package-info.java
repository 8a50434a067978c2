/**
 * Files that are complete or absent.
 *
 * <p>Everything that Retort remembers, checkpoints, policies and datasets, is a set of named
 * arrays, {@link dev.retort.store.Tensors}, and is written in one format by one writer. The format
 * is safetensors, so any tool that reads safetensors reads our files; each array carries its
 * SHA-256 in the metadata, and a last array holds the SHA-256 of all that stands before it.
 *
 * <pre>{@code
 * Tensors state = new Tensors().put("weights", weights, 2, 64).put("step", new long[] {500});
 * TensorFile.write(path, state);
 * float[] weights = TensorFile.read(path).floats("weights");
 * }</pre>
 *
 * <p>{@link dev.retort.store.AtomicFile} is the one writer of all files. A file appears under its
 * name only when it is whole: it is written under a temporary name, forced to the disk, moved over
 * the old one in one step, and the folder is forced too. {@link dev.retort.store.TensorFile}
 * refuses a file that is not what it says it is, with section and byte ({@link
 * dev.retort.store.DamagedFileException}), before it believes any number in it. A test that wants a
 * disk to fail brings its own {@link dev.retort.store.Disk}.
 *
 * <p>{@link dev.retort.store.Shelf} knows what lies in the folder {@code datasets} by its name.
 *
 * <p>Depends on nothing but the exceptions of the root.
 */
package dev.retort.store;
