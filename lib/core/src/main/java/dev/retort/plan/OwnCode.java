package dev.retort.plan;

import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import dev.retort.RetortException;
import dev.retort.UnknownNameException;
import dev.retort.code.Imprint;
import dev.retort.distill.Loss;
import dev.retort.env.Identity;
import dev.retort.loss.Distances;
import dev.retort.loss.OwnDistance;
import dev.retort.nn.Architecture;
import dev.retort.nn.Architectures;
import dev.retort.option.Option;
import dev.retort.option.Settings;
import dev.retort.teach.Algorithm;
import dev.retort.teach.Algorithms;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/**
 * What a plan computes by that is code of the user's own: its algorithm, and the losses and the
 * networks that its settings name. Environments have more than code: {@link EnvText}.
 *
 * <p>{@code spec.json} holds an imprint of the code of each, beside the name to find it by. So a
 * plan that is resumed, or asked for once more, is told from one whose code has changed since.
 */
final class OwnCode {
  /** What code is there for. */
  private enum Kind {
    ALGORITHM,
    LOSS,
    NETWORK;

    /** Where a spec has the imprints; that of the one algorithm stands there without a name. */
    String key() {
      return switch (this) {
        case ALGORITHM -> "code";
        case LOSS -> "losses";
        case NETWORK -> "networks";
      };
    }

    /** What is known by a name now; empty where that is one of the library's. */
    Optional<Imprint> known(String name) {
      return switch (this) {
        case ALGORITHM ->
            Optional.of(Algorithm.of(name))
                .filter(algorithm -> !Algorithms.isSupplied(algorithm))
                .map(Algorithms::imprint);
        case LOSS ->
            Optional.of(Distances.type().read("resume", "minimizing", name))
                .filter(OwnDistance.class::isInstance)
                .map(own -> ((OwnDistance) own).imprint());
        case NETWORK ->
            Optional.of(Architecture.type().read("resume", "network", name))
                .filter(network -> !Architectures.isSupplied(network))
                .map(Architectures::imprint);
      };
    }

    /** How one becomes known. */
    String registering(String name) {
      return this == LOSS ? "register(\"%s\", ..)".formatted(name) : "register(..) of it";
    }

    @Override
    public String toString() {
      return name().toLowerCase(Locale.ROOT);
    }
  }

  /** One piece of code under its name. */
  private record Piece(Kind kind, String name, Imprint imprint) {
    @Override
    public String toString() {
      return "%s '%s'".formatted(kind, name);
    }
  }

  private static final String ALGORITHM = "algorithm";

  private final List<Piece> pieces;

  private OwnCode(List<Piece> pieces) {
    this.pieces = pieces.stream().sorted(Comparator.comparing(Piece::kind)).toList();
  }

  /** Where all is the library's. */
  static OwnCode none() {
    return new OwnCode(List.of());
  }

  /** What settings name. */
  static OwnCode of(Settings settings) {
    return new OwnCode(named(settings));
  }

  /** An algorithm, and what its settings name. */
  static OwnCode of(Algorithm algorithm) {
    List<Piece> pieces = named(algorithm.settings());
    if (!Algorithms.isSupplied(algorithm)) {
      pieces.add(new Piece(Kind.ALGORITHM, algorithm.name(), Algorithms.imprint(algorithm)));
    }
    return new OwnCode(pieces);
  }

  private static List<Piece> named(Settings settings) {
    List<Piece> pieces = new ArrayList<>();
    for (Option<?> option : settings.schema().options()) {
      Object value = settings.get(option);
      if (value instanceof Loss loss) {
        loss.own().forEach(own -> pieces.add(new Piece(Kind.LOSS, own.name(), own.imprint())));
      }
      if (value instanceof Architecture network && !Architectures.isSupplied(network)) {
        String text = Architecture.type().writer().apply(network);
        pieces.add(new Piece(Kind.NETWORK, text, Architectures.imprint(network)));
      }
    }
    return pieces;
  }

  /** Writes the imprints into a spec. */
  void write(JsonObject spec) {
    for (Piece piece : pieces) {
      if (piece.kind == Kind.ALGORITHM) {
        spec.add(piece.kind.key(), piece.imprint.json());
        continue;
      }
      if (!spec.has(piece.kind.key())) {
        spec.add(piece.kind.key(), new JsonObject());
      }
      spec.getAsJsonObject(piece.kind.key()).add(piece.name, piece.imprint.json());
    }
  }

  /** Names such as {@code network 'highway:64:2'}. */
  List<String> names() {
    return pieces.stream().map(Piece::toString).distinct().toList();
  }

  /** Why it cannot be told from other code; empty where it can. */
  Optional<String> unknown() {
    return pieces.stream()
        .flatMap(
            piece ->
                piece.imprint.unknown().stream()
                    .map(why -> "%s cannot be told from others: its code %s".formatted(piece, why)))
        .findFirst();
  }

  /** Refuses a run whose code is not known here, or does not do what it did then. */
  static void require(int run, JsonObject spec) {
    for (Kind kind : Kind.values()) {
      stored(kind, spec)
          .forEach(
              (name, imprint) ->
                  difference(run, kind, name, imprint)
                      .ifPresent(
                          difference -> {
                            throw new OtherOfItsName(
                                "resume: expected %s '%s' as it was, but %s."
                                    .formatted(kind, name, difference));
                          }));
    }
  }

  /** What has changed since a spec was written, such as {@code network 'own:64', but ..}. */
  static List<String> differences(int run, JsonObject spec) {
    List<String> differences = new ArrayList<>();
    for (Kind kind : Kind.values()) {
      stored(kind, spec)
          .forEach(
              (name, imprint) ->
                  difference(run, kind, name, imprint)
                      .map(difference -> "%s '%s', but %s".formatted(kind, name, difference))
                      .ifPresent(differences::add));
    }
    return differences;
  }

  private static Map<String, JsonElement> stored(Kind kind, JsonObject spec) {
    if (!spec.has(kind.key())) {
      return Map.of();
    }
    return kind == Kind.ALGORITHM
        ? Map.of(spec.get(ALGORITHM).getAsString(), spec.get(kind.key()))
        : spec.getAsJsonObject(kind.key()).asMap();
  }

  private static Optional<String> difference(int run, Kind kind, String name, JsonElement stored) {
    Optional<Imprint> now;
    try {
      now = kind.known(name);
    } catch (UnknownNameException e) {
      throw new RetortException(
          "resume run %s: expected %s '%s', one of your own, got none of that name. Say %s and resume again."
              .formatted(run, kind, name, kind.registering(name)),
          e);
    } catch (RetortException e) {
      return Optional.of("what is known by this name now cannot be written so");
    }
    if (now.isEmpty()) {
      return Optional.of("the library has one of this name now");
    }
    Optional<String> unknown = now.get().unknown().map("its code "::concat);
    return unknown.isPresent()
        ? unknown
        : Identity.difference(stored.getAsJsonObject(), now.get().json());
  }
}
