package dev.retort.paper.marl;

import static dev.retort.Retort.kl;
import static dev.retort.Retort.nll;
import static dev.retort.paper.marl.OfflineAgents.FIXED;

import dev.retort.teach.DecisionTransformer;
import dev.retort.teach.DecisionTransformer.Agents;
import dev.retort.teach.DecisionTransformer.Mapping;
import dev.retort.teach.DecisionTransformer.Told;
import java.util.Arrays;
import java.util.List;

/** Everything that learns from the data. */
enum MarlMethod {
  /** One network that sees all agents. */
  TEACHER("teacher", Kind.TEACHER, Asked.NOTHING),
  /** The same, told the return-to-go of each agent's own rewards. */
  TEACHER_OF_EACH("teacher told each agent's own return", Kind.TEACHER, Asked.NOTHING),

  /** A decision transformer of each agent's own. */
  IDT("IDT", Kind.ALONE, Asked.NOTHING),
  /** One that serves all agents. */
  MADT("MADT", Kind.ALONE, Asked.NOTHING),
  /** A decision transformer that is told one return whatever came, so that it is told nothing. */
  CLONING("behavior cloning", Kind.ALONE, Asked.NOTHING),
  FALLING("IDT, goal falls by what is received", Kind.ALONE, Asked.NOTHING),

  CQL("CQL", Kind.VALUES, Asked.NOTHING),
  BCQ("BCQ", Kind.VALUES, Asked.NOTHING),
  ICQ("ICQ", Kind.VALUES, Asked.NOTHING),

  /** Cloning of what the teacher did who acted in the world. */
  CLONES("clones of the teacher's roll-outs", Kind.CLONE, Asked.NOTHING),

  /** The teacher alone, asked at the goal. */
  OURS("ours", Kind.STUDENT, Asked.GOAL),
  /** What was done and the teacher, asked at what came. */
  LITERAL("soft, logged", Kind.STUDENT, Asked.LOGGED),
  SHARPENED("ours, sharpened", Kind.STUDENT, Asked.GOAL),
  ARGMAX("ours, argmax", Kind.STUDENT, Asked.GOAL),
  LOGGED_SOFT("teacher alone, logged, soft", Kind.STUDENT, Asked.LOGGED),
  LOGGED_SHARPENED("teacher alone, logged, sharpened", Kind.STUDENT, Asked.LOGGED),
  LOGGED_ARGMAX("teacher alone, logged, argmax", Kind.STUDENT, Asked.LOGGED),
  OF_EACH("ours, of the teacher told each agent's own return", Kind.STUDENT, Asked.GOAL_OF_EACH),

  SOME_RELATION("relation, small α", Kind.STUDENT, Asked.GOAL_WITH_FEATURES),
  FULL("relation, α 1", Kind.STUDENT, Asked.GOAL_WITH_FEATURES),
  ONE_MAPPING("relation, M = N", Kind.STUDENT, Asked.GOAL_WITH_FEATURES),
  NO_MOMENTUM("relation, no momentum", Kind.STUDENT, Asked.GOAL_WITH_FEATURES),
  NO_MAPPING("relation, no mapping", Kind.STUDENT, Asked.GOAL_WITH_FEATURES),
  FEATURES("features in place of the relation", Kind.STUDENT, Asked.GOAL_WITH_FEATURES),
  /** Equation 4 as it stands. */
  EQUATION_4("action, relation and KL, logged", Kind.STUDENT, Asked.LOGGED_WITH_FEATURES),
  NO_KL("action and relation, no KL", Kind.STUDENT, Asked.LOGGED_WITH_FEATURES),
  NO_KL_NO_MAPPING(
      "action and relation, no KL, no mapping", Kind.STUDENT, Asked.LOGGED_WITH_FEATURES);

  /** By what it is made. */
  enum Kind {
    TEACHER,
    ALONE,
    VALUES,
    CLONE,
    STUDENT
  }

  /** What a teacher is asked about the data. */
  enum Asked {
    NOTHING,
    GOAL,
    GOAL_WITH_FEATURES,
    GOAL_OF_EACH,
    LOGGED,
    LOGGED_WITH_FEATURES;

