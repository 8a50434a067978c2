package dev.retort.nn;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;

/**
 * The outputs of networks that are computed together, side by side: linear layers on the features,
 * and free numbers.
 *
 * <p>Outputs are few, and the engine's products are slow when they have few columns but not when
 * they have few rows: it computes {@code (out, in) x (in, batch)}, with weights that are turned
 * before. A single row is not computed so, for the engine would take a product with a vector for a
 * member alone, and sum in another order than in a population.
 *
 * @param features of all trunks, which are stacked like members
 * @param groups in their order
 * @param trunks how many there are
 */
record Outputs(Node features, List<Group> groups, int trunks) implements Placed {
  /**
   * A group of outputs.
   *
   * @param trunk which one it sits on
   * @param column where it begins in a row of outputs
   * @param weight of its layer; none of free numbers
   * @param numbers its biases, or the free numbers
   */
  record Group(int trunk, int column, Optional<Slice> weight, Slice numbers) {
    int size() {
      return numbers.size();
    }
  }

  /** Keeps a copy of the groups. */
  Outputs {
    groups = List.copyOf(groups);
  }

  @Override
  public List<Node> inputs() {
    return List.of(features);
  }

  @Override
  public List<Integer> shape() {
    return List.of(groups.stream().mapToInt(Group::size).sum());
  }

  @Override
  public List<Slice> slices() {
    List<Slice> all = new ArrayList<>();
    for (Group group : groups) {
      group.weight().ifPresent(all::add);
      all.add(group.numbers());
    }
    return all;
  }

  /** Refused: a translation is of a network whose outputs are each written for itself. */
  @Override
  public <V> V translate(Translated<V> by) {
    throw new IllegalStateException("Outputs side by side are no operation of other languages.");
  }

  /** A name of what belongs to a group. */
  private String name(Node y, Group group, String what) {
    return "%s_%s_%s".formatted(y.variable(), group.column(), what);
  }

  private String each() {
    return "torch.floordiv(members, %s)".formatted(trunks);
  }

  /** The part of what all trunks have that is a group's. */
  private String part(Group group, String all) {
    return trunks == 1
        ? all
        : "torch.narrow(%s, 0, torch.mul(%s, %s), %s)"
            .formatted(all, each(), group.trunk(), each());
  }

  private String columns(Group group, String all) {
    return "torch.narrow(%s, 2, %s, %s)".formatted(all, group.column(), group.size());
  }

  private static String turned(String v) {
    return "torch.transpose(%s, 1, 2)".formatted(v);
  }

  /** Memory of so many rows of so many columns a member. */
  private String room(Object rows, Object columns) {
    return "torch.new_zeros(x, [%s, %s, %s])".formatted(each(), rows, columns);
  }

  @Override
  public String forward(Node y, UnaryOperator<String> w, Held held) {
    List<String> lines = new ArrayList<>(List.of(y.variable() + " = y"));
    for (Group group : groups) {
      String place = held.hold(name(y, group, "y"), columns(group, "y"));
      String own = w.apply(group.numbers().name());
      String line = name(y, group, "done");
      if (group.weight().isEmpty()) {
        lines.add("%s = torch.copy_(%s, %s)".formatted(line, place, own));
        continue;
      }
      String below = below(y, group, held);
      String weight = turned(w.apply(group.weight().get().name()));
      String from = held.hold(name(y, group, "w_from"), weight);
      String turned = held.hold(name(y, group, "w"), room(group.size(), features.size()));
      String back = held.hold(name(y, group, "w_back"), turned(turned));
      String out = held.hold(name(y, group, "o"), room(group.size(), "torch.size(x, 1)"));
      String rows = held.hold(name(y, group, "o_rows"), turned(out));
      lines.add("%s = torch.copy_(%s, %s)".formatted(line, turned, from));
      lines.add("if torch.eq(torch.size(x, 1), 1):");
      lines.add("  %s = torch.bmm(%s, %s, out=%s)".formatted(line, below, back, rows));
      lines.add("else:");
      lines.add(
          "  %s = torch.bmm(%s, %s, out=%s)".formatted(line, turned, turned(y, group, held), out));
      lines.add("%s = torch.add(%s, %s, out=%s)".formatted(line, rows, own, place));
    }
    return String.join("\n", lines);
  }

