package dev.retort.policy;

import com.google.gson.JsonArray;
import com.google.gson.JsonParseException;
import com.google.gson.JsonParser;
import dev.retort.RetortException;
import dev.retort.env.normalize.Normalization;
import dev.retort.option.Given;
import dev.retort.option.Traits;
import dev.retort.option.Type;
import dev.retort.space.Discrete;
import dev.retort.space.Perception;
import dev.retort.space.Space;
import dev.retort.space.SpaceText;
import dev.retort.store.DamagedFileException;
import dev.retort.store.Shelf;
import dev.retort.store.TensorFile;
import dev.retort.store.Tensors;
import dev.retort.table.QTable;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.stream.IntStream;

/** Policies as arrays, and so as safetensors files. */
public final class PolicyFile {
  private static final String ORIGINS = "origins";
  private static final Type<Double> DISCOUNT = Type.real(0, 1);

  /** Where the environments stand in which all are at home, or with a number those of one. */
  private static final String HOME = "trainedOn";

  /** Where the numbers of observations stand that networks see, unless they see all. */
  private static final String SEES = "sees";

  /** Where the names of members stand that are not called as the whole is. */
  private static final String MEMBER_NAMES = "names";

  /** Where it stands how many policies of policies there are. */
  private static final String COMPOSITES = "composites";

  private PolicyFile() {}

  /** A network, an ensemble of networks, a table or what is made of them as arrays. */
  public static Tensors tensors(Policy policy) {
    if (policy instanceof Composite composite) {
      return CompositeFile.tensors(composite);
    }
    Tensors tensors =
        policy instanceof Ensemble ensemble
            ? tensors("ensemble", policy.name(), ensemble.members())
            : tensors("policy", policy.name(), List.of(policy));
    return withOrigins(tensors, List.of(policy));
  }

  /** Independent policies of one kind as arrays; {@link #population} reads them. */
  public static Tensors tensors(List<? extends Policy> policies) {
    String name = policies.get(0).name();
    if (policies.get(0) instanceof Composite) {
      Tensors tensors =
          new Tensors()
              .describe("kind", "population")
              .describe("name", name)
              .describe(COMPOSITES, String.valueOf(policies.size()));
      for (int i = 0; i < policies.size(); i++) {
        tensors.putAll("member" + i, tensors(policies.get(i)));
      }
      return tensors;
    }
    if (!(policies.get(0) instanceof Ensemble)) {
      return withOrigins(tensors("population", name, policies), policies);
    }
    List<NetworkPolicy> members =
        policies.stream().flatMap(policy -> ((Ensemble) policy).members().stream()).toList();
    return withOrigins(tensors("population", name, members), policies)
        .describe("ensembles", String.valueOf(policies.size()));
  }

  /** How each came about, where anybody knows. */
  private static Tensors withOrigins(Tensors tensors, List<? extends Policy> policies) {
    if (policies.stream().allMatch(policy -> policy.origin().traits().equals(Traits.none()))) {
      return tensors;
    }
    JsonArray origins = new JsonArray();
    policies.forEach(policy -> origins.add(policy.origin().traits().json()));
    return tensors.describe(ORIGINS, origins.toString());
  }

  /** Where one comes from, of which older files say less or nothing. */
  private static Provenance origin(Tensors tensors, int at) {
    Provenance home = home(tensors, at);
    if (!tensors.metadata().containsKey(ORIGINS)) {
      return home;
    }
    try {
      JsonArray origins = JsonParser.parseString(tensors.described(ORIGINS)).getAsJsonArray();
      return home.with(Traits.of(origins.get(at).getAsJsonObject()));
    } catch (JsonParseException
        | IllegalStateException
        | IndexOutOfBoundsException
        | UnsupportedOperationException e) {
      throw new RetortException(
          "open policy: expected the origin of each policy as JSON, got '%s'. Take another copy of the file."
              .formatted(tensors.shown(ORIGINS)),
          e);
    }
  }

