package dev.retort.kernel.engine;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Knows which snippet came from which line of which cell, and words stack frames so.
 *
 * <p>JShell calls the file of a snippet {@code #id}; its frames come out as {@code at cell [3],
 * line 2}. Frames of the kernel, of JShell and of reflection are left out.
 */
final class Frames {
  static final String SNIPPET_PACKAGE = "REPL.";
  private static final int MOST_FRAMES = 12;

  private record Place(Cell cell, int firstLine) {}

  private final Map<String, Place> places = new ConcurrentHashMap<>();

  /** Remembers where a snippet begins. */
  void remember(String snippetId, Cell cell, int firstLine) {
    places.put(snippetId, new Place(cell, firstLine));
  }

  /** Words the frames of an exception, those that matter first thrown first. */
  List<String> worded(StackTraceElement[] trace) {
    List<String> lines = new ArrayList<>();
    int more = 0;
    for (StackTraceElement frame : trace) {
      String line = isOfCell(frame) ? "  at " + cellFrame(frame) : libraryFrame(frame);
      if (line.isEmpty() || line.equals("  at ")) {
        continue;
      }
      if (lines.size() < MOST_FRAMES || isOfCell(frame)) {
        lines.add(line);
      } else {
        more++;
      }
    }
    if (more > 0) {
      lines.add("  … " + more + " more");
    }
    return lines;
  }

  /** The place in a cell where an exception came from or passed through, or an empty text. */
  String firstOfCell(StackTraceElement[] trace) {
    for (StackTraceElement frame : trace) {
      if (isOfCell(frame) && !cellFrame(frame).isEmpty()) {
        return cellFrame(frame);
      }
    }
    return "";
  }

  private static boolean isOfCell(StackTraceElement frame) {
    return frame.getFileName() != null && frame.getFileName().startsWith("#");
  }

  private String cellFrame(StackTraceElement frame) {
    Place place = places.get(frame.getFileName().substring(1));
    if (place == null || place.cell().number() == 0) {
      return "";
    }
    String where =
        place.cell().name() + ", line " + (place.firstLine() + frame.getLineNumber() - 1);
    String method = frame.getMethodName();
    if (method.isEmpty() || method.contains("$")) {
      return where;
    }
    String owner = frame.getClassName().replaceFirst("^\\d+", ""); // 1Deep: a local class
    return (owner.isEmpty() ? "" : owner + ".") + method + ", " + where;
  }

  private static String libraryFrame(StackTraceElement frame) {
    String owner = frame.getClassName();
    if (owner.startsWith("dev.retort.kernel.engine.")
        || owner.equals("dev.retort.kernel.Magic")
        || owner.startsWith("org.dflib.jjava.jupyter.kernel.magic.")
        || owner.startsWith("jdk.")
        || owner.startsWith("sun.")
        || owner.startsWith("java.lang.reflect.")
        || owner.startsWith("java.lang.invoke.")
        || owner.startsWith(SNIPPET_PACKAGE)) {
      return "";
    }
    String file = frame.getFileName() == null ? "unknown source" : frame.getFileName();
    return "  at "
        + owner
        + "."
        + frame.getMethodName()
        + " ("
        + file
        + (frame.getLineNumber() > 0 ? ":" + frame.getLineNumber() : "")
        + ")";
  }
}
