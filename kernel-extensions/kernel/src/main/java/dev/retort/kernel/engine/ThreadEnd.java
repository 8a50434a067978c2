package dev.retort.kernel.engine;

import java.util.List;

/**
 * Ends a thread by force, where the JDK still can (17 to 19) and where it only computes.
 *
 * <p>A thread that is stopped while it loads a class, prints, or holds a lock of the JDK would
 * leave that broken for everybody. So it has to be seen several times with nothing on its stack but
 * the code of the cell and classes that compute.
 */
final class ThreadEnd {
  private static final int LOOKS = 4;
  private static final long BETWEEN_LOOKS_MILLIS = 5;

  /** Classes of the JDK that compute and hold no lock that others want. */
  private static final List<String> COMPUTE =
      List.of(
          "java.lang.Abstract",
          "java.lang.CharSequence",
          "java.lang.Double",
          "java.lang.Float",
          "java.lang.Integer",
          "java.lang.Iterable",
          "java.lang.Long",
          "java.lang.Math",
          "java.lang.StrictMath",
          "java.lang.String",
          "java.lang.invoke.LambdaForm",
          "java.math.",
          "java.util.Abstract",
          "java.util.Array",
          "java.util.BitSet",
          "java.util.Collection",
          "java.util.Comparable",
          "java.util.Comparator",
          "java.util.DualPivotQuicksort",
          "java.util.Formatter",
          "java.util.HashMap",
          "java.util.ImmutableCollections",
          "java.util.Iterator",
          "java.util.LinkedHashMap",
          "java.util.LinkedList",
          "java.util.PrimitiveIterator",
          "java.util.PriorityQueue",
          "java.util.Random",
          "java.util.Spliterator",
          "java.util.SplittableRandom",
          "java.util.TimSort",
          "java.util.TreeMap",
          "java.util.function.",
          "java.util.regex.",
          "java.util.stream.");

  /** What lies below the cell on its thread. */
  private static final List<String> BENEATH =
      List.of(
          Crew.class.getPackageName() + ".",
          StackFrames.SNIPPET_PACKAGE,
          "java.lang.reflect.",
          "jdk.internal.reflect.",
          "java.util.concurrent.CountedCompleter",
          "java.util.concurrent.ForkJoin");

  private ThreadEnd() {}

  /** Asks the JDK to end a thread, if that does no harm. */
  static void ask(Thread thread) {
    for (int look = 0; look < LOOKS; look++) {
      if (!onlyComputes(thread)) {
        return;
      }
      try {
        Thread.sleep(BETWEEN_LOOKS_MILLIS);
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        return;
      }
    }
    try {
      Thread.class.getMethod("stop").invoke(thread);
    } catch (ReflectiveOperationException e) {
      return; // this JDK has no such way any more
    }
  }

  private static boolean onlyComputes(Thread thread) {
    StackTraceElement[] stack = thread.getStackTrace();
    if (thread.getState() != Thread.State.RUNNABLE || stack.length == 0) {
      return false;
    }
    for (StackTraceElement frame : stack) {
      boolean known = isOf(COMPUTE, frame) || isOf(BENEATH, frame);
      if (!known || frame.getMethodName().equals("<clinit>")) {
        return false;
      }
    }
    return isOf(COMPUTE, stack[0]);
  }

  private static boolean isOf(List<String> owners, StackTraceElement frame) {
    return owners.stream().anyMatch(frame.getClassName()::startsWith);
  }
}