  /** Whether a policy consists of numbers, and so can be written. */
  public static boolean isNumbers(Policy policy) {
    return policy instanceof NetworkPolicy
        || policy instanceof Ensemble
        || policy instanceof TabularPolicy
        || policy instanceof RandomPolicy
        || (policy instanceof Composite composite && CompositeFile.isNumbers(composite));
  }

  private static Tensors tensors(String kind, String name, List<? extends Policy> members) {
    Policy first = members.get(0);
    if (first instanceof RandomPolicy) {
      return new Tensors()
          .describe("kind", kind)
          .describe("name", name)
          .describe("drawn", String.valueOf(members.size()))
          .describe("observations", SpaceText.write(first.observations()).toString())
          .describe("actions", SpaceText.write(first.actions()).toString());
    }
    if (!(first instanceof NetworkPolicy) && !(first instanceof TabularPolicy)) {
      throw new RetortException(
          "save policy '%s': expected a network, an ensemble of networks or a table, got %s, which is code."
              .formatted(name, first.getClass().getSimpleName()));
    }
    Tensors tensors =
        new Tensors()
            .describe("kind", kind)
            .describe("name", name)
            .describe("observations", SpaceText.write(first.observations()).toString())
            .describe("actions", SpaceText.write(first.actions()).toString());
    first.discount().ifPresent(gamma -> tensors.describe("discount", String.valueOf(gamma)));
    if (!members.stream().allMatch(member -> member.name().equals(name))) {
      JsonArray names = new JsonArray();
      members.forEach(member -> names.add(member.name()));
      tensors.describe(MEMBER_NAMES, names.toString());
    }
    for (int i = 0; i < members.size(); i++) {
      String home = members.get(i).origin().written();
      if (!home.equals(i == 0 ? "" : first.origin().written())) {
        tensors.describe(i == 0 ? HOME : HOME + i, home);
      }
    }
    return first instanceof NetworkPolicy
        ? networks(tensors, members.stream().map(NetworkPolicy.class::cast).toList())
        : tables(tensors, members.stream().map(TabularPolicy.class::cast).toList());
  }

  private static Tensors tables(Tensors tensors, List<TabularPolicy> members) {
    tensors.describe("tables", String.valueOf(members.size()));
    for (int i = 0; i < members.size(); i++) {
      tensors.putAll("table" + i, members.get(i).table().save());
    }
    return tensors;
  }

  private static Tensors networks(Tensors tensors, List<NetworkPolicy> members) {
    NetworkPolicy first = members.get(0);
    float[] all = new float[members.size() * first.size()];
    for (int i = 0; i < members.size(); i++) {
      System.arraycopy(members.get(i).parameters(), 0, all, i * first.size(), first.size());
    }
    if (!first.perception().isAll()) {
      tensors.describe(SEES, first.perception().toString());
    }
    NetworkText.write(first, tensors).put("parameters", all, members.size(), first.size());
    for (int i = 0; i < members.size(); i++) {
      String part = "normalization" + i;
      members.get(i).normalization().ifPresent(each -> tensors.putAll(part, each.tensors()));
    }
    return tensors;
  }

  /** Reads the policies that {@link #tensors} wrote, whatever they were. */
  public static List<Policy> population(Tensors tensors) {
    if (tensors.metadata().containsKey(CompositeFile.MADE)) {
      return List.of(CompositeFile.read(tensors));
    }
    if (tensors.metadata().containsKey(COMPOSITES)) {
      return composites(tensors);
    }
    if (tensors.metadata().containsKey("drawn")) {
      return List.copyOf(drawn(tensors));
    }
    if (tensors.metadata().containsKey("ensembles")) {
      return List.copyOf(ensembles(tensors));
    }
    List<? extends Policy> plain =
        tensors.metadata().containsKey("tables") ? tables(tensors) : networks(tensors);
    return IntStream.range(0, plain.size())
        .mapToObj(at -> plain.get(at).made(origin(tensors, at)))
        .toList();
  }

