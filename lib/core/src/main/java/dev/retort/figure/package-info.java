/**
 * Figures and tables as values, which print as text and know nothing of charts.
 *
 * <p>A {@link dev.retort.figure.Figure} says what is to be seen: {@link dev.retort.figure.Lines}
 * are curves with bands, {@link dev.retort.figure.Dots} estimates with intervals, {@link
 * dev.retort.figure.Bars} counts, {@link dev.retort.figure.Heat} a matrix, {@link
 * dev.retort.figure.Scatter} points by groups, {@link dev.retort.figure.Tracks} ways through a
 * plane, {@link dev.retort.figure.Pictures} small images with captions. In a terminal it prints as
 * sparklines and dot plots; a {@link dev.retort.figure.FigureRenderer}, which the module {@code
 * retort-report} brings, makes a picture of it:
 *
 * <pre>{@code
 * double[] steps = {0, 1_000, 2_000, 3_000};
 * double[] returns = {21, 88, 310, 495};
 * Lines figure = Lines.of("Return on CartPole", "steps", "return", Line.of("PPO", steps, returns));
 * figure.toString();                        // PPO  ▁▁▁▁▂▂▂▂▅▅▅▅▇▇▇▇  21 → 495
 * figure.save(Path.of("cartpole.pdf"));       // or .svg, or .png
 * }</pre>
 *
 * <p>{@link dev.retort.figure.TextTable} boxes a table into 80 columns, {@link
 * dev.retort.figure.Numbers} writes every number of the house, and {@link dev.retort.figure.Glyphs}
 * falls back to ASCII where a terminal can do no better.
 *
 * <p>Depends on nothing but Tablesaw's tables.
 */
package dev.retort.figure;
