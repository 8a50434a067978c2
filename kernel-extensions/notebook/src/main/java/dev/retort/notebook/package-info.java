/**
 * Notebooks: live cards, rich values and the doctor, for any kernel.
 *
 * <p>A {@link dev.retort.notebook.Notebook} joins a {@link dev.retort.notebook.Screen}, three
 * methods that every kernel can offer, with the {@link dev.retort.notebook.Variables} of its cells.
 * While it is open, each run has a card that is replaced in place; {@link
 * dev.retort.notebook.Renderings} turns values into what a cell shows; {@link
 * dev.retort.notebook.Doctor} says what is wrong with a machine:
 *
 * <pre>{@code
 * Notebook notebook = Notebook.open(screen, variables);
 * Renderings.of(evaluation).html();
 * System.out.println(Doctor.examine());
 * }</pre>
 *
 * <p>Depends on the library and on {@code dev.retort.report}; knows no kernel.
 */
package dev.retort.notebook;
