package dev.retort.kernel;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.retort.kernel.engine.Cell;
import dev.retort.kernel.engine.CellOutcome;
import dev.retort.kernel.engine.JavaEngine;
import dev.retort.kernel.engine.MagicNames;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.CompletableFuture;
import java.util.function.Consumer;

/**
 * A JShell script, which runs to its end and tells how it went.
 *
 * <p>The script sees the imports of JShell and of a notebook, and its arguments as {@code args}. A
 * line that lacks only its semicolon ends there, unless the next line goes on with it. A script
 * that cannot be compiled is not begun; another ends at its first error, which is printed with the
 * line on which it stands. {@code /exit} ends it early. Values of expressions are not shown: a
 * script prints what it says it prints.
 *
 * @param name what errors call it
 * @param text its lines; the first may be one for the shell, {@code #!/usr/bin/env ..}
 */
public record Script(String name, String text) {
  private static final int FAILED = 1;
  private static final String ARGUMENTS = "args";
  private static final String BYTE_ORDER_MARK = "\ufeff";

  /**
   * Reads a script from a file in UTF-8, with a byte-order mark or without.
   *
   * @throws IOException if the file cannot be read, or is in another encoding
   */
  public static Script read(Path file) throws IOException {
    return decode(file.toString(), Files.readAllBytes(file));
  }

  /**
   * Makes a script of bytes in UTF-8, with a byte-order mark or without.
   *
   * @param name what errors call it
   * @throws IOException if they are in another encoding; the message says where
   */
  public static Script decode(String name, byte[] bytes) throws IOException {
    ByteBuffer from = ByteBuffer.wrap(bytes);
    CharBuffer to = CharBuffer.allocate(bytes.length);
    if (UTF_8.newDecoder().decode(from, to, true).isError()) {
      throw new IOException(otherEncoding(name, bytes, from.position()));
    }
    String text = to.flip().toString();
    return new Script(name, text.startsWith(BYTE_ORDER_MARK) ? text.substring(1) : text);
  }

  private static String otherEncoding(String name, byte[] bytes, int at) {
    int line = 1;
    for (int i = 0; i < at; i++) {
      line += bytes[i] == '\n' ? 1 : 0;
    }
    int first = Byte.toUnsignedInt(bytes[0]);
    String likely = first >= 0xFE ? "UTF-16" : "ISO-8859-1"; // 0xFE and 0xFF begin no other text
    return "expected text in UTF-8, got the byte 0x%s in line %s of '%s'. Convert it: iconv -f %s -t UTF-8"
        .formatted(
            Integer.toHexString(Byte.toUnsignedInt(bytes[at])).toUpperCase(Locale.ROOT),
            String.valueOf(line),
            name,
            likely);
  }

  /**
   * Runs the script, if all of it can be compiled.
   *
   * @param arguments what it sees as {@code args}
   * @param errors takes the lines of an error, with light ANSI color
   * @return the exit status: 0 if it ran to its end
   */
  public int run(List<String> arguments, Consumer<String> errors) {
    Cell cell = new Cell(1, name, source());
    CompletableFuture<JavaEngine> starting =
        CompletableFuture.supplyAsync(() -> start(arguments)); // while this thread rehearses
    boolean refused = end(rehearse(cell), errors) != 0;
    try (JavaEngine engine = starting.join()) {
      return refused ? FAILED : end(engine.run(cell), errors);
    }
  }

  /** The lines of the error that keeps the script from being begun; none if it compiles. */
  public List<String> refusal() {
    List<String> lines = new ArrayList<>();
    int unused = end(rehearse(new Cell(1, name, source())), lines::add);
    return lines;
  }

  private static JavaEngine start(List<String> arguments) {
    JavaEngine engine = JavaEngine.start(MagicNames.NONE);
    startup().forEach(text -> StartupTexts.evaluate(engine, text));
    engine.declare("String[]", ARGUMENTS, arguments.toArray(String[]::new));
    return engine;
  }

  /** What would be refused, found without running anything. */
  private static CellOutcome rehearse(Cell cell) {
    try (JavaEngine engine = JavaEngine.rehearsing(MagicNames.NONE)) {
      for (String text : startup()) {
        var unused = engine.run(new Cell(0, text)); // the other engine says what fails
      }
      engine.declare("String[]", ARGUMENTS, new String[0]);
      return engine.run(cell);
    }
  }

  private static List<String> startup() {
    List<String> texts = new ArrayList<>(List.of(StartupTexts.IMPORTS));
    texts.addAll(StartupTexts.ofClassPath());
    return texts;
  }

  private static int end(CellOutcome outcome, Consumer<String> errors) {
    if (outcome instanceof CellOutcome.Failed failed) {
      failed.failure().lines().forEach(errors);
      return FAILED;
    }
    return outcome instanceof CellOutcome.Exit exit ? exit.status() : 0;
  }

  /** What is Java of the text: every line keeps its number. */
  private String source() {
    StringBuilder source = new StringBuilder();
    for (String line : text.lines().toList()) {
      if (line.strip().equals("/exit")) {
        break;
      }
      boolean forTheShell = source.isEmpty() && line.startsWith("#!");
      source.append(forTheShell ? "" : line).append('\n');
    }
    return source.toString();
  }
}
