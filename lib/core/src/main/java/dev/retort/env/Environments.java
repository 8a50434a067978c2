package dev.retort.env;

import dev.retort.RetortException;
import dev.retort.UnknownNameException;
import dev.retort.option.Given;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.ServiceLoader;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The environments that are known by name: the built-in ones, and those that a user has registered.
 *
 * <p>A built-in one is a line in {@code META-INF/services/dev.retort.env.Env}; so is one that comes
 * in another jar. Sizes and other options are set with {@link Env#with}; parts of families,
 * wrappers and varied parameters stand behind slashes in a name, so that a name is enough to make
 * it again.
 */
public final class Environments {
  private static final String NUMBER = "(-?\\d+(?:\\.\\d+)?(?:E-?\\d+)?)";
  private static final Pattern COUNTED = Pattern.compile("([A-Za-z]\\w*)-(\\d{1,9})");
  private static final Pattern STICKY =
      Pattern.compile("stickyActions-" + NUMBER, Pattern.CASE_INSENSITIVE);
  private static final Pattern RANGE =
      Pattern.compile("([A-Za-z]\\w*)-" + NUMBER + "\\.\\." + NUMBER);
  private static final Pattern ELSEWHERE = Pattern.compile("([a-z]+):(.+)");
  private static final Pattern VERSIONED = Pattern.compile("(.+)-v\\d+");

  private static final Pattern MADE =
      Pattern.compile(
          "onehot|lastaction|eachtask|(timelimit|framestack|actionrepeat|task|train|validation|test)-\\d+");

  /** The published names to which built-in environments conform, at their defaults. */
  private static final List<String> CONFORMED =
      List.of(
          "Acrobot-v1",
          "CartPole-v1",
          "CliffWalking-v1",
          "FrozenLake-v1",
          "FrozenLake8x8-v1",
          "MountainCar-v0",
          "MountainCarContinuous-v0",
          "Pendulum-v1");

  private static final Map<String, Env> KNOWN = new TreeMap<>();
  private static final Map<String, Env> PUBLISHED = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
  private static final Map<String, Env> SUPPLIED = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);

  static {
    ServiceLoader.load(Env.class, Environments.class.getClassLoader()).forEach(Environments::put);
    SUPPLIED.putAll(KNOWN);
    CONFORMED.forEach(name -> PUBLISHED.put(name, KNOWN.get(name.replaceFirst("-v\\d+$", ""))));
  }

  private Environments() {}

  private static void put(Env env) {
    KNOWN.put(env.name(), env);
    env.variants().forEach(variant -> KNOWN.put(variant.name(), variant));
  }

  /**
   * The environment of that name, upper and lower case alike.
   *
   * @param name a name such as {@code CartPole}, also with the version of Gymnasium to which it
   *     conforms, {@code CartPole-v1}, and with what was made of it behind slashes, {@code
   *     FourRooms/train-200/frameStack-2}
   * @throws UnknownNameException if there is none, or another version; the message has the nearest
   */
  public static synchronized Env get(String name) {
    Given.given("env", "the name of an environment", name);
    Optional<Env> known = find(name);
    if (known.isPresent()) {
      return known.get();
    }
    int slash = name.lastIndexOf('/');
    boolean isElsewhere = ELSEWHERE.matcher(name).matches();
    if (slash > 0 && (!isElsewhere || isMade(name.substring(slash + 1)))) {
      return part(get(name.substring(0, slash)), name.substring(slash + 1));
    }
    if (isElsewhere) {
      return elsewhere(name);
    }
    throw unknown(name);
  }

  /** What a source of the class path makes of a name that begins with its word and a colon. */
  private static Env elsewhere(String name) {
    Matcher matcher = ELSEWHERE.matcher(name);
    if (!matcher.matches()) {
      throw unknown(name);
    }
    List<String> schemes = new ArrayList<>();
    for (EnvSource source :
        ServiceLoader.load(EnvSource.class, Environments.class.getClassLoader())) {
      if (source.scheme().equals(matcher.group(1))) {
        return source.find(matcher.group(2));
      }
      schemes.add(source.scheme() + ":");
    }
    throw new RetortException(
        "environment '%s': expected a name that begins with %s, got '%s:'. %s"
            .formatted(
                name,
                schemes.isEmpty() ? "that of a built-in one" : String.join(" or ", schemes),
                matcher.group(1),
                "Look whether the jar that brings it, such as retort-exchange, is on the class path."));
  }

  /** A name of one that is made elsewhere, without what was made of it. */
  private static String withoutParts(String name) {
    int slash = name.lastIndexOf('/');
    return slash > 0 && isMade(name.substring(slash + 1))
        ? withoutParts(name.substring(0, slash))
        : name;
  }

  /** That no environment has this name; of one that is known in other versions, only those. */
  public static synchronized UnknownNameException unknown(String name) {
    Matcher versioned = VERSIONED.matcher(name);
    if (versioned.matches() && find(versioned.group(1)).isPresent()) {
      String plain = find(versioned.group(1)).orElseThrow().name();
      List<String> versions =
          CONFORMED.stream()
              .filter(each -> each.replaceFirst("-v\\d+$", "").equals(plain))
              .toList();
      List<String> choices = new ArrayList<>(versions);
      choices.add(plain);
      return new UnknownNameException("environment", name, choices);
    }
    return new UnknownNameException("environment", name, KNOWN.keySet());
  }

  /**
   * The known environment whose name is the longest beginning of this one's: what was made of it
   * stands behind a slash, and sizes may stand behind a hyphen.
   *
   * @throws UnknownNameException if there is none
   */
  public static synchronized Env base(String name) {
    return KNOWN.values().stream()
        .filter(
            env ->
                name.equals(env.name())
                    || name.startsWith(env.name() + "/")
                    || name.startsWith(env.name() + "-"))
        .max(Comparator.comparingInt(env -> env.name().length()))
        .orElseGet(() -> elsewhere(withoutParts(name)));
  }

  /**
   * What a name says behind a slash: a part of a family such as {@code train-200}, one of its tasks
   * such as {@code task-3}, a wrapper such as {@code frameStack-4} or {@code stickyActions-0.25},
   * or a parameter to vary such as {@code gravity-7.0..13.0}.
   */
  public static Env part(Env env, String part) {
    Given.given("env", "an environment", env);
    Given.given(env.name(), "a part or a wrapper", part);
    Matcher range = RANGE.matcher(part);
    if (range.matches()) {
      return env.varying(
          range.group(1), Double.parseDouble(range.group(2)), Double.parseDouble(range.group(3)));
    }
    Matcher sticky = STICKY.matcher(part);
    if (sticky.matches()) {
      return env.stickyActions(Double.parseDouble(sticky.group(1)));
    }
    if (part.equalsIgnoreCase("oneHot")) {
      return env.oneHot();
    }
    if (part.equalsIgnoreCase(LastAction.SEGMENT)) {
      return env.lastAction();
    }
    if (part.equalsIgnoreCase(LastReward.SEGMENT)) {
      return env.lastReward();
    }
    if (part.equalsIgnoreCase(EachTask.SEGMENT)) {
      return env.eachTask();
    }
    Matcher counted = COUNTED.matcher(part);
    if (!counted.matches()) {
      throw new RetortException(
          "%s: expected a part such as train-200, validation-40, test-200 or task-3, or a wrapper (timeLimit-200, frameStack-4, actionRepeat-2, stickyActions-0.25, lastAction, lastReward, oneHot, eachTask), got '%s'."
              .formatted(env.name(), part));
    }
    int count = Integer.parseInt(counted.group(2));
    return switch (counted.group(1).toLowerCase(Locale.ROOT)) {
      case "timelimit" -> env.timeLimit(count);
      case "framestack" -> env.frameStack(count);
      case "actionrepeat" -> env.actionRepeat(count);
      case "task" -> env.task(count);
      default -> env.narrowed(counted.group(1), count);
    };
  }

  /** What to say where a family is expected. */
  static RetortException single(Env env, String part, int count) {
    String vary =
        env.parameters().isEmpty()
            ? ""
            : " Or vary a parameter of this one: varying(\"%s\", low, high)."
                .formatted(env.parameters().keySet().iterator().next());
    return new RetortException(
        "%s: expected a family of tasks to take %s %s contexts from, got a single task. Families: %s.%s"
            .formatted(
                env.name(),
                count,
                part.toLowerCase(Locale.ROOT),
                String.join(", ", families()),
                vary));
  }

  private static Optional<Env> find(String name) {
    if (KNOWN.containsKey(name)) {
      return Optional.of(KNOWN.get(name));
    }
    if (PUBLISHED.containsKey(name)) {
      return Optional.of(PUBLISHED.get(name));
    }
    return KNOWN.entrySet().stream()
        .filter(known -> known.getKey().equalsIgnoreCase(name))
        .map(Map.Entry::getValue)
        .findFirst();
  }

  /**
   * Makes an environment known by its name; a cell that is run again replaces it.
   *
   * @throws RetortException if it has no name, that of a built-in environment, or one that stands
   *     for something that is made of an environment
   */
  public static synchronized Env register(Env env) {
    String name = Definition.name(Given.given("register", "an environment", env));
    if (name.isBlank()) {
      throw new RetortException(
          "register environment: expected a name, got none. Override name().");
    }
    if (name.chars().anyMatch(Character::isISOControl)) {
      throw new RetortException(
          "register environment: expected a name on one line, got '%s'. Override name()."
              .formatted(name.replaceAll("\\p{Cntrl}", "\\\\n")));
    }
    Env supplied = PUBLISHED.getOrDefault(name, SUPPLIED.get(name));
    if (supplied != null
        && !(supplied.getClass().equals(env.getClass()) && supplied.name().equals(name))) {
      throw new RetortException(
          "register: expected a name of its own, got '%s', which is %s here. Override name()."
              .formatted(name, supplied));
    }
    requireWhole(env);
    put(env);
    return env;
  }

  /** Refuses a name that would be taken apart, and stand for something else. */
  private static void requireWhole(Env env) {
    String name = env.name();
    int slash = name.lastIndexOf('/');
    if (slash <= 0
        || env instanceof Wrapper
        || env instanceof Family
        || !isMade(name.substring(slash + 1))) {
      return;
    }
    String before = name.substring(0, slash);
    Optional<Env> same = find(before).map(base -> part(base, name.substring(slash + 1)));
    if (same.filter(each -> each.getClass().equals(env.getClass())).isEmpty()) {
      throw new RetortException(
          "register: expected a name of its own, got '%s', which stands for '%s' of '%s'. Override name()."
              .formatted(name, name.substring(slash + 1), before));
    }
  }

  /** Whether a part of a name stands for a part of a family or a wrapper. */
  private static boolean isMade(String part) {
    String word = part.toLowerCase(Locale.ROOT);
    return MADE.matcher(word).matches()
        || RANGE.matcher(part).matches()
        || STICKY.matcher(part).matches();
  }

  /** All that are known, by name. */
  public static synchronized List<Env> all() {
    return new ArrayList<>(KNOWN.values());
  }

  /** The names of those that are families of tasks, from which contexts can be taken. */
  public static synchronized List<String> families() {
    return KNOWN.values().stream().filter(env -> env.contexts() > 1).map(Env::name).toList();
  }
}
