/**
 * What a reader sees: charts, tables and cards, as pictures, passive HTML and text.
 *
 * <p>{@link dev.retort.report.Charts} draws the core's figures; it is found as a service, so that
 * with this module on the class path {@code figure.png()} works. {@link dev.retort.report.Html}
 * writes tables, {@link dev.retort.report.Card} the cards of runs and datasets, and {@link
 * dev.retort.report.LiveCard} makes a card of a run at any moment:
 *
 * <pre>{@code
 * String table = Html.table(evaluation.table());
 * Card card = LiveCard.of(snapshot);
 * card.html();      // in a notebook
 * card.toString();  // in a terminal
 * }</pre>
 *
 * <p>One visual language: text in the page's own color, translucent rules, no backgrounds, the
 * color-blind-safe palette of Okabe and Ito, no script. Whatever came from a user is escaped.
 *
 * <p>Depends on the core's {@code figure} and {@code run}, on Tablesaw and on XChart.
 */
package dev.retort.report;
