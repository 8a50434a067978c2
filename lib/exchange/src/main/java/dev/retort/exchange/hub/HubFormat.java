package dev.retort.exchange.hub;

import com.google.gson.GsonBuilder;
import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonParseException;
import com.google.gson.JsonParser;
import dev.retort.RetortException;
import dev.retort.exchange.safetensors.PlainTensors;
import dev.retort.exchange.safetensors.Turned;
import dev.retort.nn.Parameter;
import dev.retort.policy.Ensemble;
import dev.retort.policy.NetworkPolicy;
import dev.retort.policy.Policy;
import dev.retort.policy.PolicyFile;
import dev.retort.policy.PolicyFormat;
import dev.retort.store.AtomicFile;
import dev.retort.store.TensorFile;
import dev.retort.store.Tensors;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** Networks and ensembles of them as folders for the Hugging Face hub. */
public final class HubFormat implements PolicyFormat {
  private static final String MODEL = "model.safetensors";
  private static final String CONFIG = "config.json";
  private static final String CARD = "README.md";
  private static final String PARAMETERS = "parameters";
  private static final String NORMALIZATION = "normalization";
  private static final int MOST_CONFIG = 1 << 24;

  @Override
  public String ending() {
    return ".hub";
  }

  /** Writes the folder; its config comes last, without which nobody opens it. */
  @Override
  public void save(Policy policy, Path folder) {
    List<NetworkPolicy> members = members(policy);
    Tensors ours = PolicyFile.tensors(policy);
    try {
      Files.deleteIfExists(folder.resolve(CONFIG));
      Files.createDirectories(folder);
    } catch (IOException e) {
      throw new RetortException(
          "save policy '%s': expected a folder that can be written, got %s."
              .formatted(folder, e.getMessage()),
          e);
    }
    Tensors model = new Tensors().describe("format", "pt");
    JsonArray names = new JsonArray();
    for (int i = 0; i < members.size(); i++) {
      NetworkPolicy member = members.get(i);
      String prefix = members.size() == 1 ? "" : "member" + i + ".";
      for (Parameter each : member.blueprint().named(member.parameters())) {
        put(model, prefix, each);
        if (i == 0) {
          names.add(each.name());
        }
      }
    }
    ours.all().entrySet().stream()
        .filter(each -> each.getKey().startsWith(NORMALIZATION))
        .forEach(each -> put(model, each.getKey(), each.getValue()));
    PlainTensors.write(folder.resolve(MODEL), model);
    AtomicFile.writeText(folder.resolve(CARD), ModelCard.of(policy, folder.getFileName(), model));
    AtomicFile.writeText(folder.resolve(CONFIG), config(ours, names, members.size()));
  }

  private static List<NetworkPolicy> members(Policy policy) {
    if (policy instanceof Ensemble ensemble) {
      return ensemble.members();
    }
    if (policy instanceof NetworkPolicy network) {
      return List.of(network);
    }
    throw new RetortException(
        "save policy '%s' for the hub: expected a network, or an ensemble of networks of one kind, got %s. Distill it first."
            .formatted(policy.name(), policy.getClass().getSimpleName()));
  }

  private static void put(Tensors model, String prefix, Parameter own) {
    int[] shape = own.shape().stream().mapToInt(size -> size).toArray();
    if (own.isMatrix()) {
      model.put(
          prefix + own.name(), Turned.of(own.values(), shape[0], shape[1]), shape[1], shape[0]);
    } else {
      boolean isRow = shape.length == 2 && shape[0] == 1;
      model.put(prefix + own.name(), own.values(), isRow ? new int[] {shape[1]} : shape);
    }
  }

  private static void put(Tensors model, String name, Tensors.Tensor tensor) {
    if (tensor.array() instanceof double[] doubles) {
      model.put(name, doubles, tensor.shape());
    } else {
      model.put(name, (long[]) tensor.array(), tensor.shape());
    }
  }

  private static String config(Tensors ours, JsonArray names, int members) {
    JsonObject config = new JsonObject();
    config.addProperty("model_type", "policy");
    config.addProperty("library_name", "retort");
    config.addProperty("members", members);
    config.add(PARAMETERS, names);
    JsonObject said = new JsonObject();
    ours.metadata().forEach(said::addProperty);
    config.add("retort", said);
    return new GsonBuilder().disableHtmlEscaping().setPrettyPrinting().create().toJson(config)
        + "\n";
  }

  @Override
  public Policy open(Path folder) {
    Path file = folder.resolve(CONFIG);
    try {
      if (Files.size(file) > MOST_CONFIG) {
        throw refused(folder, "a config.json of at most 16 MB", "a larger one", null);
      }
      JsonObject config = JsonParser.parseString(Files.readString(file)).getAsJsonObject();
      return open(config, TensorFile.readForeign(folder.resolve(MODEL)));
    } catch (IOException e) {
      throw refused(folder, "a folder with a config.json", e.getClass().getSimpleName(), e);
    } catch (JsonParseException
        | IllegalStateException
        | UnsupportedOperationException
        | NullPointerException
        | NumberFormatException
        | ClassCastException e) {
      throw refused(folder, "a config.json as save(..) writes it", "another one", e);
    } catch (RetortException e) {
      throw new RetortException("open policy '%s': %s".formatted(folder, e.getMessage()), e);
    }
  }

  private static RetortException refused(
      Path folder, String expected, String got, Throwable cause) {
    return new RetortException(
        "open policy '%s': expected %s, got %s. Take another copy of the folder."
            .formatted(folder, expected, got),
        cause);
  }

  private static Policy open(JsonObject config, Tensors model) {
    Tensors ours = new Tensors();
    for (Map.Entry<String, JsonElement> said : config.getAsJsonObject("retort").entrySet()) {
      ours.describe(said.getKey(), said.getValue().getAsString());
    }
    int members = config.get("members").getAsInt();
    List<float[]> all = new ArrayList<>();
    for (int i = 0; i < members; i++) {
      for (JsonElement name : config.getAsJsonArray(PARAMETERS)) {
        String prefix = members == 1 ? "" : "member" + i + ".";
        all.add(numbers(model, prefix + name.getAsString(), name.getAsString()));
      }
    }
    int size = all.stream().mapToInt(each -> each.length).reduce(0, Math::addExact);
    float[] flat = new float[size];
    int at = 0;
    for (float[] each : all) {
      System.arraycopy(each, 0, flat, at, each.length);
      at += each.length;
    }
    ours.put(PARAMETERS, flat, members, members == 0 ? 0 : size / members);
    model.all().entrySet().stream()
        .filter(each -> each.getKey().startsWith(NORMALIZATION))
        .forEach(each -> put(ours, each.getKey(), each.getValue()));
    return PolicyFile.of(ours);
  }

  private static float[] numbers(Tensors model, String array, String name) {
    float[] values = model.floats(array);
    int[] shape = model.shape(array);
    boolean isMatrix = shape.length == 2 && name.endsWith(".weight");
    return isMatrix ? Turned.of(values, shape[0], shape[1]) : values;
  }
}
