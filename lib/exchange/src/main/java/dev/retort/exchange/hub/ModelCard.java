package dev.retort.exchange.hub;

import dev.retort.nn.Output;
import dev.retort.policy.Policy;
import dev.retort.store.Tensors;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Locale;
import java.util.Map;

/**
 * What the hub shows of a model: a head in YAML by which it is found, and a text.
 *
 * <p>Hugging Face, "Model cards", https://huggingface.co/docs/hub/model-cards.
 */
final class ModelCard {
  private static final int MOST_ARRAYS = 40;

  private ModelCard() {}

  static String of(Policy policy, Path folder, Tensors model) {
    StringBuilder arrays = new StringBuilder();
    for (Map.Entry<String, Tensors.Tensor> each :
        model.all().entrySet().stream().limit(MOST_ARRAYS).toList()) {
      arrays.append(
          "| `%s` | %s |\n".formatted(each.getKey(), Arrays.toString(each.getValue().shape())));
    }
    int left = model.all().size() - MOST_ARRAYS;
    if (left > 0) {
      arrays.append(String.format(Locale.ROOT, "\n%d more are named alike.\n", left));
    }
    String origin = policy.origin().toString();
    return """
    ---
    library_name: retort
    pipeline_tag: reinforcement-learning
    tags:
    - reinforcement-learning
    - policy-distillation
    - retort
    ---

    # %s

    %s

    | | |
    |---|---|
    | sees | %s |
    | does | %s |
    | says | %s, %s |
    | came about | %s |

    ## Use

    In Retort, with `dev.retort:retort-exchange` on the class path:

    ```java
    Policy policy = policy(Path.of("%s"));
    ```

    Elsewhere `model.safetensors` holds the layers as PyTorch has them, linear weights `(out, in)`:

    ```python
    from safetensors.numpy import load_file
    arrays = load_file("model.safetensors")
    ```

    `config.json` says spaces, distribution and architecture.

    | Array | Shape |
    |---|---|
    %s\
    """
        .formatted(
            line(policy.name()),
            line(policy.toString()),
            policy.observations().summary(),
            policy.actions().summary(),
            policy.distribution().kind(),
            String.join(", ", Output.names(policy.distribution().outputs())),
            origin.isEmpty() ? "nobody said how" : line(origin),
            line(folder.toString()),
            arrays);
  }

  /** A text of one line, which is no mark of the page. */
  private static String line(String text) {
    return text.replaceAll("\\s+", " ").replace("|", "\\|").replace("<", "&lt;");
  }
}
