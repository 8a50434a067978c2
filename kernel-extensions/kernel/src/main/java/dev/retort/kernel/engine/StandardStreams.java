package dev.retort.kernel.engine;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.InputStream;
import java.io.OutputStream;
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

  /** Puts something in the place of null, which the compiler could not print to. */
  static void fill() {
    PrintStream nowhere = new PrintStream(OutputStream.nullOutputStream(), false, UTF_8);
    if (System.out == null) {
      System.setOut(nowhere);
    }
    if (System.err == null) {
      System.setErr(nowhere);
    }
  }

  /** Says something to the user, whatever System.err is now. */
  void note(String line) {
    err.println(line);
  }
}
