/**
 * An executed notebook as one HTML page: self-contained, passive, and pleasant to read.
 *
 * <p>Markdown is rendered, code is colored, outputs are shown in the richest form that can be shown
 * without a script: HTML, then pictures, then text. The page has no script, loads nothing, and
 * follows the light or dark theme of its reader.
 *
 * <p>Passive means: whatever a cell printed is text and stays text. Where an output or a Markdown
 * cell brings HTML of its own, elements and attributes that could act are taken out ({@link
 * dev.retort.kernel.page.PassiveHtml}), and a content policy in the page forbids the rest.
 *
 * <pre>{@code
 * HtmlPage.write(Path.of("executed.ipynb"), Path.of("page.html"));
 * }</pre>
 *
 * <p>This package depends on {@code client} for the notebook, and on commonmark.
 */
package dev.retort.kernel.page;
