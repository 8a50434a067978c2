package dev.retort.nn;

import ai.djl.pytorch.engine.PtNDManager;
import ai.djl.pytorch.engine.PtSymbolBlock;
import ai.djl.pytorch.jni.IValue;
import ai.djl.pytorch.jni.JniUtils;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;

/**
 * A function in the engine's own language (TorchScript), which does in one call what would be a
 * call an operation otherwise.
 *
 * <p>The engine reads such functions from an archive: the text, a pickled module without any
 * numbers in it, an empty table of constants, and a version. We write that archive ourselves.
 */
final class TorchScript {
  /** Pickle: an object of the class, whose only attribute is {@code training = False}. */
  private static final String MODULE =
      "\u0080\u0002c__torch__\n%s\n)\u0081}X\u0008\u0000\u0000\u0000training\u0089sb.";

  /** Pickle: an empty tuple. */
  private static final String NO_CONSTANTS = "\u0080\u0002).";

  /** Of the operators' signatures: the oldest that knows all of which described networks are. */
  private static final String VERSION = "10\n";

  private final PtSymbolBlock block;

  private TorchScript(PtSymbolBlock block) {
    this.block = block;
  }

  /** Loads one class of a text that lies beside this class. */
  static TorchScript load(PtNDManager manager, String resource, String name) {
    try (InputStream text = TorchScript.class.getResourceAsStream(resource)) {
      return of(manager, text.readAllBytes(), name);
    } catch (IOException e) {
      throw new UncheckedIOException("reading " + resource, e);
    }
  }

  /** Loads one class of a text. */
  static TorchScript of(PtNDManager manager, byte[] text, String name) {
    try {
      byte[] archive = archive(text, name);
      return new TorchScript(
          JniUtils.loadModule(manager, new ByteArrayInputStream(archive), false, false));
    } catch (IOException e) {
      throw new UncheckedIOException("reading text of " + name, e);
    }
  }

  private static byte[] archive(byte[] text, String name) throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (ZipOutputStream zip = new ZipOutputStream(bytes)) {
      put(zip, "data.pkl", MODULE.formatted(name).getBytes(StandardCharsets.ISO_8859_1));
      put(zip, "code/__torch__.py", text);
      put(zip, "constants.pkl", NO_CONSTANTS.getBytes(StandardCharsets.ISO_8859_1));
      put(zip, "version", VERSION.getBytes(StandardCharsets.US_ASCII));
    }
    return bytes.toByteArray();
  }

  private static void put(ZipOutputStream zip, String name, byte[] content) throws IOException {
    zip.putNextEntry(new ZipEntry("script/" + name));
    zip.write(content);
    zip.closeEntry();
  }

  /** The function as the engine holds it. */
  PtSymbolBlock block() {
    return block;
  }

  /** Runs a function that writes its results into tensors that it is given. */
  void run(IValue... arguments) {
    call(arguments).close();
  }

  /**
   * Runs the function and gives what it returns, which is to be closed. As it stands in the text,
   * without the engine's rewriting after the first calls: the last bits must not depend on how
   * often it ran. That switch belongs to the thread.
   */
  IValue call(IValue... arguments) {
    JniUtils.setGraphExecutorOptimize(false);
    return block.forward(arguments);
  }
}
