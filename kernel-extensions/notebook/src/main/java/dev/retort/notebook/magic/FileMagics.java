package dev.retort.notebook.magic;

import static dev.retort.Retort.dataset;
import static dev.retort.Retort.policy;
import static dev.retort.Retort.predictor;
import static dev.retort.Retort.qPrior;

import dev.retort.RetortException;
import dev.retort.UnknownNameException;
import dev.retort.data.DataFormat;
import dev.retort.data.Dataset;
import dev.retort.distill.Predictor;
import dev.retort.notebook.Notebook;
import dev.retort.option.Option;
import dev.retort.option.Schema;
import dev.retort.policy.Policy;
import dev.retort.policy.PolicyFile;
import dev.retort.policy.PolicyFormat;
import dev.retort.prior.QPrior;
import dev.retort.store.Shelf;
import dev.retort.store.TensorFile;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** {@code %open} and {@code %dataset}. */
final class FileMagics {
  private static final Schema OPEN = new Schema("open");
  private static final Option<String> PATH = OPEN.option("path", Words.SAVED, "").says("which");
  private static final Schema DATASET = new Schema("dataset");
  private static final Option<String> SOURCE =
      DATASET
          .option("source", Words.DATASET, "")
          .says("which dataset; a file's checksums are verified");

  private FileMagics() {}

  static List<RetortMagic> all() {
    return List.of(
        new Spoken(
            Manual.line(
                    "dataset",
                    "Dataset",
                    "shows a dataset: episodes, returns, actions",
                    List.of("%dataset 2", "%dataset data"),
                    List.of("source"),
                    DATASET)
                .needing("source"),
            FileMagics::shown),
        new Spoken(
            Manual.line(
                    "open",
                    "Policy, Dataset, Predictor or QPrior",
                    "opens a policy, a dataset, a predictor or a prior, by its file or its name",
                    List.of(
                        "%open teacher.safetensors",
                        "Policy teacher = %open zoo/CartPole-ppo",
                        "Dataset data = %open data.parquet",
                        "QPrior prior = %open prior.safetensors"),
                    List.of("path"),
                    OPEN)
                .needing("path"),
            (said, notebook) -> opened(said.need(OPEN, PATH))));
  }

  private static Phrase<?> shown(Said said, Notebook notebook) {
    Thing<Dataset> data = Thing.datasetOf("%dataset", said.need(DATASET, SOURCE), notebook);
    return Phrase.of(data.java(), Dataset.class, open -> data.value());
  }

  private static Phrase<?> opened(String word) {
    if (Shelf.isName(word)) {
      return named(word);
    }
    Path path = Path.of(word);
    if (PolicyFormat.of("%open", path).isPresent()) {
      return policyOf(word, path);
    }
    if (DataFormat.isForeign(path)) {
      return dataOf(word, path);
    }
    String kind = TensorFile.read(path).metadata().getOrDefault("kind", "nothing");
    return switch (kind) {
      case "policy", "ensemble" -> policyOf(word, path);
      case "dataset" -> dataOf(word, path);
      case "predictor" ->
          Phrase.of(
              "predictor(" + Thing.path(word) + ")", Predictor.class, open -> predictor(path));
      case "prior" ->
          Phrase.of("qPrior(" + Thing.path(word) + ")", QPrior.class, open -> qPrior(path));
      default ->
          throw new RetortException(
              "%%open: expected a policy, a dataset, a predictor or a prior in '%s', got '%s'. Results of runs are opened by their number."
                  .formatted(word, kind));
    };
  }

  /** What is opened by its name: a policy or a dataset. */
  private static Phrase<?> named(String word) {
    List<String> policies = PolicyFile.names();
    List<String> all = new ArrayList<>(policies);
    all.addAll(Dataset.names());
    if (!all.contains(word)) {
      throw new UnknownNameException("policy or dataset", word, all);
    }
    String quoted = "(" + Fluent.quoted(word) + ")";
    return policies.contains(word)
        ? Phrase.of("policy" + quoted, Policy.class, open -> policy(word))
        : Phrase.of("dataset" + quoted, Dataset.class, open -> dataset(word));
  }

  private static Phrase<?> dataOf(String word, Path path) {
    return Phrase.of("dataset(" + Thing.path(word) + ")", Dataset.class, open -> dataset(path));
  }

  private static Phrase<?> policyOf(String word, Path path) {
    return Phrase.of("policy(" + Thing.path(word) + ")", Policy.class, open -> policy(path));
  }
}
