package dev.retort.policy;

import com.google.gson.JsonParseException;
import com.google.gson.JsonParser;
import dev.retort.RetortException;
import dev.retort.UnknownNameException;
import dev.retort.code.Imprint;
import dev.retort.env.Identity;
import dev.retort.nn.Architecture;
import dev.retort.nn.Architectures;
import dev.retort.store.Tensors;
import java.util.Optional;

/**
 * Architectures in the files of networks: the text to find them by, and an imprint of the code of
 * one of the user's own, since its numbers mean something in that network alone. Code that cannot
 * be told from other code has none.
 */
public final class ArchitectureText {
  private static final String NETWORK = "network";
  private static final String IMPRINT = "imprint";
  private static final int MOST_SHOWN = 50;

  private ArchitectureText() {}

  /** Says in a file of which architecture it is. */
  public static Tensors write(Architecture architecture, Tensors tensors) {
    tensors.describe(NETWORK, Architecture.type().writer().apply(architecture));
    if (!Architectures.isSupplied(architecture)) {
      Imprint imprint = Architectures.imprint(architecture);
      if (imprint.unknown().isEmpty()) {
        tensors.describe(IMPRINT, imprint.json().toString());
      }
    }
    return tensors;
  }

  /**
   * The architecture of which a file is.
   *
   * @param owner who reads, such as {@code open policy 'PPO'}
   * @throws RetortException if it is not known here, or is not the one that it was
   */
  public static Architecture read(String owner, Tensors tensors) {
    String text = tensors.described(NETWORK);
    Architecture architecture;
    try {
      architecture = Architecture.type().read(owner, NETWORK, text);
    } catch (UnknownNameException e) {
      throw new RetortException(
          "%s: expected a network that is known, got '%s'. If it is one of your own, register(..) it, then read the file again."
              .formatted(owner, shown(text)),
          e);
    }
    if (tensors.metadata().containsKey(IMPRINT)) {
      difference(owner, architecture, tensors)
          .ifPresent(
              difference -> {
                throw new RetortException(
                    "%s: expected network '%s' as it was when the file was written, but %s. Declare it as it was, register(..) it, then read the file again."
                        .formatted(owner, shown(text), difference));
              });
    }
    return architecture;
  }

  /** What tells an architecture from the one that a file was written of. */
  private static Optional<String> difference(
      String owner, Architecture architecture, Tensors tensors) {
    if (Architectures.isSupplied(architecture)) {
      return Optional.of("the library has one of this name now");
    }
    Imprint now = Architectures.imprint(architecture);
    try {
      return now.unknown()
          .map("its code "::concat)
          .or(
              () ->
                  Identity.difference(
                      JsonParser.parseString(tensors.described(IMPRINT)).getAsJsonObject(),
                      now.json()));
    } catch (JsonParseException | IllegalStateException | UnsupportedOperationException e) {
      throw new RetortException(
          "%s: expected the imprint of its network as JSON, got '%s'. Take another copy of the file."
              .formatted(owner, tensors.shown(IMPRINT)),
          e);
    }
  }

  private static String shown(String text) {
    return text.length() > MOST_SHOWN ? text.substring(0, MOST_SHOWN) + "…" : text;
  }
}