  /** Reads several ensembles of equal size. */
  public static List<Ensemble> ensembles(Tensors tensors) {
    String name = tensors.described("name");
    String owner = "open policy '" + name + "'";
    List<NetworkPolicy> members = networks(tensors);
    int count =
        Type.whole(1, members.size())
            .read(owner, "ensembles", tensors.described("ensembles"))
            .intValue();
    if (members.size() % count != 0) {
      throw new RetortException(
          "%s: expected %s ensembles of equal size, got %s members."
              .formatted(owner, count, members.size()));
    }
    int size = members.size() / count;
    return IntStream.range(0, count)
        .mapToObj(
            at ->
                new Ensemble(name, members.subList(at * size, (at + 1) * size))
                    .made(origin(tensors, at)))
        .toList();
  }

  private static List<Policy> composites(Tensors tensors) {
    int count =
        Type.whole(1, 1_000_000)
            .read("policy", COMPOSITES, tensors.described(COMPOSITES))
            .intValue();
    return IntStream.range(0, count).mapToObj(i -> of(tensors.part("member" + i))).toList();
  }

  private static List<RandomPolicy> drawn(Tensors tensors) {
    RandomPolicy random =
        new RandomPolicy(
            SpaceText.read(tensors.described("observations")),
            SpaceText.read(tensors.described("actions")));
    long count = Type.whole(1, 1_000_000).read("policy", "drawn", tensors.described("drawn"));
    return Collections.nCopies((int) count, random);
  }

