/**
 * Max Weltevrede, Moritz A. Zanger, Matthijs T. J. Spaan, Wendelin Böhmer, "How Ensembles of
 * Distilled Policies Improve Generalisation in Reinforcement Learning", 2025, arXiv 2505.16581.
 *
 * <p>Its claim: a policy that is distilled from a teacher transfers better the more of the
 * symmetries of a task its data shows, and the more students are averaged. What is reconstructed:
 * the arm that reaches in a plane, of which table 1 counts students, figure 5 measures how much
 * their outputs vary when the task is turned, and table 2 asks for more poses; and table 3, rooms
 * whose doors have not been seen, at the size of the paper or scaled down. The handcrafted teacher
 * is the authors'; of table 2 it is a feedback law where the paper trains a soft actor-critic.
 *
 * <p>The paper's text and its authors' code differ in what a student sees and in how it begins:
 * both are arms of table 1, and which of them is the paper's setting is decided by single students.
 * Further parts hold the bound of theorem 1 against the students, and change one thing of the
 * code's arm at a time.
 *
 * <p>The study is written in the words of the language:
 *
 * <pre>{@code
 * Reacher arm = new Reacher().symmetry(4).seeing(Reacher.Sight.ABSOLUTE_VELOCITIES);
 * Policy teacher = Scripted.of("handcrafted teacher", arm, ReacherTeacher::handcrafted);
 * Ensemble students =
 *     distill(demonstrations(teacher, arm))
 *         .into(mlp(64, 64, 32).initialized(Initialization.FAN_OUT)).members(100).minimizing(mse()).once();
 * }</pre>
 *
 * <p>Depends on {@code dev.retort.paper} and on the words of the root.
 */
package dev.retort.paper.ensembles;
