package dev.retort.kernel.engine;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Knows which snippet came from which line of which cell, and words stack frames so.
 *
 * <p>JShell calls the file of a snippet {@code #id}; its frames come out as {@code at cell [3],
 * line 2}. StackFrames of the kernel, of JShell, of reflection and of the insides of streams are
 * left out.
 */
final class StackFrames {
  static final String SNIPPET_PACKAGE = "REPL.";
  private static final String BOTTOM = CellThread.class.getName() + "$Worker";
  private static final String KERNEL = "dev.retort.kernel.";
  private static final int LONGEST_PERIOD = 12;
  private static final int FEWEST_TIMES = 3;

  private record Place(Cell cell, int firstLine) {}

  private final Map<String, Place> places = new ConcurrentHashMap<>();

  /** Remembers where a snippet begins. */
  void remember(String snippetId, Cell cell, int firstLine) {
    places.put(snippetId, new Place(cell, firstLine));
  }

  /**
   * Words the frames of an exception in at most so many lines, of which there are at least three.
   *
   * <p>StackFrames that repeat, as those of an endless recursion do, stand once; where there are
   * still too many, frames of cells come before those of libraries.
   */
  List<String> worded(List<StackTraceElement> trace, int most) {
    List<Line> lines = new ArrayList<>();
    for (StackTraceElement frame : trace) {
      if (frame.getClassName().equals(BOTTOM)) {
        break;
      }
      boolean ofCell = isOfCell(frame);
      String text = ofCell ? cellFrame(frame) : libraryFrame(frame);
      if (!text.isEmpty()) {
        lines.add(new Line("  at " + text, ofCell, 1));
      }
    }
    return fitting(folded(lines), most);
  }

  /** A line of a report, and how many frames it stands for. */
  private record Line(String text, boolean ofCell, int frames) {}

  private static List<Line> folded(List<Line> lines) {
    List<Line> folded = new ArrayList<>();
    int at = 0;
    while (at < lines.size()) {
      int period = 1;
      int times = times(lines, at, period);
      while (times < FEWEST_TIMES && period < LONGEST_PERIOD) {
        times = times(lines, at, ++period);
      }
      if (times < FEWEST_TIMES) {
        folded.add(lines.get(at++));
        continue;
      }
      folded.addAll(lines.subList(at, at + period));
      int more = period * (times - 1);
      String again = period == 1 ? "the same" : "the same " + period + " lines";
      folded.add(
          new Line("  … " + again + ", " + Cut.count(times - 1) + " more times", true, more));
      at += period * times;
    }
    return folded;
  }

  /** How often the lines from a place on repeat with a period. */
  private static int times(List<Line> lines, int at, int period) {
    int end = at + period;
    while (end < lines.size() && lines.get(end).equals(lines.get(end - period))) {
      end++;
    }
    return (end - at) / period;
  }

  private static List<String> fitting(List<Line> lines, int most) {
    if (lines.size() <= most) {
      return lines.stream().map(Line::text).toList();
    }
    int room = most - 1;
    long ofCells = lines.stream().filter(Line::ofCell).count();
    long cells = Math.min(ofCells, Math.max(1, room - room / 4));
    long others = room - cells;
    List<String> texts = new ArrayList<>();
    int left = 0;
    for (Line line : lines) {
      boolean fits = line.ofCell() ? cells-- > 0 : others-- > 0;
      if (fits) {
        texts.add(line.text());
      } else {
        left += line.frames();
      }
    }
    texts.add("  … " + Cut.count(left) + " more");
    return texts;
  }

  /** The place in a cell where an exception came from or passed through, or an empty text. */
  String firstOfCell(List<StackTraceElement> trace) {
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
        || isOfKernel(owner)
        || owner.startsWith("org.dflib.jjava.")
        || owner.startsWith("jdk.")
        || owner.startsWith("sun.")
        || owner.startsWith("java.lang.reflect.")
        || owner.startsWith("java.lang.invoke.")
        || owner.startsWith("java.util.stream.")
        || owner.startsWith("java.util.concurrent.ForkJoin")
        || owner.startsWith("java.util.concurrent.CountedCompleter")
        || owner.contains("Spliterator")
        || owner.startsWith(SNIPPET_PACKAGE)) {
      return "";
    }
    String file = frame.getFileName() == null ? "unknown source" : frame.getFileName();
    return owner
        + "."
        + frame.getMethodName()
        + " ("
        + file
        + (frame.getLineNumber() > 0 ? ":" + frame.getLineNumber() : "")
        + ")";
  }

  private static boolean isOfKernel(String owner) {
    return owner.startsWith(KERNEL) && owner.lastIndexOf('.') == KERNEL.length() - 1;
  }
}
