/**
 * Options: one schema a verb.
 *
 * <p>What can be set about an algorithm, a network or a plan is declared once, in a line of a
 * table, as an {@link dev.retort.option.Option} with name, type, default, unit and help. An
 * option's name is that of its methods: {@code learning-rate} in flags and files, {@code
 * learningRate(rate)} and {@code learningRate()} in Java. The fluent methods of the DSL, the flags
 * and bodies of the magics, completion, help, the tables of the documentation and {@code spec.json}
 * are all read from there:
 *
 * <pre>{@code
 * static final Schema OPTIONS = new Schema("ppo");
 * static final Option<Double> CLIP = OPTIONS.real("clip", 0.2).from(0, 1).says("bound of the ratio");
 * Settings settings = OPTIONS.standard().with(CLIP, 0.1).parse("epochs", "20");
 * settings.get(CLIP);                        // 0.1
 * settings.toString();                       // ppo(clip 0.1, epochs 20)
 * }</pre>
 *
 * <p>{@link dev.retort.option.Settings} are values: compared by content, hashed, printed, written
 * and read again.
 *
 * <p>{@link dev.retort.option.Traits} are what differs from the defaults, with the seed: the short
 * text that cards and tables show of a run. {@link dev.retort.option.Labels} tells things of one
 * name apart by them.
 *
 * <p>Depends on nothing but the exceptions of the root.
 */
package dev.retort.option;
