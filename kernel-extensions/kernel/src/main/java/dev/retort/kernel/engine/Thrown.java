package dev.retort.kernel.engine;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;
import java.util.regex.Pattern;
import jdk.jshell.EvalException;
import jdk.jshell.spi.SPIResolutionException;

/**
 * An exception that ended a cell, read once.
 *
 * <p>The methods of an exception may be a user's own: they throw, give nothing, go round in circles
 * or never return. So they are called on the thread of the cell, where an interrupt ends them, and
 * nobody calls them again.
 *
 * @param raw the exception itself; only its class may be asked
 * @param message what it says, cut where it is too long; empty if it says nothing
 * @param frames where it comes from
 * @param cause what caused it, unless that is in this chain already
 */
record Thrown(
    Throwable raw, String message, List<StackTraceElement> frames, Optional<Thrown> cause) {
  private static final int MOST_CAUSES = 5;
  private static final int MOST_FRAMES = 1024;
  private static final int MOST_CHARACTERS = 4000;

  /** What JShell puts before the names of classes and variables that cells declare. */
  private static final Pattern SNIPPET_CLASS = Pattern.compile("REPL\\.\\$JShell\\$\\w+[.$]");

  /** Reads an exception. */
  static Thrown of(Throwable raw) {
    if (raw instanceof OutOfMemoryError) {
      MemoryReserve.release(); // reading takes some too
    }
    return of(raw, Collections.newSetFromMap(new IdentityHashMap<>()));
  }

  private static Thrown of(Throwable raw, Set<Throwable> seen) {
    seen.add(raw);
    Throwable cause = read(raw::getCause, null);
    boolean goesOn = cause != null && seen.size() < MOST_CAUSES && !seen.contains(cause);
    return new Thrown(
        raw,
        messageOf(raw),
        framesOf(raw),
        goesOn ? Optional.of(of(cause, seen)) : Optional.empty());
  }

  private static String messageOf(Throwable raw) {
    String message;
    try {
      message = raw.getLocalizedMessage();
    } catch (Throwable e) {
      message = "(its message cannot be read: that threw " + e.getClass().getSimpleName() + ")";
    }
    return message == null
        ? ""
        : Cut.text(SNIPPET_CLASS.matcher(message).replaceAll(""), MOST_CHARACTERS);
  }

  private static List<StackTraceElement> framesOf(Throwable raw) {
    StackTraceElement[] frames = read(raw::getStackTrace, null);
    return frames == null
        ? List.of()
        : Arrays.stream(frames).filter(Objects::nonNull).limit(MOST_FRAMES).toList();
  }

  private static <T> T read(Supplier<T> part, T otherwise) {
    try {
      return part.get();
    } catch (Throwable e) {
      return otherwise;
    }
  }

  /** What a cell ended with that was to stop, whatever the checks became on their way. */
  Thrown stopped() {
    return FailureReport.explainsItself(raw)
        ? this
        : new Thrown(new CellStopped(), "", frames, Optional.empty());
  }

  /** This and its causes, each once. */
  List<Thrown> chain() {
    List<Thrown> chain = new ArrayList<>();
    for (Optional<Thrown> one = Optional.of(this); one.isPresent(); one = one.get().cause()) {
      chain.add(one.get());
    }
    return chain;
  }

  /** The same with frames in cell terms, where JShell tells them. */
  Thrown translated(Throwable fromShell) {
    if (!(fromShell instanceof EvalException)) {
      return this;
    }
    return new Thrown(
        raw,
        message,
        List.of(fromShell.getStackTrace()),
        cause.map(one -> one.translated(fromShell.getCause())));
  }

  /** The same for JShell, which would ask the exception again. */
  Throwable forShell() {
    return raw instanceof SPIResolutionException ? raw : new StandIn(this);
  }

  private static final class StandIn extends Exception {
    StandIn(Thrown thrown) {
      super(thrown.message, thrown.cause.map(Thrown::forShell).orElse(null), false, true);
      setStackTrace(thrown.frames.toArray(StackTraceElement[]::new));
    }
  }
}