  private static List<TabularPolicy> tables(Tensors tensors) {
    String name = tensors.described("name");
    String owner = "open policy '" + name + "'";
    Space observations = SpaceText.read(tensors.described("observations"));
    if (!(SpaceText.read(tensors.described("actions")) instanceof Discrete actions)) {
      throw new RetortException(owner + ": expected choices as the actions of a table.");
    }
    long count =
        Type.whole(1, Integer.MAX_VALUE).read(owner, "tables", tensors.described("tables"));
    OptionalDouble gamma = discount(owner, tensors);
    List<String> names = names(owner, tensors, (int) count);
    List<TabularPolicy> members = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      QTable table = QTable.of(tensors.part("table" + i));
      TabularPolicy member = new TabularPolicy(names.get(i), observations, actions, table);
      TabularPolicy saying = gamma.isPresent() ? member.discounting(gamma.getAsDouble()) : member;
      members.add(saying.made(home(tensors, i)));
    }
    return members;
  }

  private static List<NetworkPolicy> networks(Tensors tensors) {
    String name = tensors.described("name");
    Space observations = SpaceText.read(tensors.described("observations"));
    Space actions = SpaceText.read(tensors.described("actions"));
    String owner = "open policy '" + name + "'";
    Perception sees =
        Perception.read(observations, tensors.metadata().getOrDefault(SEES, "all")); // older: all
    NetworkText text = NetworkText.read(owner, sees.sees(), actions, tensors);
    int[] shape = tensors.shape("parameters");
    float[] all = tensors.floats("parameters");
    if (shape.length != 2 || shape[0] < 1) {
      throw new RetortException(
          "%s: expected parameters of shape (members, parameters), got %s."
              .formatted(owner, Arrays.toString(shape)));
    }
    long expected = text.blueprint().parameters();
    if (shape[1] != expected) {
      throw new RetortException(
          "%s: expected %s parameters for %s from %s to %s, got %s."
              .formatted(
                  owner,
                  expected,
                  text.blueprint().architecture(),
                  observations.summary(),
                  actions.summary(),
                  shape[1]));
    }
    for (int i = 0; i < all.length; i++) {
      if (!Float.isFinite(all[i])) {
        throw new RetortException(
            "%s: expected finite parameters, got %s (member %s, parameter %s)."
                .formatted(owner, all[i], i / shape[1], i % shape[1]));
      }
    }
    OptionalDouble gamma = discount(owner, tensors);
    List<String> names = names(owner, tensors, shape[0]);
    List<NetworkPolicy> members = new ArrayList<>();
    for (int i = 0; i < shape[0]; i++) {
      float[] own = text.current(Arrays.copyOfRange(all, i * shape[1], (i + 1) * shape[1]));
      Tensors part = tensors.part("normalization" + i);
      Optional<Normalization> seen =
          part.all().isEmpty() ? Optional.empty() : Optional.of(Normalization.of(part));
      NetworkPolicy member =
          new NetworkPolicy(
                  names.get(i), observations, text.distribution(), text.blueprint(), own, seen)
              .seeing(sees);
      NetworkPolicy saying = gamma.isPresent() ? member.discounting(gamma.getAsDouble()) : member;
      members.add(saying.made(home(tensors, i)));
    }
    return members;
  }

  /** What members are called: as the whole, where nothing else is said. */
  private static List<String> names(String owner, Tensors tensors, int count) {
    String said = tensors.metadata().get(MEMBER_NAMES);
    if (said == null) {
      return Collections.nCopies(count, tensors.described("name"));
    }
    try {
      List<String> names = new ArrayList<>();
      JsonParser.parseString(said).getAsJsonArray().forEach(each -> names.add(each.getAsString()));
      if (names.size() == count) {
        return names;
      }
    } catch (JsonParseException | IllegalStateException | UnsupportedOperationException broken) {
      // said below
    }
    throw new RetortException(
        "%s: expected names of %s members as JSON, got '%s'. Take another copy of the file."
            .formatted(owner, count, tensors.shown(MEMBER_NAMES)));
  }

  /** Where a member is at home. */
  private static Provenance home(Tensors tensors, int member) {
    String all = tensors.metadata().getOrDefault(HOME, "");
    return Provenance.read(tensors.metadata().getOrDefault(HOME + member, all));
  }

  /** What older files do not say. */
  private static OptionalDouble discount(String owner, Tensors tensors) {
    String said = tensors.metadata().get("discount");
    return said == null
        ? OptionalDouble.empty()
        : OptionalDouble.of(DISCOUNT.read(owner, "discount", said));
  }

  /** Reads what {@link #tensors} wrote. */
  public static Policy of(Tensors tensors) {
    String kind = tensors.described("kind");
    return switch (kind) {
      case "policy" -> population(tensors).get(0);
      case "ensemble" ->
          new Ensemble(tensors.described("name"), networks(tensors)).made(origin(tensors, 0));
      default ->
          throw new RetortException(
              "open policy: expected a policy or an ensemble, got a '%s'."
                  .formatted(tensors.shown("kind")));
    };
  }

  /** Writes a policy in the format that the name ends in. */
  public static void save(Policy policy, Path path) {
    PolicyFormat.requireKnown("save policy", path);
    PolicyFormat.of("save policy", path)
        .ifPresentOrElse(
            format -> format.save(policy, path), () -> TensorFile.write(path, tensors(policy)));
  }

  /** Reads the policy of that name, such as {@code zoo/CartPole-ppo}; see {@link Shelf}. */
  public static Policy open(String name) {
    Given.given("policy", "a name such as zoo/CartPole-ppo", name);
    return open(Shelf.find("policy", name, PolicyFile::isKnown));
  }

  /** Names of the policies that {@link #open(String)} reads. */
  public static List<String> names() {
    return Shelf.names(PolicyFile::isKnown);
  }

  private static boolean isKnown(Path path) {
    return PolicyFormat.of("open policy", path).isPresent();
  }

  /** Reads a policy in the format that the name ends in, and else in the library's own. */
  public static Policy open(Path path) {
    Optional<PolicyFormat> format = PolicyFormat.of("open policy", path);
    if (format.isPresent()) {
      return format.get().open(path);
    }
    try {
      return TensorFile.open(path, "policy", PolicyFile::of);
    } catch (DamagedFileException e) {
      if (e.isOfAnotherKind()) {
        PolicyFormat.requireKnown("open policy", path);
      }
      throw e;
    }
  }
}