    boolean isLogged() {
      return this == LOGGED || this == LOGGED_WITH_FEATURES;
    }

    boolean hasFeatures() {
      return this == GOAL_WITH_FEATURES || this == LOGGED_WITH_FEATURES;
    }

    /** The teacher who is asked. */
    MarlMethod teacher() {
      return this == GOAL_OF_EACH ? TEACHER_OF_EACH : TEACHER;
    }
  }

  private static final List<MarlMethod> COMPARED = List.of(IDT, MADT, CLONING, CQL, BCQ, ICQ);
  private static final List<MarlMethod> ABLATIONS =
      List.of(
          SOME_RELATION,
          FULL,
          ONE_MAPPING,
          NO_MOMENTUM,
          NO_MAPPING,
          FEATURES,
          NO_KL,
          NO_KL_NO_MAPPING,
          SHARPENED,
          ARGMAX,
          LOGGED_SOFT,
          LOGGED_SHARPENED,
          LOGGED_ARGMAX,
          OF_EACH);

  private final String words;
  private final Kind kind;
  private final Asked asked;

  MarlMethod(String words, Kind kind, Asked asked) {
    this.words = words;
    this.kind = kind;
    this.asked = asked;
  }

  /** Those that students are held against. */
  static List<MarlMethod> rivals() {
    return COMPARED;
  }

  /** Students that leave ours in one thing or more. */
  static List<MarlMethod> ablations() {
    return ABLATIONS;
  }

  /** Those ablations that claims are about, or that a pilot found to matter. */
  static List<MarlMethod> fewAblations() {
    return List.of(SOME_RELATION, FULL, ONE_MAPPING, SHARPENED, ARGMAX);
  }

  Kind kind() {
    return kind;
  }

  Asked asked() {
    return asked;
  }

  /** Whether its learning curve is drawn, for which it is evaluated while it learns. */
  boolean isWatched() {
    return Arrays.asList(TEACHER, IDT, MADT, CLONING, OURS, LITERAL).contains(this);
  }

  /** The transformer of this method, of one that is at its defaults. */
  DecisionTransformer of(DecisionTransformer plain) {
    double relation = FIXED.number("relation");
    DecisionTransformer apart = plain.agents(Agents.APART);
    DecisionTransformer aiming = apart.action(0).imitation(1).told(Told.TARGET);
    DecisionTransformer related = aiming.relation(relation);
    DecisionTransformer logged = apart.action(0).imitation(1);
    DecisionTransformer done = apart.relation(relation);
    double sharp = FIXED.number("sharpened");
    return switch (this) {
      case TEACHER -> plain.agents(Agents.TOGETHER);
      case TEACHER_OF_EACH -> plain.agents(Agents.TOGETHER).ownReturns(true);
      case IDT -> apart;
      case MADT -> plain.agents(Agents.SHARED);
      case CLONING, CLONES -> apart.told(Told.TARGET);
      case FALLING -> apart.falling(true);
      case OURS, OF_EACH -> aiming;
      case LITERAL -> apart.imitation(1);
      case SHARPENED -> aiming.distance(kl(sharp));
      case ARGMAX -> aiming.distance(nll());
      case LOGGED_SOFT -> logged;
      case LOGGED_SHARPENED -> logged.distance(kl(sharp));
      case LOGGED_ARGMAX -> logged.distance(nll());
      case SOME_RELATION -> aiming.relation(FIXED.number("small relation"));
      case FULL -> related;
      case ONE_MAPPING -> related.mapping(Mapping.ONE);
      case NO_MOMENTUM -> related.teacherEvery(1);
      case NO_MAPPING -> related.mapping(Mapping.NONE);
      case FEATURES -> aiming.featureDistance(FIXED.number("distance of features"));
      case EQUATION_4 -> done.imitation(1);
      case NO_KL -> done;
      case NO_KL_NO_MAPPING -> done.mapping(Mapping.NONE);
      case CQL, BCQ, ICQ ->
          throw new IllegalArgumentException(this + " learns action values, by no transformer");
    };
  }

  @Override
  public String toString() {
    return words;
  }
}
