package dev.retort.paper.zoo;

import dev.retort.RetortException;
import dev.retort.data.Dataset;
import dev.retort.figure.Numbers;
import dev.retort.paper.Finding;
import dev.retort.paper.Scale;
import dev.retort.policy.Policy;
import dev.retort.store.AtomicFile;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * What stands beside a policy or a dataset: its score, where it comes from, its license, how it is
 * made again, and the checksums of its files, under a head in YAML by which the hub finds it.
 *
 * <p>Hugging Face, "Model cards" and "Dataset cards", https://huggingface.co/docs/hub.
 */
final class ZooCard {
  private static final String FILE = "README.md";
  private static final String HEAD_ENDS = "---\n";

  private ZooCard() {}

  /** Writes a policy for the hub, and what is known of it into the card that it has there. */
  static void save(World world, Finding score, Policy policy, Scale scale, Path folder) {
    Path place = folder.resolve(score.name() + ".hub");
    policy.save(place);
    String card = read(place.resolve(FILE)).replaceFirst("(?m)^# .*$", "# zoo/" + score.name());
    int head = card.indexOf(HEAD_ENDS, HEAD_ENDS.length());
    String results =
        """
        license: apache-2.0
        model-index:
        - name: %s
          results:
          - task:
              type: reinforcement-learning
            dataset:
              name: %s
              type: %s
            metrics:
            - type: mean_reward
              value: %s
        """
            .formatted(score.name(), world.name(), world.name(), Numbers.of(score.ours().value()));
    String text =
        """

        ## Score

        In `%s`, greedy actions: %s %s [95 %%].
        It is one training, and the interval is over what was played: it does not say what training once more would give.

        ## Origin

        Trained by %s, seed %s, %s environment steps.%s
        %s
        """
            .formatted(
                world.java(),
                score.quantity(),
                score.ours(),
                score.how().get("algorithm"),
                score.how().get("seed"),
                score.how().get("environment steps"),
                score.name().equals(world.medium())
                    ? " It is the training of zoo/%s, ended at its first evaluation with a mean return of %s or more."
                        .formatted(world.expert(), Zoo.FIXED.words(world.name() + " medium at"))
                    : "",
                made(scale));
    write(place, card.substring(0, head) + results + card.substring(head) + text);
  }

  /** Writes a dataset as Minari has it, and its card. */
  static void save(
      World world, Finding returns, Dataset data, Quality quality, Scale scale, Path folder) {
    Path place = folder.resolve(data.name() + "-v0");
    data.save(place);
    String text =
        """
        ---
        license: apache-2.0
        task_categories:
        - reinforcement-learning
        tags:
        - offline-rl
        - minari
        - retort
        ---

        # zoo/%s

        %s steps in %s episodes, of which the end of the collection cut off %s.

        | | |
        |---|---|
        | environment | `%s` |
        | seen | %s |
        | done | %s |
        | who acts | %s |
        | labels | at every step what zoo/%s says: %s |
        | %s | %s [95 %%] |

        ## Use

        ```java
        Dataset data = dataset("zoo/%s");
        ```

        ```python
        os.environ["MINARI_DATASETS_PATH"] = "datasets"
        data = minari.load_dataset("zoo/%s-v0")
        ```

        ## Origin

        Simulated. %s
        """
            .formatted(
                data.name(),
                Numbers.count(data.size()),
                Numbers.count(data.episodes()),
                data.cut(),
                world.java(),
                data.observations().summary(),
                data.actions().summary(),
                quality.who(world.expert()),
                world.expert(),
                data.columns().stream()
                    .filter(column -> column.startsWith(Dataset.TEACHER + "."))
                    .map(column -> "`infos/%s`".formatted(column))
                    .collect(Collectors.joining(", ")),
                returns.quantity(),
                returns.ours(),
                data.name(),
                data.name(),
                made(scale));
    write(place, text);
  }

  private static String made(Scale scale) {
    return "Made by `./retort reproduce zoo --preset %s --out datasets/zoo`; license: Apache-2.0."
        .formatted(scale);
  }

  /** A card with the checksums of all files that it speaks of. */
  private static void write(Path place, String text) {
    StringBuilder card = new StringBuilder(text);
    card.append("\n## Files\n\n| File | Bytes | SHA-256 |\n|---|---|---|\n");
    for (Path file : files(place)) {
      byte[] bytes = bytes(file);
      card.append(
          String.format(
              Locale.ROOT,
              "| `%s` | %,d | `%s` |\n",
              place.relativize(file).toString().replace('\\', '/'),
              bytes.length,
              sha256(bytes)));
    }
    AtomicFile.writeText(place.resolve(FILE), card.toString());
  }

  private static List<Path> files(Path place) {
    try (Stream<Path> all = Files.walk(place)) {
      return all.filter(Files::isRegularFile)
          .filter(file -> !file.equals(place.resolve(FILE)))
          .sorted()
          .toList();
    } catch (IOException e) {
      throw unreadable(place, e);
    }
  }

  private static byte[] bytes(Path file) {
    try {
      return Files.readAllBytes(file);
    } catch (IOException e) {
      throw unreadable(file, e);
    }
  }

  private static String read(Path file) {
    return new String(bytes(file), StandardCharsets.UTF_8);
  }

  private static RetortException unreadable(Path file, IOException e) {
    return new RetortException(
        "zoo: expected to read '%s', which was just written, got %s. Save the findings again."
            .formatted(file, e.getMessage()),
        e);
  }

  private static String sha256(byte[] bytes) {
    try {
      return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(bytes));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java has SHA-256", e);
    }
  }
}