  /** The features below a group: laid out where they always lie in one place. */
  private String below(Node y, Group group, Held held) {
    String name = name(y, group, "x");
    String all = features.variable();
    if (held.has(name)) {
      return held.place(name);
    }
    return held.has(all) ? held.hold(name, part(group, held.place(all))) : part(group, all);
  }

  private String turned(Node y, Group group, Held held) {
    String name = name(y, group, "x");
    return held.has(name)
        ? held.hold(name + "_turned", turned(held.place(name)))
        : turned(below(y, group, held));
  }

  /** The same as one expression, which the engine finds its own way back through. */
  @Override
  public String forward(String y, UnaryOperator<String> w) {
    return groups.stream()
        .map(
            group -> {
              String own = w.apply(group.numbers().name());
              if (group.weight().isEmpty()) {
                return "torch.expand(%s, [-1, torch.size(x, 1), -1])".formatted(own);
              }
              String weight = turned(w.apply(group.weight().get().name()));
              String below = turned(part(group, features.variable()));
              return "torch.add(%s, %s)"
                  .formatted(turned("torch.bmm(%s, %s)".formatted(weight, below)), own);
            })
        .collect(Collectors.joining(", ", y + " = torch.cat([", "], 2)"));
  }

  @Override
  public List<Kept> keeps(Node y) {
    return List.of(Kept.of(features));
  }

  /** Sums over rows are the last of running sums, which the engine has in double precision. */
  @Override
  public void back(WayBack way, Node y, String dy) {
    Held held = way.held();
    String v = y.variable();
    String n = "torch.size(x, 1)";
    String up = held.hold(v + "_up", room(shape().get(0), n));
    way.line("_%s = torch.copy_(%s, %s)".formatted(v, up, held.hold(v + "_dy", turned(dy))));
    String sums = held.hold(v + "_sums", room(n, shape().get(0)));
    if (way.wantsParameters()) {
      way.line("_%s = torch.cumsum(%s, 1, out=%s)".formatted(v, dy, sums));
    }
    Optional<String> room =
        way.needs(features) ? Optional.of(way.room(features)) : Optional.empty();
    String product = "torch.bmm(";
    for (Group group : groups) {
      String all = "torch.narrow(%s, 1, -1, 1)".formatted(columns(group, sums));
      way.gradient(
          group.numbers(), "torch.copy_(%%s, %s)".formatted(held.hold(name(y, group, "sum"), all)));
      if (group.weight().isEmpty()) {
        continue;
      }
      String own = "torch.narrow(%s, 1, %s, %s)".formatted(up, group.column(), group.size());
      String d = held.hold(name(y, group, "d"), own);
      gradient(way, y, group, d);
      if (room.isPresent()) {
        String to = held.hold(name(y, group, "dx"), part(group, room.get()));
        String rows = held.hold(name(y, group, "d_rows"), turned(d));
        String weight = way.there().place(name(y, group, "w"));
        way.line("_%s = %s%s, %s, out=%s)".formatted(v, product, rows, weight, to));
        product = trunks == 1 ? "torch.baddbmm(%s, ".formatted(to) : product;
      }
    }
    room.ifPresent(to -> way.giveRoom(features, to));
  }

  /** That of a group's weights, which is turned back. */
  private void gradient(WayBack way, Node y, Group group, String d) {
    if (way.wantsParameters()) {
      String turned = way.held().hold(name(y, group, "g"), room(group.size(), features.size()));
      String back = way.held().hold(name(y, group, "g_back"), turned(turned));
      String below = below(y, group, way.there());
      way.line("_%s = torch.bmm(%s, %s, out=%s)".formatted(y.variable(), d, below, turned));
      way.gradient(group.weight().orElseThrow(), "torch.copy_(%%s, %s)".formatted(back));
    }
  }
}
