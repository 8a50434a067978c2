package dev.retort.kernel.engine;

import java.io.InputStream;
import java.io.PrintStream;
import java.util.ArrayList;
import java.util.List;

/**
 * The standard streams as they are when an engine starts.
 *
 * <p>What a cell sets in their place holds to its end; each cell begins with these.
 */
record StandardStreams(PrintStream out, PrintStream err, InputStream in) {

  static StandardStreams current() {
    return new StandardStreams(System.out, System.err, System.in);
  }

  /** Puts the streams back and says which had been replaced. */
  List<String> restore() {
    List<String> replaced = new ArrayList<>();
    if (System.out != out) {
      replaced.add("System.out");
      System.setOut(out);
    }
    if (System.err != err) {
      replaced.add("System.err");
      System.setErr(err);
    }
    if (System.in != in) {
      replaced.add("System.in");
      System.setIn(in);
    }
    return replaced;
  }

  /** Says something to the user, whatever System.err is now. */
  void note(String line) {
    err.println(line);
  }
}
