package dev.retort.notebook.magic;

import static dev.retort.Retort.dataset;
import static dev.retort.Retort.policy;
import static dev.retort.Retort.predictor;
import static dev.retort.Retort.qPrior;

import dev.retort.RetortException;
import dev.retort.data.Dataset;
import dev.retort.distill.Predictor;
import dev.retort.notebook.Notebook;
import dev.retort.option.Option;
import dev.retort.option.Schema;
import dev.retort.option.Type;
import dev.retort.policy.Policy;
import dev.retort.policy.PolicyFormat;
import dev.retort.prior.QPrior;
import dev.retort.store.TensorFile;
import java.nio.file.Path;
import java.util.List;

/** {@code %open} and {@code %dataset}. */
final class FileMagics {
  private static final Schema OPEN = new Schema("open");
  private static final Option<String> PATH =
      OPEN.option("path", Type.text("a file that save(..) wrote"), "").says("which file");
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
                    "opens a file with a policy, a dataset, a predictor or a prior",
                    List.of(
                        "%open teacher.safetensors",
                        "Policy teacher = %open teacher.safetensors",
                        "Dataset data = %open data.safetensors",
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
    Path path = Path.of(word);
    if (PolicyFormat.of("%open", path).isPresent()) {
      return policyOf(word, path);
    }
    String kind = TensorFile.read(path).metadata().getOrDefault("kind", "nothing");
    return switch (kind) {
      case "policy", "ensemble" -> policyOf(word, path);
      case "dataset" ->
          Phrase.of("dataset(" + Thing.path(word) + ")", Dataset.class, open -> dataset(path));
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

  private static Phrase<?> policyOf(String word, Path path) {
    return Phrase.of("policy(" + Thing.path(word) + ")", Policy.class, open -> policy(path));
  }
}
