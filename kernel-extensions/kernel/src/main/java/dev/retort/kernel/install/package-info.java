/**
 * What it takes to leave something installed behind: a class path in a folder of its own, and
 * Retort written into the spec of a kernel of another make.
 *
 * <pre>{@code
 * List<Path> jars = JarFolder.write(folder.resolve("jars"), classPath, Optional.empty());
 * HostSpec.find(HostSpec.Make.IJAVA, folders).orElseThrow().install(classPath);
 * }</pre>
 */
package dev.retort.kernel.install;
